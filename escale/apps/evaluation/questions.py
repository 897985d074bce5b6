"""The six questions to a commune, and the letters that bring them: plain text, one address to open, a few minutes."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from escale.apps.evaluation.models import Questionnaire
from escale.apps.schedule.contacts import contact_of
from escale.core.calendar.french import date_words

WORDS = {
    "dates": "Les dates prévues sont-elles tenues ?",
    "premises": "Le lieu convient-il : chauffé, avec un bureau à l’abri des regards ?",
    "appointments": "Prendre les rendez-vous est-il simple pour la mairie ?",
    "residents": "Que disent les habitants du service ?",
    "change": "Que faudrait-il changer ?",
    "overall": "Au total, le service répond-il à ce que la commune attend ?",
}
"""Each question, by the column of its answer."""
NO_NAMES = "N’écrire le nom de personne, ni rien qui fasse reconnaître quelqu’un."


def subject_of(questionnaire: Questionnaire, *, again: bool) -> str:
    """Return the subject of the letter."""
    place = questionnaire.commune.place_name.at
    return f"{'Rappel : ' if again else ''}Six questions sur l’aide numérique {place}"


def body_of(questionnaire: Questionnaire, *, again: bool) -> str:
    """Return the text of the letter."""
    evaluation = questionnaire.evaluation
    reached = contact_of(evaluation.epci).words
    close = f"\nUne question : {reached}.\n" if reached else ""
    asked = "La commune n’a pas encore répondu. Son avis compte" if again else "L’avis de la commune compte"
    return f"""Bonjour,

La convention prévoit d’évaluer le service (article 6). {asked} pour l’évaluation {evaluation.words}.

Six questions, trois minutes, sans compte ni mot de passe :
{address_of(questionnaire)}

Répondre avant le {date_words(evaluation.answers_until)}. Jusque-là, les réponses peuvent être corrigées par le même lien.
{close}
{evaluation.epci.service_name}, {evaluation.epci}
"""


def address_of(questionnaire: Questionnaire) -> str:
    """Return the whole address of a questionnaire, as a letter writes it."""
    return urljoin(settings.ADDRESS, reverse("links:questionnaire", args=[questionnaire.key]))
