"""Give each commune the name that stands in the address of its page."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from escale.apps.territory.names import addresses_of


def give_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Name the communes that are there."""
    known = apps.get_model("territory", "Commune").objects
    communes = list(known.only("code", "search", "slug"))
    addresses = addresses_of({commune.code: commune.search for commune in communes})
    for commune in communes:
        commune.slug = addresses[commune.code]
    known.bulk_update(communes, ["slug"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("territory", "0003_day_in_commune")]

    operations = [
        migrations.AddField(
            model_name="commune",
            name="slug",
            field=models.SlugField(
                blank=True, editable=False, max_length=100, null=True, unique=True, verbose_name="adresse de sa page"
            ),
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
    ]
