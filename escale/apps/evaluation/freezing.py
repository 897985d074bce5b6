"""Count what evaluations say, several at once: the indicators of each, the communes side by side, the answers, what changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from escale.apps.activity.labels import THEMES
from escale.apps.conventions.models import Convention
from escale.apps.evaluation.counting import counts_by_commune, counts_of
from escale.apps.evaluation.frozen import Answers, Frozen, Stand, Told
from escale.apps.evaluation.models import CRITERIA, Evaluation, Questionnaire
from escale.apps.territory.catalogue import K_INTERNAL
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import value_of
from escale.core.activity.vocabulary import Theme
from escale.core.calendar.months import Month
from escale.core.evaluation.counts import Counts
from escale.core.evaluation.definitions import Family
from escale.core.evaluation.evolution import evolutions
from escale.core.evaluation.funnel import Funnel, rates
from escale.core.evaluation.indicators import measures
from escale.core.evaluation.measures import Measure
from escale.core.evaluation.pieces import pieces_of, release_of
from escale.core.evaluation.policies import internal
from escale.core.evaluation.proposals import proposed
from escale.core.evaluation.tables import TERRITORY
from escale.core.evaluation.wording import Count, joined, number_words

CHOSEN = ("dates", "premises", "appointments", "overall")
"""The questions that are answered by a choice."""
NAMED_THEMES = 4
OF_SEVERAL = frozenset({"N5"})
"""« 1 commune visitée, sur 1 »: what counts communes says nothing of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The months of some evaluations, counted for every commune that a convention binds then."""

    first: Month
    last: Month
    on: dt.date
    communes: Sequence[Commune]
    counts: Mapping[str, Counts]
    throughout: frozenset[str]

    @property
    def funnel(self) -> Funnel:
        """The communes side by side: those that a convention binds since the first month."""
        return rates(
            {
                commune.code: (self.counts[commune.code].accompaniments or 0, commune.population / 1000)
                for commune in self.communes
                if commune.population and commune.code in self.throughout
            }
        )


def counted(evaluations: Iterable[Evaluation], on: dt.date) -> dict[int, Frozen]:
    """Return what evaluations of one EPCI say on a day, by key; those of the same months are counted together."""
    by_months: defaultdict[tuple[Epci, Month, Month], list[Evaluation]] = defaultdict(list)
    for one in evaluations:
        by_months[one.epci, one.first, one.last].append(one)
    found: dict[int, Frozen] = {}
    for (epci, first, last), rows in by_months.items():
        window = _window(epci, first, last, on)
        found |= {row.pk: _with_the_past(row, frozen) for row, frozen in _of_window(epci, rows, window)}
    return found


def texts_of(frozen: Frozen) -> dict[str, str]:
    """Return the sentences that are proposed for each criterion, by the name of its column."""
    return {
        name: proposed(family, frozen.by_code, standing=frozen.standing, evolutions=frozen.evolutions)
        for name, family in zip(CRITERIA, Family, strict=True)
    }


def answers_to(evaluation: Evaluation) -> list[Questionnaire]:
    """Return the questionnaires that an evaluation reads: its own; for the whole, the last of each commune in its months."""
    rows = Questionnaire.objects.select_related("commune", "evaluation").defer("commune__outline")
    if not evaluation.is_of_all:
        return list(rows.filter(evaluation=evaluation))
    rows = rows.filter(evaluation__epci=evaluation.epci_id, evaluation__due_on__gt=evaluation.first.first)
    rows = rows.filter(evaluation__due_on__lte=evaluation.answers_until).order_by("evaluation__due_on", "pk")
    last = {row.commune_id: row for row in rows}
    return sorted(last.values(), key=lambda row: row.commune.sort_key)


def summed(questionnaires: Sequence[Questionnaire]) -> Answers:
    """Return how many answered, and what."""
    answered = [row for row in questionnaires if row.answered_at is not None]
    counts = {name: dict(Counter(getattr(row, name) for row in answered if getattr(row, name))) for name in CHOSEN}
    return Answers(asked=len(questionnaires), answered=len(answered), counts=counts)


def _window(epci: Epci, first: Month, last: Month, on: dt.date) -> Window:
    bound = Convention.objects.filter(epci=epci, notified_on__lte=last.last, abandoned_on=None)
    bound = bound.filter(Q(ends_on=None) | Q(ends_on__gte=first.first))
    communes = list(Commune.objects.filter(pk__in=bound.values("commune")).defer("outline").order_by("sort_key", "code"))
    since = bound.filter(notified_on__lte=first.last).values_list("commune__code", flat=True)
    counts = counts_by_commune(epci, communes, first, last, on)
    return Window(first=first, last=last, on=on, communes=communes, counts=counts, throughout=frozenset(since))


def _of_window(epci: Epci, rows: Sequence[Evaluation], window: Window) -> list[tuple[Evaluation, Frozen]]:
    k = value_of(epci, K_INTERNAL)
    stands = {point.place: point.words for point in window.funnel.points}
    of_each = [row for row in rows if row.convention]
    pieces = _pieces(epci, [row.convention.commune for row in of_each if row.convention], window)
    found = []
    for row in rows:
        code = row.convention.commune.code if row.convention else TERRITORY
        counts = counts_of(epci, window.first, window.last, window.on) if code == TERRITORY else window.counts[code]
        release = release_of(counts, pieces.get(code, ()), internal(k), place=code, period=_name(window))
        told = measures(counts, release=release, place=code, period=_name(window))
        frozen = Frozen(
            place=row.place,
            code="" if row.is_of_all else code,
            first=str(window.first),
            last=str(window.last),
            until=window.on,
            measures=tuple(Told.of(_named(one)) for one in told.values() if row.is_of_all or one.code not in OF_SEVERAL),
            standing=stands.get(code, ""),
            stands=_stands(window, stands) if row.is_of_all else (),
            answers=summed(answers_to(row)),
        )
        found.append((row, frozen))
    return found


def _named(measure: Measure) -> Measure:
    """Return the themes with their names, the most frequent first; other measures as they are."""
    if measure.code != "N4" or not measure.parts:
        return measure
    parts = sorted(measure.parts, key=lambda part: (-part.count, part.key))[:NAMED_THEMES]
    named = joined([f"{THEMES[Theme(part.key)]} ({number_words(part.count)})" for part in parts])
    words = f"les thèmes les plus fréquents : {named}, pour {Count(measure.denominator or 0):accompagnement|accompagnements}"
    return replace(measure, words=f"{words} ; un accompagnement peut porter sur plusieurs thèmes")


def _pieces(epci: Epci, communes: Sequence[Commune], window: Window) -> dict[str, list[Counts]]:
    """Return what the reports of the year cut the months of each commune into."""
    found: defaultdict[str, list[Counts]] = defaultdict(list)
    if communes:
        for first, last in pieces_of(window.first, window.last, Month.of(window.on)):
            for code, counts in counts_by_commune(epci, communes, first, last, window.on).items():
                found[code].append(counts)
    return found


def _stands(window: Window, words: Mapping[str, str]) -> tuple[Stand, ...]:
    return tuple(
        Stand(
            code=commune.code,
            name=str(commune),
            count=window.counts[commune.code].accompaniments or 0,
            population=commune.population or 0,
            words=words[commune.code],
        )
        for commune in window.communes
        if commune.code in words
    )


def _with_the_past(evaluation: Evaluation, frozen: Frozen) -> Frozen:
    """Add what may be said since the evaluation before."""
    before = Evaluation.objects.filter(epci=evaluation.epci_id, convention=evaluation.convention_id, frozen_at__isnull=False)
    last = before.filter(rank__lt=evaluation.rank).order_by("rank").last()
    if last is None:
        return frozen
    past = Frozen.from_json(last.figures)
    return replace(frozen, evolutions=evolutions(frozen.by_code, past.by_code, months=(frozen.months, past.months)))


def _name(window: Window) -> str:
    return f"{window.first}..{window.last}"
