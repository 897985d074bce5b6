"""The letter that convenes a member, with the personal link to the folder."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from escale.apps.committee.models import Invitation
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.hours import time_words

BODY = """Bonjour {name},

Le comité de suivi du service d’aide numérique (art. 6 de la convention) se réunit le {when}, {place}.

Ordre du jour :
{agenda}

Le dossier tient en quatre pages courtes ; il s’ouvre sans compte :
{link}

Ce lien vous est personnel : ne le transmettez pas. Pour vous excuser ou vous faire représenter, répondez à ce message.
"""


CANCELLED = """Bonjour {name},

La réunion du comité de suivi prévue le {when}, {place}, est annulée : {reason}

Une autre date vous sera proposée, s’il y a lieu.
"""


def letter_to(invitation: Invitation) -> tuple[str, str]:
    """Return the subject and the text of the letter of an invitation."""
    meeting, member = invitation.meeting, invitation.member
    day = weekday_date_words(meeting.date)
    when = f"{day} à {time_words(meeting.hour)}"
    body = BODY.format(name=member, when=when, place=meeting.place, agenda=meeting.agenda, link=address_of(invitation))
    return f"Comité de suivi du {day}", body


def letter_of_cancellation(invitation: Invitation) -> tuple[str, str]:
    """Return the subject and the text of the letter that tells a member that they need not come."""
    meeting = invitation.meeting
    day = weekday_date_words(meeting.date)
    when = f"{day} à {time_words(meeting.hour)}"
    body = CANCELLED.format(name=invitation.member, when=when, place=meeting.place, reason=meeting.reason)
    return f"Comité de suivi du {day} : annulé", body


def address_of(invitation: Invitation) -> str:
    """Return the whole address of the folder of an invitation."""
    return urljoin(settings.ADDRESS, reverse("links:folder", args=[invitation.key]))


def about(invitation: Invitation) -> str:
    """Return what the letters about an invitation are filed under."""
    return f"committee:{invitation.pk}"
