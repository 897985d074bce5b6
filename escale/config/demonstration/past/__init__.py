"""Last year and this one up to the month before today: half-days held, people who came, in bulk and without anyone's name."""

from escale.config.demonstration.past.living import live_the_past

__all__ = ["live_the_past"]
