"""How both parties make the service known: an action within three months of the effect, then one each year."""

from __future__ import annotations

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.communication.actions import Told, record_communication, withdraw_communication
from escale.apps.communication.models import CommunicationAction, Medium
from escale.apps.conventions.models import Convention
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.queries import kept_on
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, in_force

pytestmark = pytest.mark.django_db

BY_COMMUNE, BY_EPCI = "C-3.1-4", "C-3.2-10"


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    """It takes effect on 17 March 2025."""
    return in_force(epci, oisy)


def one(convention: Convention, obligation: str, on: str) -> Kept:
    lines = kept_on([convention], day(on))[convention.pk]
    return next(line for line in lines if line.obligation.id == obligation)


def note(epci: Epci, on: str, *, commune: Commune | None = None, communes: tuple[Commune, ...] = ()) -> CommunicationAction:
    told = Told(medium=Medium.SITE, place="page d’accueil", day=day(on), communes=communes)
    return record_communication(actor=SYSTEM, epci=epci, commune=commune, told=told)


@pytest.mark.parametrize(
    ("on", "status", "due"),
    [
        ("2025-03-17", Status.NOT_YET, "2025-06-17"),
        ("2025-05-18", Status.DUE, "2025-06-17"),
        ("2025-06-17", Status.DUE, "2025-06-17"),
        ("2025-06-18", Status.LATE, "2025-06-17"),
        ("2026-03-18", Status.LATE, "2025-06-17"),
        ("2026-11-23", Status.LATE, "2025-06-17"),
    ],
)
def test_the_first_action_is_awaited_within_three_months(on: str, status: Status, due: str, convention: Convention) -> None:
    for obligation in (BY_COMMUNE, BY_EPCI):
        found = one(convention, obligation, on)
        assert (found.status, found.due) == (status, day(due))
    assert found.told == "0 action de communication enregistrée sur 1 attendue au plus tard le 17 juin 2025"


def test_then_one_is_awaited_each_year_and_a_late_one_counts(epci: Epci, oisy: Commune, convention: Convention) -> None:
    note(epci, "2025-03-16", commune=oisy)
    assert one(convention, BY_COMMUNE, "2025-07-01").status is Status.LATE
    note(epci, "2025-09-01", commune=oisy)

    assert one(convention, BY_COMMUNE, "2025-08-31").status is Status.LATE
    assert one(convention, BY_COMMUNE, "2025-09-01").status is Status.MET
    assert one(convention, BY_COMMUNE, "2026-03-17").status is Status.MET
    found = one(convention, BY_COMMUNE, "2026-03-18")
    assert (found.status, found.due) == (Status.NOT_YET, day("2027-03-17"))
    assert one(convention, BY_COMMUNE, "2027-03-17").status is Status.DUE
    assert one(convention, BY_COMMUNE, "2027-03-18").status is Status.LATE

    last = note(epci, "2026-11-02", commune=oisy)
    note(epci, "2026-10-02", commune=oisy)
    told = one(convention, BY_COMMUNE, "2026-11-23").told
    assert told == "2 actions de communication enregistrées, 1 attendue, la dernière le 2 novembre 2026"
    withdraw_communication(actor=SYSTEM, action=last)
    told = one(convention, BY_COMMUNE, "2026-11-23").told
    assert told == "1 action de communication enregistrée sur 1 attendue, la dernière le 2 octobre 2026"


def test_the_epci_tells_everyone_or_the_communes_that_it_names(
    epci: Epci, oisy: Commune, bousignies: Commune, convention: Convention
) -> None:
    neighbour = in_force(epci, bousignies)
    note(epci, "2026-10-01", communes=(bousignies,))
    assert one(neighbour, BY_EPCI, "2026-11-01").status is Status.MET
    assert one(convention, BY_EPCI, "2026-11-01").status is Status.LATE

    note(epci, "2026-11-02")

    assert one(convention, BY_EPCI, "2026-11-23").status is Status.MET
    assert one(convention, BY_COMMUNE, "2026-11-23").status is Status.LATE
