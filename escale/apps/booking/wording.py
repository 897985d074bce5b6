"""The words of messages to residents: a letter in short sentences, and a text message of one part, without a link nor a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from escale.apps.booking.kinds import Change
from escale.apps.booking.news import News
from escale.apps.messaging.gsm import MOST, fits, to_gsm
from escale.core.calendar.french import day_month_words, weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, WEEKDAY_WORDS
from escale.core.calendar.hours import Hours, time_words

SUBJECTS = {
    Change.BOOKED: "Votre rendez-vous d’aide numérique",
    Change.MOVED: "Votre rendez-vous d’aide numérique change de date",
    Change.ROOM: "Votre rendez-vous d’aide numérique change de lieu",
    Change.CANCELLED: "Votre rendez-vous d’aide numérique est annulé",
    Change.OFFERED: "Un rendez-vous d’aide numérique se libère",
    Change.REMINDED: "Rappel : votre rendez-vous d’aide numérique",
}
NEVER = "On ne vous demandera jamais d’argent."


def subject_of(news: News) -> str:
    """Return the subject of a letter: what changes and when, never who nor why."""
    return f"{SUBJECTS[news.change]} : {weekday_date_words(news.day)}"


def letter_of(news: News) -> str:
    """Return the text of a letter."""
    parts = ["Bonjour,", _opening(news)]
    if news.change is not Change.CANCELLED:
        parts += [_where(news), _bring(news)]
    parts += [_call(news), _data(news)]
    return "\n\n".join(filter(None, parts))


def sms_of(news: News) -> str:
    """Return the text message, in its own alphabet: the fullest that is one part; the telephone is never what is left out."""
    return next((to_gsm(text) for text in _fullest_first(news) if fits(text)), _cut(news))


def _opening(news: News) -> str:
    when = f"{weekday_date_words(news.day)}, {news.hours.words}"
    match news.change:
        case Change.BOOKED:
            return "Votre rendez-vous d’aide numérique est noté :"
        case Change.REMINDED:
            return "Nous vous attendons bientôt pour votre rendez-vous d’aide numérique :"
        case Change.ROOM:
            return "Votre rendez-vous d’aide numérique a lieu le même jour, à la même heure, mais ici :"
        case Change.MOVED:
            before = f" du {weekday_date_words(news.before[0])} ({HALF_WORDS[news.before[1]]})" if news.before else ""
            return f"Votre rendez-vous d’aide numérique{before} change de date. Le voici :"
        case Change.CANCELLED:
            kept = " Votre demande garde sa place : la mairie vous proposera une autre date." if news.keeps_place else ""
            return f"Votre rendez-vous d’aide numérique du {when}, {news.at.place_name.at}, est annulé.{kept}"
        case Change.OFFERED:
            until = "" if news.until is None else f", avant le {_moment(news.until)}"
            wanted = "Vous attendiez un rendez-vous d’aide numérique : un créneau se libère."
            return f"{wanted} S’il vous convient, appelez la mairie{until}."


def _where(news: News) -> str:
    place = ", ".join(filter(None, (news.place, news.address, str(news.at))))
    when = weekday_date_words(news.day)
    return f"{when[0].upper()}{when[1:]}, {news.hours.words}\n{place[0].upper()}{place[1:]}"


def _bring(news: News) -> str:
    lines = "\n".join(f"- {what}" for what in news.bring)
    return f"À apporter :\n{lines}\n\n{NEVER}" if lines else NEVER


def _call(news: News) -> str:
    hours = f" ({news.phone_hours})" if news.phone_hours else ""
    phone = f" : {news.phone}{hours}" if news.phone else ""
    match news.change:
        case Change.OFFERED:
            asked = "Pour le prendre, ou pour dire non"
        case Change.CANCELLED:
            asked = "Une question, une autre date"
        case _:
            asked = "Un empêchement, une question"
    return f"{asked} ? Appelez la mairie {news.mairie.place_name.de}{phone}."


def _data(news: News) -> str:
    whom = news.data_contact or f"la mairie {news.mairie.place_name.de}"
    return f"Votre adresse ne sert qu’à ce rendez-vous et s’efface 90 jours après. Pour la voir ou l’effacer : {whom}."


def _fullest_first(news: News) -> Iterable[str]:
    """Return ways to say the same, the fullest first."""
    call = _short_call(news)
    places = [f"{news.place}, {news.at}", str(news.at)] if news.place else [str(news.at)]
    for day in (day_words(news.day), short_day(news.day)):
        for place in places:
            yield f"{_news_in_short(news, day, place)} {call}"
    yield f"{_news_in_short(news, short_day(news.day), str(news.at))} {_phone_alone(news)}"


def _news_in_short(news: News, day: str, place: str) -> str:
    when = f"{day} {short_hours(news.hours)}"
    match news.change:
        case Change.BOOKED:
            return f"Aide numérique : RDV noté {when}, {place}."
        case Change.REMINDED:
            return f"Rappel : RDV aide numérique {when}, {place}."
        case Change.ROOM:
            return f"Aide numérique : votre RDV {when} change de lieu : {place}."
        case Change.MOVED:
            before = f" du {short_day(news.before[0])}" if news.before else ""
            return f"Aide numérique : votre RDV{before} est déplacé {when}, {place}."
        case Change.CANCELLED:
            return f"Aide numérique : votre RDV {when}, {place}, est annulé."
        case Change.OFFERED:
            return f"Aide numérique : une place se libère {when}, {place}."


def _short_call(news: News) -> str:
    phone = f" : {news.phone}" if news.phone else ""
    match news.change:
        case Change.OFFERED:
            until = "" if news.until is None else f" avant {short_day(news.until.date())} {_short_time(news.until.time())}"
            return f"Appelez la mairie{until}{phone}"
        case Change.CANCELLED:
            return f"Autre date ? Mairie{phone}"
        case _:
            return f"Empêché ? Mairie{phone}"


def _phone_alone(news: News) -> str:
    return f"Mairie : {news.phone}" if news.phone else "Appelez la mairie"


def _cut(news: News) -> str:
    """Return the shortest with its place cut: names that no territory has, but that a test may."""
    call = to_gsm(_phone_alone(news))
    said = to_gsm(_news_in_short(news, short_day(news.day), "")).replace(", .", ".").replace(", ,", "")
    return f"{said[: MOST - len(call) - 1]} {call}"


def day_words(day: dt.date) -> str:
    """Return « mardi 5 janvier »."""
    return f"{WEEKDAY_WORDS[day.weekday()]} {day_month_words(day)}"


def short_day(day: dt.date) -> str:
    """Return « mar 5/01 »."""
    return f"{WEEKDAY_WORDS[day.weekday()][:3]} {day.day}/{day.month:02d}"


def short_hours(hours: Hours) -> str:
    """Return « 9h-12h »."""
    return f"{_short_time(hours.starts)}-{_short_time(hours.ends)}"


def _short_time(time: dt.time) -> str:
    return f"{time.hour}h{time.minute:02d}" if time.minute else f"{time.hour}h"


def _moment(moment: dt.datetime) -> str:
    return f"{weekday_date_words(moment.date())}, {time_words(moment.time())}"
