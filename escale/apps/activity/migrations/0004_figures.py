"""The counts of each month, and the marks of months that are to be counted anew."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activity', '0003_of_a_half_day'),
        ('team', '0003_means'),
        ('territory', '0006_neighbours'),
        ('visits', '0003_chosen_apart'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonthFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='mois')),
                ('activities', models.IntegerField(default=0, verbose_name='activités')),
                ('participations', models.IntegerField(default=0, verbose_name='accompagnements')),
                ('by_appointment', models.IntegerField(default=0, verbose_name='sur rendez-vous')),
                ('walk_in', models.IntegerField(default=0, verbose_name='sans rendez-vous')),
                ('in_workshops', models.IntegerField(default=0, verbose_name='en atelier')),
                ('in_support', models.IntegerField(default=0, verbose_name='en appui à la commune')),
                ('minutes', models.IntegerField(default=0, verbose_name='minutes')),
                ('helped_elsewhere', models.IntegerField(default=0, verbose_name='notées dans La Coop')),
                ('left', models.IntegerField(default=0, verbose_name='reparties sans aide')),
                ('out_of_bounds', models.IntegerField(default=0, verbose_name='hors cadre')),
                ('visits', models.IntegerField(default=0, verbose_name='passages notés')),
                ('visits_in_time', models.IntegerField(default=0, verbose_name='passages notés à temps')),
                ('tables', models.JSONField(blank=True, default=dict, verbose_name='répartitions')),
            ],
            options={
                'verbose_name': 'chiffres d’un mois',
                'verbose_name_plural': 'chiffres des mois',
                'ordering': ('month', 'commune_id'),
            },
        ),
        migrations.CreateModel(
            name='TouchedMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='mois')),
            ],
            options={
                'verbose_name': 'mois à recompter',
                'verbose_name_plural': 'mois à recompter',
                'ordering': ('pk',),
            },
        ),
        migrations.AddField(
            model_name='record',
            name='had_appointment',
            field=models.BooleanField(default=False, verbose_name='sur rendez-vous'),
        ),
        migrations.AddField(
            model_name='monthfigures',
            name='commune',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='month_figures', to='territory.commune'),
        ),
        migrations.AddField(
            model_name='monthfigures',
            name='epci',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='month_figures', to='territory.epci'),
        ),
        migrations.AddField(
            model_name='touchedmonth',
            name='commune',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.commune'),
        ),
        migrations.AddField(
            model_name='touchedmonth',
            name='epci',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territory.epci'),
        ),
        migrations.AddIndex(
            model_name='monthfigures',
            index=models.Index(condition=models.Q(('commune__isnull', True)), fields=['month'], name='figures_of_epcis'),
        ),
        migrations.AddConstraint(
            model_name='monthfigures',
            constraint=models.UniqueConstraint(condition=models.Q(('commune__isnull', False)), fields=('epci', 'commune', 'month'), name='figures_of_a_commune'),
        ),
        migrations.AddConstraint(
            model_name='monthfigures',
            constraint=models.UniqueConstraint(condition=models.Q(('commune__isnull', True)), fields=('epci', 'month'), name='figures_of_an_epci'),
        ),
        migrations.AddConstraint(
            model_name='monthfigures',
            constraint=models.CheckConstraint(condition=models.Q(('participations', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('by_appointment'), '+', models.F('walk_in')), '+', models.F('in_workshops')), '+', models.F('in_support')))), name='figures_add_up'),
        ),
        migrations.AddConstraint(
            model_name='monthfigures',
            constraint=models.CheckConstraint(condition=models.Q(('visits_in_time__lte', models.F('visits'))), name='figures_in_time'),
        ),
        migrations.AddIndex(
            model_name='touchedmonth',
            index=models.Index(fields=['epci', 'month', 'commune'], name='touched_month'),
        ),
    ]
