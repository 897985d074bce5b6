"""What the routes of the field are about: a half-day, and a record that the mediator wrote."""

from __future__ import annotations

import uuid

from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record
from escale.apps.activity.models import CoopImport
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from escale.core.activity.records import RecordEntry
from escale.core.activity.vocabulary import Theme

OF_VISIT = (
    "half_day",
    "arrive",
    "note_point",
    "tally",
    "log",
    "out_of_bounds",
    "orientation",
    "orientation_pdf",
    "take_home",
    "ask",
    "thank",
)


def field_world(oisy: Commune, visit: int, ines: User) -> dict[str, object]:
    """Return the arguments of the routes of the field."""
    said = RecordEntry(
        key=uuid.uuid4(), commune=oisy.code, entered_at=timezone.now(), minutes=15, themes=frozenset({Theme.EMAIL})
    )
    row = log_record(actor=ines, record=said)
    given = CoopImport.objects.create(mediator=row.mediator, name="a.xlsx", state="ready", total=0, asked_by="test")
    return {
        **{f"field:{page} uid": Visit.objects.get(pk=visit).uid for page in OF_VISIT},
        **{f"{route} uid": uuid.uuid4() for route in ("field:mark", "field:office_mark", "steering:office_mark")},
        "field:correct key": row.key,
        "field:remove key": row.key,
        "field:choose_version pk": 1,
        **{f"steering:{page} pk": given.pk for page in ("coop_import", "coop_report", "drop_coop_import")},
    }
