"""Write to a mairie the link that lets its front desk in; a visitor sees the same whether there is one to write to or not."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django_tasks import task

from escale.apps.accounts.actions import open_desk_link
from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.actions import send_message
from escale.apps.territory import clock
from escale.apps.territory.catalogue import COORDINATION_PHONE, DESK_LINK_MINUTES
from escale.apps.territory.models import Commune, Mairie
from escale.apps.territory.queries import epci_of, value_of

SUBJECT = "Votre lien pour entrer"
LETTER = """Bonjour,

Quelqu’un de la mairie {of_commune} a demandé à entrer dans l’aide numérique.

Pour entrer, ouvrez cette page puis appuyez sur le bouton :
{link}

Ce lien sert une seule fois, pendant {minutes} minutes. Il n’y a pas de mot de passe.

Si personne chez vous ne l’a demandé, il n’y a rien à faire : ce lien s’éteint seul.{phone}
"""


def ask_for_link(*, email: str, commune: Commune | None) -> None:
    """Queue the letter of the mairie that is meant, or nothing: one question and one line in the queue, either way."""
    meant = Mairie.objects.filter(commune=commune) if commune else Mairie.objects.filter(email=email.strip().lower())
    send_desk_link.enqueue(meant.values_list("pk", flat=True).first())


@task()
def send_desk_link(mairie: int | None) -> bool:
    """Send a link to the generic address of a mairie; tell whether there was something to send."""
    row = Mairie.objects.filter(pk=mairie or 0).exclude(email="").select_related("commune").first()
    epci = epci_of(row.commune, clock.today()) if row else None
    if row is None or epci is None:
        return False
    with transaction.atomic():
        key = open_desk_link(actor=SYSTEM, mairie=row)
        if key is None:
            return False
        phone = value_of(epci, COORDINATION_PHONE)
        body = LETTER.format(
            of_commune=row.commune.place_name.de,
            # The address of the installation, never the host that a request names.
            link=urljoin(settings.ADDRESS, reverse("entering:link", args=[key])),
            minutes=value_of(epci, DESK_LINK_MINUTES),
            phone=f" Une question : {phone}." if phone else "",
        )
        about = f"desk:{row.commune.code}"
        send_message(actor=SYSTEM, epci=epci, to=row.email, subject=SUBJECT, body=body, about=about)
    return True
