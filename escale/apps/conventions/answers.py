"""The answers of `manage.py convention`: sentences, and an object whose keys never change."""

from __future__ import annotations

import argparse

from escale.apps.conventions.labels import RULE_SOURCES
from escale.apps.conventions.sentences import denunciation_sentences, situation_sentences
from escale.apps.schedule.tours.reporting import Result
from escale.core.convention.denunciation import qualify
from escale.core.convention.letters import Letter, Returned
from escale.core.convention.life import situation_when_notified
from escale.core.convention.periods import Course
from escale.core.convention.reasons import RULE_WORDS, judged_words
from escale.core.convention.terms import Terms


def periods_answer(options: argparse.Namespace) -> Result:
    """Say which period runs on a day; before the effect none does, and its keys are null."""
    course = Course(terms=Terms(), effect=options.notified)
    situation = situation_when_notified(course, options.on)
    period = situation.period
    return Result(
        lines=situation_sentences(course, situation, options.on),
        answer={
            "state": situation.state.value,
            "period": period and period.number,
            "start": period and period.start.isoformat(),
            "end": period and period.end.isoformat(),
            "last_day_to_denounce": period and period.last_day_to_denounce.isoformat(),
            "post_by": period and period.post_by.isoformat(),
        },
    )


def denunciation_answer(options: argparse.Namespace) -> Result:
    """Judge a denunciation under the four rules."""
    course = Course(terms=Terms(), effect=options.notified)
    letter = Letter(
        sent=options.sent,
        presented=options.presented,
        delivered=options.delivered,
        returned=Returned.UNCLAIMED if options.unclaimed else None,
    )
    qualified = qualify(course, letter, term=options.term, states_fallback=not options.not_stated)
    rules = (
        f"  {RULE_WORDS[rule].capitalize()} : {judged_words(judged)} ({RULE_SOURCES[rule]})."
        for rule, judged in qualified.rules.items()
    )
    return Result(
        lines=(*denunciation_sentences(qualified, letter), *rules),
        answer={
            "certainty": qualified.certainty.value,
            "effective": qualified.effective,
            "ends_on": qualified.ends_on.isoformat(),
        },
    )
