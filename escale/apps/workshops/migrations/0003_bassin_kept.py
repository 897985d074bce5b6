"""A bassin de vie stays as long as a workshop is for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial"), ("workshops", "0002_reminders")]

    operations = [
        migrations.AlterField(
            model_name="workshop",
            name="bassin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="workshops",
                to="territory.bassindevie",
            ),
        ),
    ]
