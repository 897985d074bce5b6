"""The anonymous question of art. 6: its answers by commune and month, and the keys of those that were counted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activity', '0007_figures_of_all'),
        ('territory', '0006_neighbours'),
    ]

    operations = [
        migrations.CreateModel(
            name='EaseKey',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False, verbose_name='clé')),
                ('month', models.DateField(verbose_name='mois')),
            ],
            options={
                'verbose_name': 'réponse déjà comptée',
                'verbose_name_plural': 'réponses déjà comptées',
            },
        ),
        migrations.CreateModel(
            name='EaseCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='mois')),
                ('answer', models.PositiveSmallIntegerField(verbose_name='réponse')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='nombre')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ease_counts', to='territory.commune')),
                ('epci', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ease_counts', to='territory.epci')),
            ],
            options={
                'verbose_name': 'réponses à la question anonyme',
                'verbose_name_plural': 'réponses à la question anonyme',
                'ordering': ('month', 'commune', 'answer'),
                'constraints': [models.UniqueConstraint(fields=('epci', 'commune', 'month', 'answer'), name='one_count_of_an_answer'), models.CheckConstraint(condition=models.Q(('answer__in', [0, 1, 2, 3, 4]), ('month__day', 1)), name='ease_count_of_a_month')],
            },
        ),
    ]
