"""The whole life of a convention as a line with stops: what is recorded of it, and what the dates make of it from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from escale.apps.conventions.labels import ACT_KINDS, CURE_OUTCOMES, MATTERS, OUTCOMES, PARTIES
from escale.apps.conventions.models import Act, ActKind, Convention, CureOutcome, Matter, Notification, Outcome
from escale.apps.conventions.queries import certain_end, course_of
from escale.apps.conventions.sentences import period_name
from escale.core.convention.cycles.dispute import DISPUTE, DisputeState
from escale.core.convention.parties import Party
from escale.web.steering.conventions.line import EFFECT, END, LifeStop, Moment, stops_of


def life_of(convention: Convention, on: dt.date, *, coming: Iterable[Moment] = (), is_whole: bool = True) -> tuple[LifeStop, ...]:
    """Return the stops of a life around a day; `coming` adds deadlines. Unless it is whole, without drafts, acts and letters."""
    moments = [(on, "aujourd’hui"), *_effects(convention, on), *coming]
    if is_whole:
        moments += [moment for moment in _recorded(convention) if moment[0] <= on]
    return stops_of(moments, on)


def _effects(convention: Convention, on: dt.date) -> Iterator[Moment]:
    """Yield what everyone may know: the effect, the renewals that came, and the end once it did."""
    if convention.notified_on is None:
        return
    yield convention.notified_on, EFFECT
    end, course = certain_end(convention), course_of(convention, on)
    last = min(on, end[0]) if end else on
    number = 1
    while course is not None and course.end_of(number - 1) < last:
        renewed = course.period(number)
        yield renewed.start, f"{period_name(renewed)}, sans dénonciation à temps"
        number += 1
    if end is not None and end[0] <= on:
        yield end[0], END


def _recorded(convention: Convention) -> Iterator[Moment]:
    if convention.frozen_on:
        yield convention.frozen_on, "texte envoyé aux assemblées"
    for one in convention.authorisations.all():
        yield from _act(one.act, f" (avenant n° {one.avenant.number})" if one.avenant else "")
    for signature in convention.signatures.all():
        what = f"avenant n° {signature.avenant.number} signé" if signature.avenant else "signature"
        yield signature.signed_on, f"{what} par {PARTIES[Party(signature.party)]}"
    for letter in convention.notifications.all():
        yield from _letter(letter)
    for avenant in convention.avenants.all():
        yield from _dated(
            (avenant.frozen_on, f"avenant n° {avenant.number} envoyé aux assemblées"),
            (avenant.effect_on, f"avenant n° {avenant.number}, prise d’effet"),
            (avenant.abandoned_on, f"avenant n° {avenant.number} abandonné"),
        )
    yield from _endings(convention)
    yield from _dated((convention.abandoned_on, "convention abandonnée"), (convention.archived_on, "convention archivée"))


def _act(act: Act, of_what: str) -> Iterator[Moment]:
    kind = ActKind(act.kind)
    number = f" n° {act.number}" if act.number else ""
    name = f"{ACT_KINDS[kind]}{number}{of_what}"
    outcome = Outcome(act.outcome)
    yield act.held_on, name if outcome is Outcome.ADOPTED else f"{name} : {OUTCOMES[outcome]}"
    whose = "par la commune" if kind is ActKind.COMMUNE_COUNCIL else "par l’EPCI"
    yield from _dated(
        (act.transmitted_on, f"transmission au contrôle de légalité {whose}{of_what}"),
        (act.published_on, f"publication {whose}{of_what}"),
    )


def _letter(letter: Notification) -> Iterator[Moment]:
    matter = Matter(letter.matter)
    of_avenant = f" n° {letter.avenant.number}" if letter.avenant else ""
    name = "notification" if matter is Matter.CONVENTION else f"{MATTERS[matter]}{of_avenant}"
    yield letter.sent, f"{name} : lettre envoyée"
    yield from _dated((letter.presented, f"{name} : lettre présentée"), (letter.delivered, f"{name} : lettre remise"))


def _endings(convention: Convention) -> Iterator[Moment]:
    for denonciation in convention.denonciations.all():
        yield from _dated((denonciation.withdrawn_on, "dénonciation retirée d’un commun accord"))
    for notice in convention.mises_en_demeure.all():
        if notice.closed_on:
            yield notice.closed_on, f"mise en demeure {CURE_OUTCOMES[CureOutcome(notice.outcome)]}"
    termination = getattr(convention, "termination", None)
    if termination is not None:
        yield termination.decided_on, "résiliation décidée"
    for litige in convention.litiges.all():
        yield litige.opened_on, f"litige ouvert : {litige.subject}"
        for step in litige.steps.all():
            yield step.on, f"litige {DISPUTE.words[DisputeState(step.state)]}"


def _dated(*moments: tuple[dt.date | None, str]) -> Iterator[Moment]:
    """Yield what has a date."""
    yield from ((day, words) for day, words in moments if day is not None)
