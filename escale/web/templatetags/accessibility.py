"""Say at the foot of every page how far it is accessible."""

from __future__ import annotations

from django import template

from escale.apps.territory import clock
from escale.web.accessibility.grid import standing_on

register = template.Library()


@register.simple_tag
def accessibility_mention() -> str:
    """Return « non conforme », « partiellement conforme » or « totalement conforme »."""
    return standing_on(clock.today()).mention
