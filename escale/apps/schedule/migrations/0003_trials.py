"""A question may also try a change of the pattern."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('schedule', '0002_plans')]

    operations = [
        migrations.RemoveConstraint(model_name='question', name='question_kind_is_known'),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['explain', 'repair', 'trial'])), name='question_kind_is_known'),
        ),
    ]
