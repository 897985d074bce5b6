"""Tell a mairie that someone asked from its page: once a day, and without saying who."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from escale.apps.audit.actors import SystemActor
from escale.apps.booking.models import Demande
from escale.apps.messaging.actions import send_message
from escale.apps.territory.queries import mairie_of

ACTOR = SystemActor(actor_id="booking")
SUBJECT = "Une demande d’aide numérique attend votre réponse"
BODY = """Bonjour,

Quelqu’un a demandé de l’aide depuis la page {de}, sur le site de l’aide numérique.

Lire la demande, puis confirmer ou non : {link}

La personne attend votre appel ou votre message ; rien ne se réserve tout seul. S’il en vient d’autres aujourd’hui, vous les lirez
au même endroit : une seule lettre part par jour.
"""


def tell_the_mairie(row: Demande) -> None:
    """Write to the front desk of the commune of a request, in the transaction of its action; it may have no address."""
    mairie = mairie_of(row.commune)
    if mairie is None or not mairie.email:
        return
    link = urljoin(settings.ADDRESS, reverse("commune:desk_demandes"))
    send_message(
        actor=ACTOR,
        epci=row.epci,
        to=mairie.email,
        subject=SUBJECT,
        body=BODY.format(de=row.commune.place_name.de, link=link),
        about=f"asked:{row.pk}",
        once=f"asked:{row.commune.code}:{row.asked_at.date().isoformat()}",
    )
