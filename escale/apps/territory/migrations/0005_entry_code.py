"""The code of the door of a place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0004_addresses")]

    operations = [
        migrations.AddField(
            model_name="premises",
            name="entry_code",
            field=models.CharField(blank=True, max_length=40, verbose_name="code de la porte"),
        ),
    ]
