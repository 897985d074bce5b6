"""The letter that tells someone that an account is open, and where to choose its password."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django_tasks import task

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry

LETTER = """Bonjour {name},

Un compte vient d’être ouvert pour vous, avec cette adresse électronique.

Pour choisir votre mot de passe, ouvrez cette page et donnez votre adresse :
{link}

Si vous n’attendiez pas ce message, il n’y a rien à faire.
"""


@task()
def invite(entry_id: int) -> bool:
    """Write to the person whose account this entry opened, unless a password is chosen already; tell if so."""
    user = User.objects.filter(pk=Entry.objects.get(pk=entry_id).subject_id, is_active=True).first()
    if user is None or user.has_usable_password():
        return False
    # No token in the letter: it may lie in a box for weeks, and the page sends a fresh one.
    link = urljoin(settings.ADDRESS, reverse("account_reset_password"))
    return send_mail("Votre compte est ouvert", LETTER.format(name=user.name, link=link), None, [user.email]) == 1
