"""The conventions of the demonstration: each in the state that its story gives it, on the day that is told and on others."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import pytest
from pytest_django import Settings

from escale.apps.conventions.actions.drafting import annex_written
from escale.apps.conventions.journal import first_broken_line
from escale.apps.conventions.models import (
    Act,
    Avenant,
    Convention,
    Denonciation,
    JournalEntry,
    MiseEnDemeure,
    Notification,
    Original,
    Paper,
    Signatory,
)
from escale.apps.conventions.queries import avenant_state, cure_ends_on, qualified, state_of, states_of
from escale.apps.schedule.actions import annex_pattern
from escale.apps.schedule.models import Participation
from escale.apps.territory.actions import import_territory
from escale.apps.territory.files import read_shipped
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration import ACTOR
from escale.config.demonstration.accounts import DENAIN
from escale.config.demonstration.circumstances import EXPECTED, join_communes
from escale.config.demonstration.conventions import conclude_conventions
from escale.config.demonstration.conventions.calendar import steps_of
from escale.config.demonstration.conventions.troubles import CONTESTABLE, IN_TIME, LATE, ON_NOTICE
from escale.config.demonstration.loading import TERRITORY
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.denunciation import Certainty
from escale.core.convention.life import State
from escale.core.planning.problem import Annex

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)
USUAL = Annex(nth=2, window=Window(weekday=Weekday.TUE, half=Half.AM))


FEW = ("59446", DENAIN, "59491", "59302", IN_TIME, LATE, CONTESTABLE, ON_NOTICE, *sorted(EXPECTED))
"""The communes that have a story, and three that have none: eight conventions of 2025."""


def concluded_on(settings: Settings, day: dt.date, codes: Iterable[str] = FEW) -> Epci:
    """Return the territory with the conventions of some communes as they are told on a day: those that have a usual day."""
    settings.ESCALE_TODAY = day
    import_territory(actor=ACTOR, source=read_shipped(TERRITORY))
    epci = Epci.objects.get()
    join_communes(epci, day.year)
    for commune in Commune.objects.filter(code__in=codes):
        annex_pattern(actor=ACTOR, epci=epci, commune=commune, pattern=USUAL, starts=dt.date(day.year - 1, 1, 1))
    conclude_conventions(epci)
    return epci


def counted(day: dt.date) -> Counter[State]:
    return Counter(situation.state for situation in states_of(Convention.objects.all(), day).values())


@pytest.mark.slow
def test_forty_four_are_in_force_and_three_on_their_way(settings: Settings) -> None:
    concluded_on(settings, TODAY, Commune.objects.values_list("code", flat=True))

    assert counted(TODAY) == {State.IN_FORCE: 43, State.IN_NOTICE: 1, State.IN_DELIBERATION: 2, State.TO_SIGN: 1}
    assert Original.objects.count() == 88
    mayors = Signatory.objects.filter(commune__isnull=False)
    assert mayors.filter(ends=dt.date(2026, 3, 20)).count() == 47
    assert mayors.filter(ends=None).count() == 42, "five mairies have not said yet who their mayor is"
    assert mayors.filter(ends=None, commune__code__in=(*EXPECTED, DENAIN)).count() == 4, "those who are to sign are named"


def test_those_of_2025_are_in_their_first_renewal_and_those_of_2027_wait(settings: Settings) -> None:
    concluded_on(settings, TODAY)

    assert counted(TODAY) == {State.IN_FORCE: 7, State.IN_NOTICE: 1, State.IN_DELIBERATION: 2, State.TO_SIGN: 1}
    in_force = Convention.objects.exclude(notified_on=None)
    assert {convention.model for convention in in_force} == {"porte-du-hainaut-2025"}
    periods = [state_of(convention, TODAY).period for convention in in_force]
    assert {period and period.number for period in periods} == {1}, "the first renewal"
    notified = sorted(convention.notified_on for convention in in_force if convention.notified_on)
    assert (notified[0], notified[-1]) == (dt.date(2025, 3, 17), dt.date(2025, 12, 12))
    on_their_way = Convention.objects.filter(notified_on=None)
    assert {(convention.commune.code, convention.model) for convention in on_their_way} == {
        (code, "demonstration-2027") for code in EXPECTED
    }
    assert all(convention.annex == annex_written(USUAL) for convention in Convention.objects.all())


def test_five_conventions_have_a_story_and_one_commune_leaves_the_tour(settings: Settings) -> None:
    concluded_on(settings, TODAY)

    found = {one.convention.commune.name: qualified(one, one.convention) for one in Denonciation.objects.all()}

    assert {name: judged.certainty for name, judged in found.items() if judged} == {
        "Bousignies": Certainty.CERTAIN_IN_TIME,
        "Escautpont": Certainty.CONTESTABLE,
        "Mastaing": Certainty.CERTAIN_LATE,
    }
    ended = Convention.objects.exclude(ends_on=None).get()
    assert (ended.commune.name, ended.ends_on) == ("Bousignies", dt.date(2027, 6, 30))
    left = Participation.objects.exclude(ends=None).get()
    assert (left.commune, left.ends) == (ended.commune, ended.ends_on)
    assert Participation.objects.firm().count() == 44
    notice, avenant = MiseEnDemeure.objects.get(), Avenant.objects.get()
    assert cure_ends_on(notice, notice.convention) == dt.date(2026, 11, 30)
    assert (avenant.number, avenant.convention.commune.name) == (1, "Denain")
    assert avenant_state(avenant, avenant.convention, TODAY) is AvenantState.IN_DELIBERATION
    assert "Responsabilité conjointe" in avenant.text
    assert [one.act.kind for one in avenant.authorisations.all()] == ["delib_bureau"]


def test_texts_are_kept_and_all_that_is_made_up_says_so(settings: Settings) -> None:
    concluded_on(settings, TODAY)

    texts = Paper.objects.filter(kind__in=("texte", "avenant"))
    assert texts.count() == Convention.objects.count() + 1
    assert all(paper.is_made_here and paper.file.name.endswith(".pdf") for paper in texts)
    assert not Act.objects.get(number="23/180").authorisations.exists()
    acts = Act.objects.exclude(number="23/180")
    assert all("(démonstration)" in act.number for act in acts if act.number)
    assert all("(démonstration)" in act.receipt for act in acts if act.receipt)
    assert all("(démonstration)" in person.last_name for person in Signatory.objects.all())
    assert all("(démonstration)" in original.place for original in Original.objects.all())
    assert all(letter.number.startswith("DEMO") for letter in Notification.objects.all())
    assert all("(démonstration)" in notice.facts + notice.expected for notice in MiseEnDemeure.objects.all())
    mayors = Signatory.objects.filter(commune__isnull=False)
    assert set(mayors.exclude(ends=None).values_list("ends", flat=True)) == {dt.date(2026, 3, 20)}


def test_a_second_start_writes_nothing_and_every_journal_holds(settings: Settings) -> None:
    epci = concluded_on(settings, TODAY)
    before = JournalEntry.objects.count()

    conclude_conventions(epci)

    assert JournalEntry.objects.count() == before
    assert not [convention for convention in Convention.objects.all() if first_broken_line(convention)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "states"),
    [
        (dt.date(2025, 1, 15), {}),
        (dt.date(2025, 3, 10), {State.IN_DELIBERATION: 7, State.SIGNED: 1}),
        (dt.date(2026, 2, 2), {State.IN_FORCE: 8}),
        (dt.date(2026, 9, 10), {State.IN_FORCE: 8, State.DRAFT: 3}),
        (dt.date(2027, 9, 1), {State.IN_FORCE: 7, State.ENDED: 1, State.IN_DELIBERATION: 2, State.TO_SIGN: 1}),
    ],
)
def test_what_has_not_come_yet_is_not_told(settings: Settings, day: dt.date, states: dict[State, int]) -> None:
    concluded_on(settings, day)

    assert counted(day) == states
    assert not JournalEntry.objects.filter(on__gt=day).exists()


def test_each_convention_goes_through_its_steps_in_order() -> None:
    for rank in range(44):
        steps = steps_of(rank, 44)
        days = [getattr(steps, name) for name in steps.__slots__]

        assert days == sorted(days)
        assert steps.voted > dt.date(2025, 2, 24)
        assert all(day.weekday() < 5 for day in days)
