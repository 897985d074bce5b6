"""What is counted of what both parties do: coordination, missions, tools, rooms, urgencies, meetings, disputes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from escale.apps.accounts.models import User
from escale.apps.activity.actions import log_record
from escale.apps.audit.actors import SYSTEM
from escale.apps.communication.actions import Coordinated, record_coordination, withdraw_coordination
from escale.apps.conventions.actions.disputing import open_dispute, take_dispute_step
from escale.apps.conventions.models import Convention
from escale.apps.obligations.attending import tell_attendance
from escale.apps.obligations.kept import Status
from escale.apps.obligations.queries import kept_on
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci, Premises
from escale.apps.urgencies.models import Request
from escale.apps.visits.models import Cancellation, Point, Visit
from escale.apps.workshops.models import Workshop
from escale.core.activity.vocabulary import Mission
from escale.core.convention.cycles.dispute import DisputeTrigger
from tests.apps.activity.writing import entry
from tests.apps.booking.service import hold_post
from tests.apps.conventions.paper import day, in_force

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 9, 12, tzinfo=dt.UTC)


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    return in_force(epci, oisy)


def told(convention: Convention, obligation: str, on: str = "2026-11-23") -> tuple[Status, str]:
    lines = kept_on([convention], day(on))[convention.pk]
    found = next(line for line in lines if line.obligation.id == obligation)
    return found.status, found.told


def visit(epci: Epci, commune: Commune, on: str, state: str = "held", half: str = "AM") -> Visit:
    post, _ = Post.objects.get_or_create(epci=epci, label="Poste 1", defaults={"base": commune})
    held: dict[str, Any] = {"date": day(on), "half": half, "origin_date": day(on), "origin_half": half, "for_month": on[:7]}
    return Visit.objects.create(epci=epci, commune=commune, post=post, state=state, **held)


def workshop(epci: Epci, commune: Commune, **fields: Any) -> Workshop:
    plain: dict[str, Any] = {"title": "Atelier", "public": "habitants", "level": "debutant", "places": 8, "state": "held"}
    hours = {"date": day("2026-06-09"), "starts": dt.time(9), "ends": dt.time(11), "state_at": NOON}
    row = Workshop.objects.create(epci=epci, host=commune, **plain, **hours, **fields)
    row.communes.set([commune])
    return row


def test_coordination_is_counted_over_twelve_months_and_never_late(
    epci: Epci, convention: Convention, bousignies: Commune
) -> None:
    neighbour = in_force(epci, bousignies)
    assert told(convention, "C-3.2-3")[0] is Status.NOT_MEASURED
    for on, communes in (("2025-11-01", []), ("2026-03-02", []), ("2026-11-02", [bousignies])):
        action = Coordinated(what="réunion", day=day(on), communes=communes, missions=[Mission.AWARENESS, Mission.TERRITORY])
        last = record_coordination(actor=SYSTEM, epci=epci, told=action)

    words = "action de coordination depuis douze mois, la dernière le"
    assert told(convention, "C-3.2-3") == (Status.MET, f"1 {words} 2 mars 2026")
    assert told(neighbour, "C-3.2-3")[1].endswith("la dernière le 2 novembre 2026")
    assert told(convention, "C-3.2-3", "2027-03-03") == (
        Status.DUE,
        "aucune action de coordination depuis douze mois, la dernière le 2 mars 2026 ; l’article 3-2 ne fixe pas de délai",
    )
    withdraw_coordination(actor=SYSTEM, action=last, why="reportée")
    assert told(neighbour, "C-3.2-3") == told(convention, "C-3.2-3")


def test_missions_add_up_records_and_coordination(
    epci: Epci, convention: Convention, oisy: Commune, ines: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime(2026, 10, 6, 9, tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    hold_post(epci, oisy, "Poste 1", Mediator.objects.create(epci=epci, first_name="Inès", last_name="C", user=ines))
    record_coordination(
        actor=SYSTEM, epci=epci, told=Coordinated(what="réunion", day=day("2026-11-02"), missions=[Mission.COLLABORATION])
    )
    assert told(convention, "C-3.2-4") == (
        Status.MET,
        "1 mission servie sur 6 (M4) par 1 action de coordination ; chacune peut porter plusieurs missions",
    )

    log_record(actor=ines, record=entry(None, commune=oisy.code, entered_at=now))

    assert told(convention, "C-3.2-4") == (
        Status.MET,
        ("2 missions servies sur 6 (M1, M4) par 1 activité et 1 action de coordination ; chacune peut porter plusieurs missions"),
    )


def test_promised_half_days_that_are_owed_and_points_of_the_file_put_the_service_at_risk(
    epci: Epci, convention: Convention, oisy: Commune
) -> None:
    held = visit(epci, oisy, "2026-10-06")
    assert told(convention, "C-3.2-1") == (Status.MET, "1 demi-journée tenue depuis douze mois")
    assert told(convention, "C-4-4") == (Status.MET, "1 demi-journée tenue aux jours de l’article 4")

    owed = visit(epci, oisy, "2026-09-08", "cancelled")
    why: dict[str, Any] = {"side": "service", "cause": "vehicle", "written_by": "tests", "written_at": NOON}
    Cancellation.objects.create(visit=owed, is_owed=True, **why)
    noted: dict[str, Any] = {"side": "commune", "kind": "late", "noted_by_actor": "tests", "noted_at": NOON}
    Point.objects.create(visit=held, **noted, contact_on=day("2026-10-07"), evidence_at=NOON, evidence_by="tests")
    visit(epci, oisy, "2026-10-07")

    assert told(convention, "C-3.2-1") == (
        Status.AT_RISK,
        (
            "2 demi-journées tenues depuis douze mois ; 1 annulée reste à rattraper ; "
            "1 point au dossier sur la présence du médiateur"
        ),
    )
    assert told(convention, "C-4-4")[0] is Status.AT_RISK, "a Wednesday morning"


def test_tools_and_rooms_are_those_of_the_workshops(epci: Epci, convention: Convention, oisy: Commune) -> None:
    assert told(convention, "C-7-4")[0] is Status.NOT_YET

    workshop(epci, oisy, address="chez un voisin", other_tool="Logiciel", exception="demandé par l’école")
    assert told(convention, "C-7-4")[0] is Status.AT_RISK
    workshop(epci, oisy, premises=Premises.objects.create(commune=oisy, name="Mairie"))

    assert told(convention, "C-7-4") == (Status.MET, "1 atelier sur 2 dans un lieu de la commune depuis douze mois")
    assert told(convention, "C-3.2-8") == (
        Status.MET,
        "1 atelier sur 2 avec des outils libres et gratuits depuis douze mois ; 1 exception motivée",
    )


def test_urgencies_are_counted_with_their_answers(epci: Epci, convention: Convention, oisy: Commune) -> None:
    asked: dict[str, Any] = {"epci": epci, "commune": oisy, "matter": "printer", "asked_by": "tests", "asked_at": NOON}
    asked["call_back"] = "03 53 01 00 00"
    Request.objects.create(**asked, state="answered", answered_at=NOON)
    assert told(convention, "C-4-7") == (Status.MET, "1 urgence depuis douze mois, 1 avec une réponse")

    Request.objects.create(**asked)
    assert told(convention, "C-4-7") == (Status.DUE, "2 urgences depuis douze mois, 1 avec une réponse")


def test_meetings_are_followed_and_two_in_a_row_without_a_commune_ask_to_call_it(
    epci: Epci, convention: Convention, oisy: Commune
) -> None:
    assert told(convention, "C-3.1-5")[0] is Status.NOT_YET
    for on, there in (("2025-01-10", False), ("2026-03-10", True), ("2026-06-10", False)):
        tell_attendance(epci=epci, day=day(on), took_part={oisy.pk: there})
    assert told(convention, "C-3.1-5") == (Status.MET, "1 réunion suivie sur 2, la dernière réunion le 10 juin 2026")

    tell_attendance(epci=epci, day=day("2026-09-10"), took_part={oisy.pk: False})
    assert told(convention, "C-3.1-5")[0] is Status.AT_RISK
    tell_attendance(epci=epci, day=day("2026-09-10"), took_part={oisy.pk: True})
    assert told(convention, "C-3.1-5")[1].startswith("2 réunions suivies sur 3")


def test_both_owe_the_amicable_way_once_there_is_a_dispute(convention: Convention) -> None:
    litige = open_dispute(actor=SYSTEM, convention=convention, subject="Le bureau", opened_on=day("2026-11-02"))
    for obligation in ("C-9-1a", "C-9-1b"):
        assert told(convention, obligation, "2026-11-01") == (Status.NOT_YET, "aucun litige n’est ouvert")
        assert told(convention, obligation)[0] is Status.DUE

    take_dispute_step(actor=SYSTEM, litige=litige, trigger=DisputeTrigger.TALKS_BEGUN, on=day("2026-11-03"), note="")

    assert told(convention, "C-9-1a") == (Status.MET, "1 litige ouvert, l’accord amiable a été recherché")
