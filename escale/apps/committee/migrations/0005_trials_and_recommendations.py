"""What was tried for a proposal is kept with it, and the recommendation that it carries to the committee."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('committee', '0004_proposals_without_the_single'),
        ('evaluation', '0002_campaigns'),
        ('schedule', '0003_trials'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='recommendation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='evaluation.recommendation'),
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='committee.proposal')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schedule.question')),
            ],
            options={
                'verbose_name': 'essai d’une proposition',
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(fields=('proposal', 'question'), name='one_trial_of_a_question')],
            },
        ),
    ]
