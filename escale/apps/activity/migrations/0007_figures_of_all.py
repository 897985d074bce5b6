"""One more row for each month: the sum of all EPCIs. What was kept is counted anew, so that every sum is of its parts."""

import django.db.models.deletion
from django.db import migrations, models


def count_anew(apps, _schema):
    MonthFigures, TouchedMonth = apps.get_model("activity", "MonthFigures"), apps.get_model("activity", "TouchedMonth")
    kept = MonthFigures.objects.filter(commune__isnull=False).order_by("pk").values_list("epci", "commune", "month")
    rows = [TouchedMonth(epci_id=epci, commune_id=commune, month=month) for epci, commune, month in kept]
    TouchedMonth.objects.bulk_create(rows, batch_size=500)
    MonthFigures.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("activity", "0006_coop_imports"), ("territory", "0006_neighbours")]

    operations = [
        migrations.RunPython(count_anew, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="monthfigures", name="figures_of_epcis"),
        migrations.AlterField(
            model_name="monthfigures",
            name="epci",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="month_figures",
                to="territory.epci",
            ),
        ),
        migrations.AddConstraint(
            model_name="monthfigures",
            constraint=models.UniqueConstraint(
                condition=models.Q(("epci__isnull", True)), fields=("month",), name="figures_of_all"
            ),
        ),
        migrations.AddConstraint(
            model_name="monthfigures",
            constraint=models.CheckConstraint(
                condition=models.Q(("epci__isnull", False), ("commune__isnull", True), _connector="OR"),
                name="figures_of_a_commune_have_an_epci",
            ),
        ),
    ]
