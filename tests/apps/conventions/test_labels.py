"""Every value of conventions has its French words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from escale.apps.conventions import labels
from escale.apps.conventions.labels import CERTAINTIES, RETURNS, RULE_MEANINGS, RULE_SOURCES
from escale.apps.conventions.models import ActKind, CureOutcome, Gender, Ground, Matter, Method, Outcome, PaperKind, Party
from escale.core.convention.cycles.dispute import DisputeTrigger
from escale.core.convention.denunciation import Certainty
from escale.core.convention.letters import CHANNEL_WORDS, Channel, Returned
from escale.core.convention.life import STATE_WORDS, State
from escale.core.convention.reasons import RULE_WORDS
from escale.core.convention.terms import DateRule


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (CERTAINTIES, Certainty),
        (RETURNS, Returned),
        (RULE_MEANINGS, DateRule),
        (RULE_SOURCES, DateRule),
        (RULE_WORDS, DateRule),
        (CHANNEL_WORDS, Channel),
        (STATE_WORDS, State),
        (labels.ACT_KINDS, ActKind),
        (labels.OUTCOMES, Outcome),
        (labels.GROUNDS, Ground),
        (labels.METHODS, Method),
        (labels.MATTERS, Matter),
        (labels.PARTIES, Party),
        (labels.GENDERS, Gender),
        (labels.CURE_OUTCOMES, CureOutcome),
        (labels.PAPER_KINDS, PaperKind),
        (labels.DISPUTE_STEPS, DisputeTrigger),
    ],
)
def test_a_table_of_words_is_complete(words: Mapping[StrEnum, str], kind: type[StrEnum]) -> None:
    assert set(words) == set(kind)
    assert all(words.values())
