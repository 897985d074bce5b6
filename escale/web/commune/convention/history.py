"""What has happened to a convention, as its mairie may read it, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from escale.apps.conventions.labels import ACT_KINDS, OUTCOMES
from escale.apps.conventions.models import ActKind, Convention, CureOutcome, Outcome, Party
from escale.apps.conventions.queries import course_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened."""

    day: dt.date
    words: str


def history_of(convention: Convention, on: dt.date, *, with_letters: bool) -> list[Moment]:
    """Return what happened until a day; letters between the parties are for those who read them."""
    found = [*_acts(convention), *_signatures(convention), *_course(convention, on), *_end(convention)]
    if with_letters:
        found += _letters(convention)
    told = [(day, words) for day, words in found if day is not None and day <= on]
    return [Moment(day=day, words=words) for day, words in sorted(told, key=lambda line: line[0])]


Told = Iterator[tuple[dt.date | None, str]]


def _acts(convention: Convention) -> Told:
    yield convention.frozen_on, "Texte envoyé aux deux assemblées"
    for one in convention.authorisations.all():
        outcome, kind = Outcome(one.act.outcome), ACT_KINDS[ActKind(one.act.kind)]
        about = f", pour l’avenant n° {one.avenant.number}" if one.avenant else ""
        if outcome is Outcome.ADOPTED:
            yield one.act.held_on, f"{kind[:1].upper()}{kind[1:]} n° {one.act.number}{about}"
        else:
            whose = "conseil municipal" if one.party == Party.COMMUNE else str(convention.epci)
            yield one.act.held_on, f"{whose[:1].upper()}{whose[1:]} : {OUTCOMES[outcome]}{about}"


def _signatures(convention: Convention) -> Told:
    for one in convention.signatures.all():
        yield one.signed_on, f"{'Avenant signé' if one.avenant_id else 'Signée'} par {one.signatory}"


def _course(convention: Convention, on: dt.date) -> Told:
    yield convention.notified_on, "Notifiée à la commune : la convention prend effet"
    course = course_of(convention, on)
    last = min(on, convention.ends_on or on)
    for number in range(1, (course.number_on(last) or 0) + 1 if course else 0):
        yield (course.period(number).start if course else None), "Reconduite"
    for avenant in convention.avenants.all():
        yield avenant.effect_on, f"L’avenant n° {avenant.number} prend effet : {avenant.purpose}"


def _letters(convention: Convention) -> Told:
    whose = {Party.COMMUNE.value: "la commune", Party.EPCI.value: str(convention.epci)}
    for one in convention.denonciations.all():
        yield one.notification.sent, f"Dénonciation envoyée par {whose[one.author]}"
        yield one.withdrawn_on, "Dénonciation retirée, d’un commun accord"
    for notice in convention.mises_en_demeure.all():
        yield notice.notification.sent, f"Mise en demeure envoyée par {whose[notice.author]}"
        yield (
            notice.closed_on,
            "Mise en demeure suivie d’effet" if notice.outcome == CureOutcome.CURED else "Mise en demeure classée",
        )


def _end(convention: Convention) -> Told:
    termination = getattr(convention, "termination", None)
    if termination is not None:
        yield termination.decided_on, "Fin anticipée décidée"
    yield convention.ends_on, "Dernier jour de la convention"
