"""An urgency has its own record (escale.apps.urgencies): an activity no longer keeps a text about it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [migrations.RemoveField(model_name="record", name="urgency")]
