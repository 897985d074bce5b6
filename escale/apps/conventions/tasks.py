"""What conventions leave to a worker; a task that is run again starts anew, and ends well."""

from __future__ import annotations

from django_tasks import task

from escale.apps.audit.models import Entry


@task()
def make_requested_documents(entry: int) -> None:
    """Make the batch of documents that an entry of the log asks for."""
    # Here, not above: pages import this module too, and must not wait for what lays documents out.
    from escale.apps.conventions.batching import make_documents

    key = Entry.objects.filter(pk=entry).values_list("subject_id", flat=True).first()
    if key is not None:
        make_documents(int(key))
