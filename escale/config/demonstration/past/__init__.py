"""Last year and this one up to the month before today: half-days held, people who came, in bulk and without anyone's name."""

from escale.config.demonstration.past.answers import answer_the_question
from escale.config.demonstration.past.living import live_the_past

__all__ = ["answer_the_question", "live_the_past"]
