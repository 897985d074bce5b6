"""Months in which a commune itself was helped are to be counted again: nobody of them is in a table of people any more."""

from django.db import migrations
from django.db.models.functions import TruncMonth


def mark(apps, _schema):
    Record, TouchedMonth = (apps.get_model("activity", name) for name in ("Record", "TouchedMonth"))
    rows = Record.objects.filter(kind="appui").order_by().annotate(first=TruncMonth("date"))
    places = sorted(set(rows.values_list("epci", "commune", "first").distinct()))
    marks = [TouchedMonth(epci_id=epci, commune_id=commune, month=month) for epci, commune, month in places]
    TouchedMonth.objects.bulk_create(marks, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("activity", "0008_answers")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
