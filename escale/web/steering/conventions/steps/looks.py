"""What is looked at in a convention before and after a step: where it stands, its dates, its texts, what each party owes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.conventions.following import annex_of
from escale.apps.conventions.labels import MATTERS, OUTCOMES, PARTIES
from escale.apps.conventions.models import Avenant, Convention, Matter, Outcome, Party
from escale.apps.conventions.queries import (
    annex_on,
    authorisations_of,
    avenant_state,
    course_of,
    executory_on,
    recorded,
    state_of,
    terms_on,
)
from escale.apps.conventions.sentences import period_name
from escale.apps.conventions.terms import write_terms
from escale.apps.schedule.labels import STANDINGS
from escale.apps.schedule.models import Participation, Standing
from escale.apps.visits.models import Visit
from escale.core.calendar.french import date_words, period_words, weekday_date_words
from escale.core.convention.cycles.avenant import AVENANT
from escale.core.convention.dates import add_months
from escale.core.convention.life import RUNNING, STATE_WORDS, Situation
from escale.core.convention.obligations import Basis, dues_between
from escale.core.convention.wording import NAMES, value_words
from escale.core.planning.agreed import usual_words

SOON_MONTHS = 6
"""What the parties owe is looked at as far ahead as the first evaluation (art. 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A convention at one moment: words by label, what each party owes soon, and the published visits to come."""

    words: dict[str, str]
    owed: dict[Party, tuple[str, ...]]
    visits: frozenset[int]


def look(convention: Convention, today: dt.date) -> Look:
    """Look at a convention as the database has it now."""
    row = recorded(Convention.objects.filter(pk=convention.pk)).get()
    situation = state_of(row, today)
    visits = Visit.objects.filter(epci=row.epci, commune=row.commune).standing().from_day(today)
    words = {
        "État": _state_words(situation),
        **_dates(row, situation, today),
        **_texts(row, today),
        **_letters(row),
        **_clauses(row, today),
        **_taking_part(row, today),
    }
    return Look(words=words, owed=_owed(row, today), visits=frozenset(visits.values_list("pk", flat=True)))


def _state_words(situation: Situation) -> str:
    words = STATE_WORDS[situation.state]
    return f"{words}, {period_name(situation.period)}" if situation.period else words


def _dates(convention: Convention, situation: Situation, today: dt.date) -> dict[str, str]:
    """Return the dates that follow from what is recorded, as long as the convention runs."""
    end = {"Dernier jour": date_words(convention.ends_on)} if convention.ends_on else {}
    course, period = course_of(convention, today), situation.period
    if course is None or period is None or situation.state not in RUNNING:
        return end
    effect = {"Prise d’effet": date_words(course.effect)}
    if end:
        return {**effect, **end}
    if today > period.last_day_to_denounce and period.number != course.last_number:
        period = course.period(period.number + 1)
    return {
        **effect,
        "Dernier jour": f"{date_words(period.end)}, puis reconduction si personne ne dénonce",
        "Dernier jour pour dénoncer": weekday_date_words(period.last_day_to_denounce),
        "Poster une dénonciation au plus tard": weekday_date_words(period.post_by),
    }


def _texts(convention: Convention, today: dt.date) -> dict[str, str]:
    """Return how far the convention and its avenants are: votes and signatures, which stay once that stage is over."""
    found = _votes(convention, None) if convention.frozen_on else {}
    for avenant in convention.avenants.all():
        name = f"Avenant n° {avenant.number}"
        effect = f", effet le {date_words(avenant.effect_on)}" if avenant.effect_on else ""
        found[name] = f"{AVENANT.words[avenant_state(avenant, convention, today)]}{effect}"
        if avenant.frozen_on:
            found |= {f"{name}, {label[:1].lower()}{label[1:]}": words for label, words in _votes(convention, avenant).items()}
    return found


def _votes(convention: Convention, avenant: Avenant | None) -> dict[str, str]:
    signed = {one.party: one for one in convention.signatures.all() if one.avenant_id == (avenant.pk if avenant else None)}
    found = {}
    for party in Party:
        found[f"Délibération de {PARTIES[party]}"] = _vote_words(convention, party, avenant)
        one = signed.get(party.value)
        found[f"Signature de {PARTIES[party]}"] = f"le {date_words(one.signed_on)}" if one else "attendue"
    return found


def _vote_words(convention: Convention, party: Party, avenant: Avenant | None) -> str:
    executory = executory_on(convention, party, avenant)
    if executory:
        return f"exécutoire le {date_words(executory)}"
    acts = [one.act for one in authorisations_of(convention, party, avenant)]
    if not acts:
        return "attendue"
    last = max(acts, key=lambda act: (act.held_on, act.pk))
    if last.outcome == Outcome.ADOPTED:
        return "adoptée, pas encore exécutoire"
    again = f", prochaine séance le {date_words(last.next_council_on)}" if last.next_council_on else ""
    return f"{OUTCOMES[Outcome(last.outcome)]}{again}"


def _letters(convention: Convention) -> dict[str, str]:
    under_way = [row for row in convention.notifications.all() if row.is_under_way]
    told = [f"{MATTERS[Matter(row.matter)]}, envoyée le {date_words(row.sent)}" for row in under_way]
    return {"Lettre en route": " ; ".join(told) or "aucune"}


def _clauses(convention: Convention, today: dt.date) -> dict[str, str]:
    """Return the parameters of the text and the usual day, as they hold today."""
    terms = write_terms(terms_on(convention, today))
    found = {f"{NAMES[name][:1].upper()}{NAMES[name][1:]}": value_words(name, value) for name, value in terms.items()}
    kept = annex_on(convention, today)
    usual = annex_of(kept) if kept else None
    return {**found, "Jour habituel": usual_words(usual.nth, usual.window) if usual else "aucun"}


def _taking_part(convention: Convention, today: dt.date) -> dict[str, str]:
    rows = Participation.objects.filter(epci=convention.epci, commune=convention.commune).order_by("starts")
    coming = [row for row in rows if row.ends is None or row.ends >= today]
    told = [f"{STANDINGS[Standing(row.standing)]} {_period(row)}" for row in coming]
    return {"Participation à la tournée": ", puis ".join(told) or "hors de la tournée"}


def _period(row: Participation) -> str:
    return "sans limite de dates" if row.starts is None and row.ends is None else period_words(row.starts, row.ends)


def _owed(convention: Convention, today: dt.date) -> dict[Party, tuple[str, ...]]:
    """Return what each party owes soon, each obligation by its first day, as long as the convention is in force (art. 3 to 7)."""
    owed: dict[Party, dict[str, str]] = {party: {} for party in Party}
    if convention.notified_on is not None:
        basis = Basis(terms=terms_on(convention, today), effect=convention.notified_on)
        first = min(today, convention.notified_on)
        for due in dues_between(basis, first, add_months(today, SOON_MONTHS), ends_on=convention.ends_on):
            one = due.obligation
            owed[one.party].setdefault(one.id, f"{one.words}, pour le {date_words(due.by)} (art. {one.article})")
    return {party: tuple(told.values()) for party, told in owed.items()}
