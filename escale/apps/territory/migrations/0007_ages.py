"""Who gives the numbers of people of 15 and more, and for which year; those of a whole territory (art. 6)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0006_neighbours'),
    ]

    operations = [
        migrations.AddField(
            model_name='commune',
            name='ages_source',
            field=models.CharField(blank=True, max_length=120, verbose_name='source des âges'),
        ),
        migrations.AddField(
            model_name='commune',
            name='ages_year',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='année des âges'),
        ),
        migrations.AddField(
            model_name='epci',
            name='ages_source',
            field=models.CharField(blank=True, max_length=120, verbose_name='source des âges'),
        ),
        migrations.AddField(
            model_name='epci',
            name='ages_year',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='année des âges'),
        ),
        migrations.AddField(
            model_name='epci',
            name='population_15',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='habitants de 15 ans et plus'),
        ),
        migrations.AddField(
            model_name='epci',
            name='population_60',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='habitants de 60 ans et plus'),
        ),
        migrations.AddConstraint(
            model_name='commune',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ages_source', ''), ('ages_year__isnull', True), ('population_15__isnull', True), ('population_60__isnull', True)), models.Q(models.Q(('population_15__isnull', False), ('population_60__isnull', False), _connector='OR'), models.Q(('ages_source', ''), _negated=True), ('ages_year__gte', 1999), ('ages_year__isnull', False)), _connector='OR'), name='commune_ages_have_a_source', violation_error_message='Donner la source et l’année avec les nombres d’habitants, ou ne rien donner.'),
        ),
        migrations.AddConstraint(
            model_name='commune',
            constraint=models.CheckConstraint(condition=models.Q(('population_60__isnull', True), ('population__isnull', True), ('population_60__lte', models.F('population')), _connector='OR'), name='commune_60_within_population', violation_error_message='Les habitants de 60 ans et plus ne peuvent dépasser la population.'),
        ),
        migrations.AddConstraint(
            model_name='epci',
            constraint=models.CheckConstraint(condition=models.Q(('population_60__isnull', True), ('population_15__isnull', True), ('population_60__lte', models.F('population_15')), _connector='OR'), name='epci_60_within_15', violation_error_message='Les habitants de 60 ans et plus ne peuvent dépasser ceux de 15 ans et plus.'),
        ),
        migrations.AddConstraint(
            model_name='epci',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ages_source', ''), ('ages_year__isnull', True), ('population_15__isnull', True), ('population_60__isnull', True)), models.Q(models.Q(('population_15__isnull', False), ('population_60__isnull', False), _connector='OR'), models.Q(('ages_source', ''), _negated=True), ('ages_year__gte', 1999), ('ages_year__isnull', False)), _connector='OR'), name='epci_ages_have_a_source', violation_error_message='Donner la source et l’année avec les nombres d’habitants, ou ne rien donner.'),
        ),
    ]
