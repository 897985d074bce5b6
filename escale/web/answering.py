"""How a point to settle is answered in one click, for either party; and what is said beside every few words of text."""

from __future__ import annotations

from django.http import Http404

from escale.apps.visits.labels import POINT_ANSWERS
from escale.core.visits.life import PointAnswer

ANSWERS = [PointAnswer.SETTLED, PointAnswer.AGREED, PointAnswer.DISPUTED]
ANSWER_CHOICES = [(one.value, POINT_ANSWERS[one].capitalize()) for one in ANSWERS]
WORDS_HINT = "Sans nom ni santé de personne."


def read_answer(text: str) -> PointAnswer:
    """Return the answer of an address; raise Http404 for none."""
    if text not in {one.value for one in ANSWERS}:
        raise Http404
    return PointAnswer(text)
