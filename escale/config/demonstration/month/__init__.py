"""The month before today and the one after it, as the mairies and the mediators filled them; everyone in it is invented."""

from escale.config.demonstration.month.living import live_the_month
from escale.config.demonstration.month.workshops import fill_workshops

__all__ = ["fill_workshops", "live_the_month"]
