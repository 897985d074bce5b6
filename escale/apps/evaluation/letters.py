"""The letters that bring a report to a mairie: plain text, what matters first, one address to open."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from escale.apps.evaluation.models import Report
from escale.apps.evaluation.wording import essentials
from escale.apps.schedule.contacts import contact_of


def subject_of(report: Report, *, again: bool) -> str:
    """Return the subject of the letter."""
    put_right = f", rectification n° {report.number}" if report.number else ""
    return f"{'Rappel : ' if again else ''}L’aide numérique {report.commune.place_name.at}, {report.span.words}{put_right}"


def body_of(report: Report, *, again: bool) -> str:
    """Return the text of the letter."""
    said = "\n".join(f"- {words}" for words in essentials(report.contents))
    put_right = f"\nCe rapport remplace le précédent : {report.reason}\n" if report.number else ""
    reached = contact_of(report.epci).words
    close = f"\nUne question : {reached}.\n" if reached else ""
    return f"""Bonjour,

{"Nous vous renvoyons" if again else "Voici"} le rapport d’activité {report.span.de_words} (convention, article 3-2).
{put_right}
{said}

Le rapport entier, à lire ou à imprimer, sans compte ni mot de passe :
{address_of(report)}

Un bouton « Bien reçu » nous dit que la commune l’a lu.
{close}
{report.epci.service_name}, {report.epci}
"""


def address_of(report: Report) -> str:
    """Return the whole address of a report, as a letter writes it."""
    return urljoin(settings.ADDRESS, reverse("reports:read", args=[report.key]))
