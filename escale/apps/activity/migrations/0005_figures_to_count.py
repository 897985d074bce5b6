"""What was written before counts were kept: which records came by appointment, and the months that are to be counted."""

from django.db import migrations, models
from django.db.models.functions import TruncMonth


def mark(apps, _schema):
    Record, Tally, TouchedMonth = (apps.get_model("activity", name) for name in ("Record", "Tally", "TouchedMonth"))
    Record.objects.filter(appointment__isnull=False).update(had_appointment=True)
    places = set()
    for model in (Record, Tally):
        rows = model.objects.order_by().annotate(first=TruncMonth("date"))
        places |= set(rows.values_list("epci", "commune", "first").distinct())
    rows = [TouchedMonth(epci_id=epci, commune_id=commune, month=month) for epci, commune, month in sorted(places)]
    TouchedMonth.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("activity", "0004_figures")]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("had_appointment", True), ("kind", "individuel")),
                    models.Q(("appointment__isnull", True), ("had_appointment", False)),
                    _connector="OR",
                ),
                name="record_appointment",
            ),
        ),
    ]
