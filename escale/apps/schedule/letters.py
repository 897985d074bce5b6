"""The letters to the mairies: plain text, one address to open, until when, whom to call."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.schedule.contacts import Contact, contact_of
from escale.apps.schedule.links import address_of
from escale.apps.schedule.models import PersonalLink, Remark, RemarkState
from escale.apps.schedule.queries import months_words
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A subject and a text."""

    subject: str
    body: str


def question(link: PersonalLink, *, again: bool) -> Letter:
    """Ask a mairie which half-days and which room suit it; `again` when it was asked before."""
    inquiry = link.inquiry
    assert inquiry is not None  # noqa: S101 -- held by a constraint
    tour = _tour(inquiry.first_month, inquiry.last_month)
    opening = (
        f"Nous n’avons pas encore votre réponse pour la commune {link.commune.place_name.de}. Elle nous aide à préparer {tour}."
        if again
        else f"Nous préparons {tour}, avec une demi-journée par mois {link.commune.place_name.at}."
    )
    return Letter(
        subject=f"{'Rappel : quels' if again else 'Quels'} jours et quelle salle {link.commune.place_name.at} ?",
        body=f"""Bonjour,

{opening}

Quels jours ne conviennent pas ? Dans quelle salle nous installer ? Pour le dire, ouvrez cette page :
{address_of(link)}

Il faut deux minutes, sans compte ni mot de passe. Vous pourrez corriger votre réponse jusqu’au {_until(link.expires_on)}.
{_close(link)}""",
    )


def dates(link: PersonalLink, *, message: str, again: bool) -> Letter:
    """Ask a mairie whether its dates suit it, with the words of the coordinator."""
    plan = link.plan
    assert plan is not None  # noqa: S101 -- held by a constraint
    said = f"\n{message.strip()}\n" if message.strip() else ""
    opening = "Nous n’avons pas encore votre avis" if again else "Voici les dates que nous proposons"
    return Letter(
        subject=f"{'Rappel : vos' if again else 'Vos'} dates d’aide numérique {link.commune.place_name.at}",
        body=f"""Bonjour,

{opening} pour la commune {link.commune.place_name.de}, dans {_tour(plan.first_month, plan.last_month)}.
{said}
Pour les voir, et dire si elles vous conviennent, ouvrez cette page :
{address_of(link)}

Il faut une minute, sans compte ni mot de passe. Vous pouvez répondre jusqu’au {_until(link.expires_on)}.
{_close(link)}""",
    )


def reply(link: PersonalLink, remark: Remark) -> Letter:
    """Tell a mairie what became of its remark."""
    followed = remark.state == RemarkState.FOLLOWED
    told = "Nous en avons tenu compte." if followed else "Nous n’avons pas pu en tenir compte."
    answer = f"\n{remark.answer}\n" if remark.answer else ""
    return Letter(
        subject=f"Votre remarque sur les dates {link.commune.place_name.at}",
        body=f"""Bonjour,

Merci de votre remarque à propos des dates de la commune {link.commune.place_name.de}. {told}
{answer}
Vos dates, telles qu’elles sont aujourd’hui :
{address_of(link)}
{_close(link)}""",
    )


def _tour(first_month: str, last_month: str) -> str:
    return f"la tournée {months_words(Month.range(f'{first_month}..{last_month}'))}"


def _until(day: dt.date) -> str:
    return f"{weekday_date_words(day)} inclus"


def _close(link: PersonalLink) -> str:
    contact: Contact = contact_of(link.epci)
    question = f"\nUne question ? {contact.words}\n" if contact.words else ""
    return f"""{question}
Ce lien est celui de votre commune : ne le donnez qu’à la personne qui répond pour elle.

{link.epci.service_name}, {link.epci.name}
"""
