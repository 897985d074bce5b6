"""Judge the visits of a table by the rules of a legal plan (art. 4), each fault beside the line that it concerns."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from escale.apps.schedule.imports.reading import Line, Told
from escale.core.calendar.french import date_words, month_words, weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half, Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import Rule
from escale.core.planning.plan import Plan, Visit
from escale.core.planning.problem import Annex, Commune, Mediator, Problem
from escale.core.planning.rules.legality import broken_rules

MOST_MONTHS = 24


def span_of(lines: Iterable[Line]) -> tuple[Month, ...]:
    """Return the months from the first visit to the last one; none when there is no visit."""
    months = sorted({Month.of(line.date) for line in lines})
    return tuple(months[0].until(months[-1])) if months else ()


def out_of_reach(lines: Iterable[Line], today: dt.date) -> dict[Line, Told]:
    """Return the visits of a year that nobody plans now: a slip of a figure, which would stretch the tour over decades."""
    first, last = today.year - 1, today.year + 2
    return {
        line: _told(line, f"le {date_words(line.date)} est trop loin d’aujourd’hui ; vérifier l’année")
        for line in lines
        if not first <= line.date.year <= last
    }


def judge(lines: Iterable[Line], problem: Problem) -> dict[Line, Told]:
    """Return the first fault of each visit that breaks a rule; those that remain make a legal plan together."""
    communes = {commune.code: commune for commune in problem.communes}
    mediators = {mediator.id: mediator for mediator in problem.mediators}
    kept = _Kept()
    faults: dict[Line, Told] = {}
    for line in lines:
        commune, mediator = communes.get(line.commune.code), mediators.get(line.post.id)
        if commune is None:
            words = f"{line.commune.full} ne participe pas à la tournée sur ces mois ; le dire dans « Communes participantes »"
        elif mediator is None:
            words = f"personne n’occupe {line.post.label} sur ces mois ; écrire un autre poste"
        else:
            words = _alone(line, problem, commune, mediator) or kept.refuse(line, commune)
        if words:
            faults[line] = _told(line, words)
        else:
            kept.add(line)
    return faults


def plan_of_lines(lines: Iterable[Line]) -> Plan:
    """Return the visits of a table as the planner reads them."""
    return Plan(
        visits=tuple(Visit(date=line.date, half=line.half, commune=line.commune.code, mediator=line.post.id) for line in lines)
    )


def usual_days(lines: Iterable[Line], written: Mapping[str, Annex]) -> dict[str, Annex]:
    """Return the usual day of each commune: the one that the table writes, else the one of more than half of its visits."""
    counts: dict[str, Counter[tuple[int, Window]]] = {}
    for line in lines:
        counts.setdefault(line.commune.code, Counter())[line.pattern] += 1
    found = dict(written)
    for code, counted in counts.items():
        (nth, window), most = counted.most_common(1)[0]
        if code not in found and 2 * most > counted.total():
            found[code] = Annex(nth=nth, window=window)
    return found


def _alone(line: Line, problem: Problem, commune: Commune, mediator: Mediator) -> str:
    """Return why a visit cannot stand where it is, whatever else is planned."""
    name, day = line.commune.full, weekday_date_words(line.date)
    window = f"{day}, {HALF_WORDS[line.half]}"
    words = {
        Rule.HOLIDAY: f"le {day} est férié",
        Rule.SERVICE_WINDOW: f"{window} : l’article 4 ne donne pas cette demi-journée aux communes",
        Rule.MEDIATOR_AWAY: f"personne n’est présent à {line.post.label} le {day} : congé, absence ou poste vacant",
        Rule.COMMUNE_CLOSED: f"{name} ne peut pas ouvrir de salle le {day}",
        Rule.COMMUNE_WINDOW: f"{window} : {name} a répondu qu’elle ne peut pas accueillir",
        Rule.COMMUNE_IN: f"{name} ne participe pas à la tournée le {day}",
    }
    broken = set(broken_rules(problem, commune, mediator, line.date, line.half))
    return next((told for rule, told in words.items() if rule in broken), "")


@dataclass(slots=True)
class _Kept:
    """The visits that stand, by what another one may take from them."""

    promised: dict[tuple[str, Month], list[Line]] = field(default_factory=dict)
    places: dict[tuple[str, dt.date, Half], Line] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Keep a visit."""
        self.promised.setdefault((line.commune.code, Month.of(line.date)), []).append(line)
        self.places[line.post.id, line.date, line.half] = line

    def refuse(self, line: Line, commune: Commune) -> str:
        """Return why a visit cannot stand beside those that are kept; nothing when it can."""
        month = Month.of(line.date)
        promised = self.promised.get((line.commune.code, month), [])
        if len(promised) >= commune.visits_per_month:
            first = promised[0]
            return (
                f"{line.commune.full} a déjà un passage en {month_words(month)}, ligne {first.line} "
                f"(le {date_words(first.date)}) ; l’article 4 en donne un par mois"
            )
        taken = self.places.get((line.post.id, line.date, line.half))
        if taken is None:
            return ""
        when = f"le {date_words(line.date)}, {HALF_WORDS[line.half]}"
        return f"{line.post.label} est déjà à {taken.commune.full} {when}, ligne {taken.line}"


def _told(line: Line, words: str) -> Told:
    return Told(line=line.line, column=line.column, words=words)
