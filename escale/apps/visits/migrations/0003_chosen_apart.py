import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0003_day_in_commune"),
        ("visits", "0002_day_in_commune"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="is_apart",
            field=models.BooleanField(default=False, verbose_name="convenu à part"),
        ),
        migrations.AddField(
            model_name="visit",
            name="premises",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="visits",
                to="territory.premises",
                verbose_name="lieu choisi",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="room",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="visits",
                to="territory.room",
                verbose_name="salle choisie",
            ),
        ),
    ]
