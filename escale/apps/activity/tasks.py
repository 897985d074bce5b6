"""What activities leave to a worker: large files of La Coop, read and then written; run again, a task ends well."""

from __future__ import annotations

from django_tasks import task

from escale.apps.activity.models import CoopImport, ImportState
from escale.apps.audit.models import Entry


@task()
def go_on_with_coop_import(entry: int) -> None:
    """Do what an import waits for: its reading, or its writing."""
    # Here, not above: pages import this module too, through the table of effects.
    from escale.apps.activity.actions.exchanging import fail_coop_import, read_coop_import, write_coop_import

    subject = Entry.objects.filter(pk=entry).values_list("subject_id", flat=True).first()
    row = CoopImport.objects.filter(pk=subject).first() if subject else None
    if row is None:
        return
    try:
        if row.state == ImportState.READING:
            read_coop_import(key=row.pk)
        else:
            write_coop_import(key=row.pk)
    except Exception:
        fail_coop_import(key=row.pk)
        raise
