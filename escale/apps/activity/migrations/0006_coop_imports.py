"""Imports from La Coop: what is kept of a file until it is taken, and what became of it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activity', '0005_figures_to_count'),
        ('team', '0003_means'),
    ]

    operations = [
        migrations.CreateModel(
            name='CoopImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='fichier')),
                ('state', models.CharField(default='reading', max_length=10, verbose_name='état')),
                ('lines', models.BinaryField(blank=True, verbose_name='lignes')),
                ('total', models.PositiveIntegerField(verbose_name='activités du fichier')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='activités lues')),
                ('takes_doubles', models.BooleanField(default=False, verbose_name='avec les doublons probables')),
                ('report', models.JSONField(blank=True, default=dict, verbose_name='compte rendu')),
                ('asked_by', models.CharField(max_length=80, verbose_name='donné par')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='donné le')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='fini le')),
                ('mediator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coop_imports', to='team.mediator', verbose_name='médiatrice ou médiateur')),
            ],
            options={
                'verbose_name': 'import de La Coop',
                'verbose_name_plural': 'imports de La Coop',
                'ordering': ('-asked_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'ready', 'writing', 'done', 'failed']), ('done__lte', models.F('total')), models.Q(('name', ''), _negated=True)), name='coop_import_state'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='coop_import_ends_with_its_date')],
            },
        ),
    ]
