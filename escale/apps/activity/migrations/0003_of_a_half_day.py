"""Records and counts are asked for by half-day, within an EPCI: an index of both keeps that fast after years."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activity", "0002_no_free_urgency")]

    operations = [
        migrations.AddIndex("record", models.Index(fields=["visit", "epci"], name="record_of_visit")),
        migrations.AddIndex("tally", models.Index(fields=["visit", "epci"], name="tally_of_visit")),
    ]
