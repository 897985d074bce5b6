"""The communication log: each party writes of itself, what is wrong is told beside its field, nothing disappears unsaid."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.communication.actions import Told, correct_communication, record_communication, withdraw_communication
from escale.apps.communication.labels import MEDIA, MEDIA_OF_EPCI
from escale.apps.communication.models import CommunicationAction, Medium
from escale.apps.communication.queries import action_lines, communes_in_year
from escale.apps.documents.models import FileContent, StoredFile
from escale.apps.documents.uploads import Upload
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, in_force
from tests.cast import make_commune, make_epci

pytestmark = pytest.mark.django_db

SEEN = Upload(name="affiche.pdf", content=b"%PDF-1", media_type="application/pdf")
AGAIN = Upload(name="page.pdf", content=b"%PDF-2", media_type="application/pdf")


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


def told(**changes: object) -> Told:
    return Told(**{"medium": Medium.POSTER, "place": "vitrine de la mairie", "day": dt.date(2026, 11, 2), **changes})  # type: ignore[arg-type]


def test_each_party_writes_of_itself_and_a_commune_sees_what_concerns_it(
    epci: Epci, oisy: Commune, coordinator: User, ines: User, lawyer: User, desk_oisy: User, referent_bousignies: User
) -> None:
    elsewhere = make_commune(epci, "59998", "Ailleurs")
    own = record_communication(actor=desk_oisy, epci=epci, commune=oisy, told=told())
    for_all = record_communication(actor=coordinator, epci=epci, told=told(place="hall du siège"))
    record_communication(actor=ines, epci=epci, told=told(place="marché", communes=[elsewhere]))

    assert set(CommunicationAction.objects.visible_to(desk_oisy)) == {own, for_all}
    assert list(CommunicationAction.objects.visible_to(referent_bousignies)) == [for_all]
    assert CommunicationAction.objects.visible_to(lawyer).count() == 3
    lines = action_lines(CommunicationAction.objects.visible_to(ines).order_by("pk"))
    assert [(line.author, [str(one) for one in line.concerned]) for line in lines] == [
        (desk_oisy.name, []),
        (coordinator.name, []),
        (ines.name, ["Ailleurs"]),
    ]
    for actor, commune in ((coordinator, oisy), (referent_bousignies, oisy), (desk_oisy, None), (lawyer, None)):
        with pytest.raises(PermissionDenied):
            record_communication(actor=actor, epci=epci, commune=commune, told=told(place="non"))
    with pytest.raises(PermissionDenied):
        withdraw_communication(actor=desk_oisy, action=for_all)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": dt.date(2026, 11, 24)}, "day"),
        ({"medium": Medium.OTHER}, "medium_words"),
        ({"place": "  "}, "place"),
        ({"place": "x" * 121}, "place"),
        ({"link": "http://exemple.fr/"}, "link"),
        ({"link": "https://pas une adresse"}, "link"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_kept(
    changes: dict[str, object], field: str, epci: Epci, oisy: Commune
) -> None:
    with pytest.raises(ValidationError) as refused:
        record_communication(actor=SYSTEM, epci=epci, commune=oisy, told=told(**changes), proof=SEEN)

    assert list(refused.value.message_dict) == [field]
    assert not CommunicationAction.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_same_action_is_noted_once_and_a_commune_of_elsewhere_is_refused(epci: Epci, oisy: Commune) -> None:
    stranger = make_commune(make_epci("200000000", "Ailleurs"), "01001", "Loin")
    for commune in (oisy, None):
        record_communication(actor=SYSTEM, epci=epci, commune=commune, told=told())
        with pytest.raises(ValidationError, match="déjà notée"):
            record_communication(actor=SYSTEM, epci=epci, commune=commune, told=told())
    with pytest.raises(ValidationError, match="Choisir des communes"):
        record_communication(actor=SYSTEM, epci=epci, told=told(communes=[stranger]))
    with pytest.raises(IntegrityError), transaction.atomic():
        CommunicationAction.objects.update(party="commune")


def test_a_correction_and_a_withdrawal_leave_their_trace(epci: Epci, oisy: Commune) -> None:
    action = record_communication(actor=SYSTEM, epci=epci, commune=oisy, told=told(), proof=SEEN)

    corrected = correct_communication(actor=SYSTEM, action=action, told=told(day=dt.date(2026, 10, 1)), proof=AGAIN)
    withdrawn = withdraw_communication(actor=SYSTEM, action=action, why="notée deux fois")

    assert corrected.proof
    assert FileContent.objects.count() == 1
    entries = dict(Entry.objects.filter(event__startswith="communication.").values_list("event", "details"))
    assert entries["communication.corrected"] == {"changed": ["day", "proof"]}
    assert entries["communication.day_changed"] == {"before": "2026-11-02", "after": "2026-10-01"}
    assert set(entries) > {"communication.recorded", "communication.proof_replaced", "communication.withdrawn"}
    assert (withdrawn.stands, withdrawn.withdrawn_why, withdrawn.proof) == (False, "notée deux fois", corrected.proof)
    with pytest.raises(ValidationError, match="a été retirée"):
        correct_communication(actor=SYSTEM, action=action, told=told())
    record_communication(actor=SYSTEM, epci=epci, commune=oisy, told=told(day=dt.date(2026, 10, 1)))


def test_the_communes_of_a_year_are_those_whose_convention_binds(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    in_force(epci, oisy)
    for when in ("2025-12-31", "2026-01-01", "2026-11-02"):
        record_communication(actor=SYSTEM, epci=epci, commune=oisy, told=told(day=day(when)))
    record_communication(actor=SYSTEM, epci=epci, commune=bousignies, told=told())

    [found] = communes_in_year(epci, day("2026-11-23"))

    assert (found.commune, found.count, found.last) == (oisy, 2, day("2026-11-02"))


def test_every_medium_has_its_words() -> None:
    assert set(MEDIA) == set(MEDIA_OF_EPCI) == set(Medium)
