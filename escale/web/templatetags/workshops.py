"""The addresses of the workshops, and their values in words."""

from __future__ import annotations

from django import template

from escale.apps.workshops.labels import ATTENDANCES
from escale.apps.workshops.models import Registration, Workshop
from escale.core.workshops.states import Attendance
from escale.web.workshops import reading
from escale.web.workshops.table import WorkTable

register = template.Library()

register.filter("level_words", reading.level_words)
register.filter("mission_words", reading.mission_words)
register.filter("public_words", reading.public_words)
register.filter("theme_words", reading.theme_words)
register.filter("tool_words", reading.tool_words)


@register.simple_tag
def table_url(table: WorkTable, page: str, **parts: object) -> str:
    """Return the address of a page of the workshops."""
    return table.url(page, **parts)


@register.filter
def state_words(workshop: Workshop) -> str:
    """Return « inscriptions ouvertes »."""
    return reading.state_of(workshop)[0]


@register.filter
def state_tone(workshop: Workshop) -> str:
    """Return the tone of the state, as the pills name it."""
    return reading.state_of(workshop)[1]


@register.filter
def attendance_words(row: Registration) -> str:
    """Return « présent·e »."""
    return ATTENDANCES[Attendance(row.attendance)]
