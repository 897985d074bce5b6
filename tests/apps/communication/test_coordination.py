"""The log of coordination (art. 3-2): who may note, what is refused beside its field, and what a withdrawal leaves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.communication.actions import Coordinated, correct_coordination, record_coordination, withdraw_coordination
from escale.apps.communication.models import CoordinationAction
from escale.apps.communication.queries import coordination_lines
from escale.apps.documents.models import FileContent, StoredFile
from escale.apps.documents.uploads import Upload
from escale.apps.territory.models import Commune, Epci
from escale.core.activity.vocabulary import Mission
from tests.apps.conventions.paper import day
from tests.cast import make_commune, make_epci

pytestmark = pytest.mark.django_db

SEEN = Upload(name="feuille.pdf", content=b"%PDF-1", media_type="application/pdf")
AGAIN = Upload(name="compte-rendu.pdf", content=b"%PDF-2", media_type="application/pdf")


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


def told(**changes: object) -> Coordinated:
    return Coordinated(**{"what": "réunion des référents", "day": dt.date(2026, 11, 2), **changes})  # type: ignore[arg-type]


def test_the_coordination_notes_and_a_commune_sees_what_concerns_it(
    epci: Epci, oisy: Commune, coordinator: User, lawyer: User, ines: User, desk_oisy: User, referent_bousignies: User
) -> None:
    for_all = record_coordination(actor=coordinator, epci=epci, told=told(missions=[Mission.TERRITORY, Mission.AWARENESS]))
    for_oisy = record_coordination(actor=coordinator, epci=epci, told=told(what="visite", communes=[oisy]))

    assert set(CoordinationAction.objects.visible_to(desk_oisy)) == {for_all, for_oisy}
    assert list(CoordinationAction.objects.visible_to(referent_bousignies)) == [for_all]
    assert for_all.missions == ["M2", "M6"]
    [line] = coordination_lines(CoordinationAction.objects.filter(pk=for_oisy.pk))
    assert (line.author, list(line.concerned), line.missions) == (coordinator.name, [oisy], [])
    for actor in (lawyer, ines, desk_oisy):
        with pytest.raises(PermissionDenied):
            record_coordination(actor=actor, epci=epci, told=told(what="non"))
        with pytest.raises(PermissionDenied):
            withdraw_coordination(actor=actor, action=for_all, why="non")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": dt.date(2026, 11, 24)}, "day"),
        ({"what": "  "}, "what"),
        ({"what": "x" * 161}, "what"),
        ({"partners": "x" * 121}, "partners"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_kept(changes: dict[str, object], field: str, epci: Epci) -> None:
    with pytest.raises(ValidationError) as refused:
        record_coordination(actor=SYSTEM, epci=epci, told=told(**changes), proof=SEEN)

    assert list(refused.value.message_dict) == [field]
    assert not CoordinationAction.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_correction_and_a_withdrawal_leave_their_trace(epci: Epci, oisy: Commune) -> None:
    action = record_coordination(actor=SYSTEM, epci=epci, told=told(), proof=SEEN)
    stranger = make_commune(make_epci("200000000", "Ailleurs"), "01001", "Loin")
    with pytest.raises(ValidationError, match="déjà notée"):
        record_coordination(actor=SYSTEM, epci=epci, told=told())
    with pytest.raises(ValidationError, match="Choisir des communes"):
        correct_coordination(actor=SYSTEM, action=action, told=told(communes=[stranger]))
    with pytest.raises(ValidationError, match="Dire pourquoi"):
        withdraw_coordination(actor=SYSTEM, action=action, why=" ")

    changes = told(day=dt.date(2026, 10, 1), communes=[oisy], missions=[Mission.COLLABORATION])
    corrected = correct_coordination(actor=SYSTEM, action=action, told=changes, proof=AGAIN)
    withdrawn = withdraw_coordination(actor=SYSTEM, action=action, why="notée deux fois")

    assert list(corrected.communes.all()) == [oisy]
    assert FileContent.objects.count() == 1
    entries = dict(Entry.objects.filter(event__startswith="coordination.").values_list("event", "details"))
    assert entries["coordination.corrected"] == {"changed": ["day", "missions", "proof"]}
    assert entries["coordination.day_changed"] == {"before": "2026-11-02", "after": "2026-10-01"}
    assert entries["coordination.communes_changed"] == {"codes": [oisy.code]}
    assert set(entries) > {"coordination.recorded", "coordination.proof_replaced", "coordination.withdrawn"}
    assert (withdrawn.stands, withdrawn.withdrawn_why) == (False, "notée deux fois")
    with pytest.raises(ValidationError, match="a été retirée"):
        correct_coordination(actor=SYSTEM, action=action, told=told())
