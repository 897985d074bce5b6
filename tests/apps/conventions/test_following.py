"""The tour follows each way in which a convention ends, and comes back when a denunciation is withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce, withdraw_denunciation
from escale.apps.conventions.actions.terminating import (
    annul_convention,
    put_on_notice,
    terminate_by_agreement,
    terminate_for_breach,
    terminate_for_general_interest,
)
from escale.apps.conventions.models import Convention, Denonciation, Party
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import Participation
from escale.apps.team.actions import add_mediator, occupy_post, open_post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from tests.apps.conventions.paper import day, in_force, letter, signatories
from tests.cast import SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

FIRST, LAST = "2026-12", "2027-09"


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    """One in force, whose commune has a visit published in each month from December to September."""
    oisy.latitude, oisy.longitude = 50.3, 3.4
    oisy.save()
    convention = in_force(epci, oisy)
    post = open_post(actor=SYSTEM, epci=epci, label="Poste de Sacha", base=oisy)
    mediator = add_mediator(actor=SYSTEM, epci=epci, first_name="Sacha", last_name="Exemple")
    occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=SINCE)
    plan = first_draft(actor=SYSTEM, epci=epci, months=Month.range(f"{FIRST}..{LAST}"))
    publish_plan(actor=SYSTEM, plan=plan, version=1)
    return convention


def denounced(convention: Convention) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-26", "2026-10-28"))


def breached(convention: Convention) -> None:
    told: Any = {"author": Party.EPCI, "articles": ["7"], "facts": "La salle est froide.", "expected": "La chauffer."}
    sent = letter(
        "2026-10-05",
        "2026-10-07",
        "MED",
    )
    notice = put_on_notice(actor=SYSTEM, convention=convention, posting=sent, **told)
    decision = letter("2026-11-16", "2026-11-18", "FIN")
    terminate_for_breach(actor=SYSTEM, notice=notice, posting=decision, last_day=day("2027-02-28"), document="Décision")


def agreed(convention: Convention) -> None:
    president, mayor = signatories(convention.epci, convention.commune)
    mayor.ends = None
    mayor.save()
    terminate_by_agreement(
        actor=SYSTEM,
        convention=convention,
        epci_signatory=president,
        epci_signed_on=day("2026-11-16"),
        commune_signatory=mayor,
        commune_signed_on=day("2026-11-18"),
        last_day=day("2027-02-28"),
        document="Accord",
    )


def of_general_interest(convention: Convention) -> None:
    terminate_for_general_interest(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        reasons="La cause de la convention a disparu.",
        posting=letter("2026-11-16", "2026-11-18", "FIN"),
        last_day=day("2027-02-28"),
        document="Décision",
    )


def annulled(convention: Convention) -> None:
    annul_convention(actor=SYSTEM, convention=convention, judged_on=day("2026-11-20"), document="TA Lille, n° 2600001")


ENDS: list[tuple[Callable[[Convention], None], str, int]] = [
    (denounced, "2027-06-30", 7),
    (breached, "2027-02-28", 3),
    (agreed, "2027-02-28", 3),
    (of_general_interest, "2027-02-28", 3),
    (annulled, "2026-11-19", 0),
]


@pytest.mark.parametrize(("end", "last_day", "kept"), ENDS, ids=[end.__name__ for end, _, _ in ENDS])
def test_the_commune_takes_part_until_the_last_day_and_its_later_visits_are_cancelled(
    convention: Convention, end: Callable[[Convention], None], last_day: str, kept: int
) -> None:
    months = Visit.objects.standing().count()

    end(convention)

    (row,) = Participation.objects.all()
    assert row.ends == day(last_day)
    planned = list(Visit.objects.standing().values_list("date", flat=True))
    assert len(planned) == kept
    assert all(date <= day(last_day) for date in planned)
    assert Visit.objects.exclude(state="planned").count() == months - kept


def test_an_earlier_end_takes_the_place_of_the_one_that_was_certain(convention: Convention) -> None:
    denounced(convention)

    agreed(convention)

    (row,) = Participation.objects.all()
    assert row.ends == day("2027-02-28")
    assert Visit.objects.standing().count() == 3


def test_a_withdrawal_brings_the_commune_and_its_visits_back(convention: Convention) -> None:
    before = visits()
    denounced(convention)

    withdraw(Denonciation.objects.get(), "2026-11-20")

    assert Participation.objects.filter(ends=None, standing="firm").count() == 1
    assert visits() == before


def test_one_denunciation_that_is_withdrawn_leaves_that_of_the_other_party(convention: Convention) -> None:
    denounced(convention)
    theirs = Denonciation.objects.get()
    ours = letter("2026-11-02", "2026-11-04", "OURS")
    denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=ours)

    withdraw(theirs, "2026-11-20")

    convention.refresh_from_db()
    assert convention.ends_on == day("2027-06-30")
    assert Participation.objects.get().ends == day("2027-06-30")


def visits() -> list[dt.date]:
    return list(Visit.objects.standing().order_by("date").values_list("date", flat=True))


def withdraw(row: Denonciation, on: str) -> None:
    withdraw_denunciation(actor=SYSTEM, denonciation=row, epci_accepts_on=day(on), commune_accepts_on=day(on))
