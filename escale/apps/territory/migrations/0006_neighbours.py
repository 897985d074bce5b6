"""A commune says whether the people of its neighbours may come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territory", "0005_entry_code")]

    operations = [
        migrations.AddField(
            model_name="mairie",
            name="welcomes_neighbours",
            field=models.BooleanField(default=True, verbose_name="les habitants des communes voisines peuvent venir"),
        ),
    ]
