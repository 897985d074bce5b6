"""People learn that they are registered, and are reminded of it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("workshops", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="registration", name="registration_values"),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("attendance__in", ["", "present", "absent"]),
                    ("channel__in", ["phone", "email", "mairie"]),
                    ("news__in", ["", "registered", "reminded", "promoted", "changed", "cancelled"]),
                    ("written_as__in", ["commune", "mediator", "coordination"]),
                    Q(("written_by", ""), _negated=True),
                ),
                name="registration_values",
            ),
        ),
    ]
