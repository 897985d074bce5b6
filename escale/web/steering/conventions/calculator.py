"""The lawyer's calculator: the dates of any convention, and whether a denunciation is in time, without touching a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.conventions.labels import CERTAINTIES, RULE_MEANINGS, RULE_SOURCES
from escale.apps.conventions.sentences import advice_sentences, outcome_sentence, situation_sentences
from escale.apps.territory import catalogue, clock
from escale.apps.territory.queries import value_of
from escale.core.calendar.holidays import HolidayArea
from escale.core.convention.denunciation import Certainty, Qualified, qualify
from escale.core.convention.letters import Letter
from escale.core.convention.life import situation_when_notified
from escale.core.convention.periods import Course
from escale.core.convention.reasons import RULE_WORDS, judged_words, reasons_of
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import Terms
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.forms import CalculatorForm
from escale.web.steering.conventions.line import line_of

TONES = {
    Certainty.CERTAIN_IN_TIME: "good",
    Certainty.CERTAIN_LATE: "late",
    Certainty.CONTESTABLE: "soon",
    Certainty.VOID_FORM: "late",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRule:
    """One rule of date as the page shows it."""

    name: str
    says: str
    in_time: bool
    kept: bool
    meaning: str
    source: str


@require_safe
@enter(Journey.STEERING)
def calculate(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Ask for dates, and answer; everything is in the address, so that an answer can be sent to someone."""
    today = clock.today(visitor.epci)
    form = CalculatorForm(request.GET or None)
    seen: dict[str, object] = {"visitor": visitor, "form": form, "terms": Terms()}
    if form.is_valid():
        try:
            seen |= _answered(form, form.cleaned_data["on"] or today, value_of(visitor.epci, catalogue.HOLIDAY_AREA))
        except RefusedError as refused:
            form.add_error(refused.place, f"{refused.message[:1].upper()}{refused.message[1:]}.")
    return render(request, "steering/conventions/calculator.html", seen)


def _answered(form: CalculatorForm, on: dt.date, area: HolidayArea) -> dict[str, object]:
    course = Course(terms=Terms(), effect=form.cleaned_data["notified"], area=area)
    letter = form.letter
    situation = situation_when_notified(course, on)
    shown: dict[str, object] = {"sentences": list(situation_sentences(course, situation, on))}
    if letter is None:
        return shown | {"line": line_of(course, situation.period or course.period(0), on)}
    typed = form.cleaned_data
    qualified = qualify(course, letter, term=typed["term"], states_fallback=not typed["not_stated"])
    line = line_of(course, qualified.aimed, on, letter=letter, qualified=qualified)
    return shown | {"line": line, **_judged(qualified, letter)}


def _judged(qualified: Qualified, letter: Letter) -> dict[str, object]:
    return {
        "tone": TONES[qualified.certainty],
        "certainty": CERTAINTIES[qualified.certainty],
        "outcome": outcome_sentence(qualified),
        "reasons": [*reasons_of(qualified, letter), *advice_sentences(qualified)],
        "rules": () if qualified.form_fault else _rules(qualified),
    }


def _rules(qualified: Qualified) -> list[ShownRule]:
    return [
        ShownRule(
            name=RULE_WORDS[rule],
            says=judged_words(judged),
            in_time=judged.in_time,
            kept=rule is qualified.rule,
            meaning=RULE_MEANINGS[rule],
            source=RULE_SOURCES[rule],
        )
        for rule, judged in qualified.rules.items()
    ]
