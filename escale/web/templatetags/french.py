"""Write dates and numbers in pages as French writes them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from escale.core.calendar.french import date_words, month_words, period_words, weekday_date_words
from escale.core.calendar.months import Month

SHORT_DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
NARROW = "\u202f"
"""The no-break space that French puts between thousands."""

register = template.Library()


@register.filter(expects_localtime=True)
def full_date(day: dt.date) -> SafeString:
    """Write « mercredi 23 décembre 2026 », with the « er » of « 1er » raised, and held to its month."""
    before, ordinal, after = weekday_date_words(day).partition("1er ")
    return format_html("{}1<sup>er</sup>\u00a0{}", before, after) if ordinal else format_html("{}", before)


@register.filter
def short_date(day: dt.date) -> str:
    """Write « mar. 8 déc. », where room is scarce; the year stands nearby."""
    number = "1er" if day.day == 1 else day.day
    return f"{SHORT_DAYS[day.weekday()]}\u00a0{number}\u00a0{SHORT_MONTHS[day.month - 1]}"


@register.filter
def month_name(month: Month) -> str:
    """Write « décembre 2026 »."""
    return month_words(month)


@register.filter
def number(value: int | None) -> str:
    """Write a whole number with its thousands apart; a dash when it is not known."""
    return "–" if value is None else f"{value:,}".replace(",", NARROW)


@register.filter
def file_size(octets: int) -> str:
    """Write « 3,7 Mo », « 840 ko »: never less than one."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}\u00a0ko"
    return f"{octets / 1_000_000:.1f}\u00a0Mo".replace(".", ",")


@register.filter
def period(dates: object) -> str:
    """Write « du 1er mai 2027 au 8 mai 2027 » for what has `starts` and `ends`."""
    return period_words(getattr(dates, "starts", None), getattr(dates, "ends", None))


@register.filter
def hour(time: dt.time) -> str:
    """Write « 9 h », « 8 h 30 », held together by no-break spaces."""
    minutes = f"\u00a0{time.minute:02}" if time.minute else ""
    return f"{time.hour}\u00a0h{minutes}"


@register.filter(expects_localtime=True)
def moment(at: dt.datetime) -> str:
    """Write « 23 novembre 2026 à 5 h 31 »: when something was done, in the time of the installation."""
    return f"{date_words(at.date())} à {hour(at.time())}"


@register.filter
def dialled(phone: str) -> str:
    """Return a telephone number as a link dials it: digits, and the + of a country."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


@register.filter
def duration(minutes: int) -> str:
    """Write « 3 h », « 1 h 30 », « 45 min », held together by no-break spaces."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"
