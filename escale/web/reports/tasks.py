"""What the reports leave to a worker; a task that is run again starts anew, and ends well."""

from __future__ import annotations

from django_tasks import task

from escale.apps.documents.making import asked_batch


@task()
def make_requested_reports(entry: int) -> None:
    """Make the batch of reports that an entry of the log asks for; leave one of another kind."""
    # Here, not above: pages import this module too, and must not wait for what lays documents out.
    from escale.web.reports.batching import KIND, make_reports

    key = asked_batch(entry, KIND)
    if key is not None:
        make_reports(key)
