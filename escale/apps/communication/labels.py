"""French words for the values of the communication log; a test holds each table complete."""

from __future__ import annotations

from escale.apps.communication.models import CommunicationAction, Medium

MEDIA = {
    Medium.SITE: "site internet de la commune",
    Medium.BULLETIN: "bulletin municipal",
    Medium.POSTER: "affichage",
    Medium.NETWORKS: "réseaux sociaux",
    Medium.PRESS: "presse",
    Medium.PANEL: "panneau lumineux",
    Medium.MEETING: "réunion publique",
    Medium.LETTER: "courrier",
    Medium.OTHER: "autre",
}
MEDIA_OF_EPCI = {**MEDIA, Medium.SITE: "site internet de l’EPCI", Medium.BULLETIN: "journal de l’EPCI"}


def medium_words(action: CommunicationAction) -> str:
    """Return by what people were told: the words of the list, or those that were given for « autre »."""
    table = MEDIA if action.commune_id else MEDIA_OF_EPCI
    return action.medium_words or table[Medium(action.medium)]
