"""The letters that conventions send by themselves: plain text, what is asked, where to answer, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from escale.apps.conventions.models import ElectionRound
from escale.apps.schedule.contacts import contact_of
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A subject and a text."""

    subject: str
    body: str


def round_letter(asked: ElectionRound, commune: Commune, *, is_reminder: bool) -> Letter:
    """Ask a mairie who signs for it and who is its référent, once the offices have ended."""
    epci, ended = asked.epci, date_words(asked.offices_end_on)
    contact = contact_of(epci).words
    question = f"\nUne question ? {contact}\n" if contact else ""
    opening = (
        f"Nous n’avons pas encore toute votre réponse pour la commune {commune.place_name.de}."
        if is_reminder
        else f"Les mandats municipaux et communautaires ont pris fin le {ended}. Votre convention continue : rien ne s’arrête."
    )
    return Letter(
        subject=f"{'Rappel : qui' if is_reminder else 'Qui'} signe, et qui est votre référent {commune.place_name.at} ?",
        body=f"""Bonjour,

{opening}

Deux réponses nous manquent :
1. qui signe désormais pour la commune (prénom, nom, qualité, et depuis quel jour) ;
2. qui est le référent de la commune (art. 3-1) : la même personne, ou une autre.

Avec un compte, répondez ici : {urljoin(settings.ADDRESS, reverse("commune:home"))}
Sans compte, répondez à la coordination, qui le notera pour vous.
{question}
{epci.service_name}, {epci.name}
""",
    )
