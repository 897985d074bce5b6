"""How many half-days a month a convention gives to a commune, from a day on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schedule', '0003_trials'),
        ('territory', '0007_ages'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreedVisits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visits', models.PositiveSmallIntegerField(verbose_name='demi-journées par mois')),
                ('starts', models.DateField(verbose_name='à partir du')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_visits', to='territory.commune')),
                ('epci', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_visits', to='territory.epci')),
            ],
            options={
                'verbose_name': 'nombre convenu de demi-journées',
                'ordering': ('commune__sort_key', 'starts'),
                'constraints': [models.UniqueConstraint(fields=('commune', 'starts'), name='one_agreed_number_at_a_time'), models.CheckConstraint(condition=models.Q(('visits__range', (1, 8))), name='agreed_number_is_a_number')],
            },
        ),
    ]
