"""What the demonstration did so that people know of the service: the EPCI, and three communes out of four this year."""

from __future__ import annotations

import datetime as dt

from escale.apps.accounts.models import User
from escale.apps.audit.actors import Actor
from escale.apps.communication.actions import Told, record_communication
from escale.apps.communication.models import CommunicationAction, Medium
from escale.apps.conventions.models import Convention
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR

OF_EPCI = (
    (12, Medium.SITE, "page « Aide numérique », avec les dates de chaque commune", ""),
    (75, Medium.PRESS, "La Voix de l’Exemple, édition du Valenciennois (démonstration)", ""),
    (160, Medium.BULLETIN, "n° 48, pages 6 et 7", ""),
    (400, Medium.OTHER, "boîtes aux lettres, avec la facture d’eau", "dépliant"),
)
"""How many days ago, by what, where, and the words of « autre »."""
OF_COMMUNES = (
    (Medium.POSTER, "vitrine de la mairie et de la boulangerie"),
    (Medium.BULLETIN, "bulletin d’automne, page 4"),
    (Medium.SITE, "page d’accueil, les deux lignes à coller"),
    (Medium.PANEL, "place de l’Exemple"),
    (Medium.NETWORKS, "page Facebook de la commune"),
    (Medium.MEETING, "goûter des aînés, salle des fêtes"),
)
SILENT = 4
"""One commune out of so many has noted nothing this year."""
FEWEST_DAYS, STRIDE, SPREAD = 6, 13, 180
LAST_YEAR = dt.timedelta(days=300)


def make_known(epci: Epci) -> None:
    """Note what each party did, once: each commune in its first year, most of them again since."""
    if CommunicationAction.objects.filter(epci=epci).exists():
        return
    day = today(epci)
    coordinator = User.objects.filter(roles__kind="coordinator", roles__epci=epci).first()
    for ago, medium, place, words in OF_EPCI:
        told = Told(medium=medium, medium_words=words, place=place, day=day - dt.timedelta(days=ago))
        record_communication(actor=coordinator or ACTOR, epci=epci, told=told)
    binding = Convention.objects.filter(epci=epci, notified_on__lte=day).values("commune")
    for number, commune in enumerate(Commune.objects.filter(pk__in=binding).order_by("sort_key")):
        when = day - dt.timedelta(days=FEWEST_DAYS + number * STRIDE % SPREAD)
        medium, place = OF_COMMUNES[number % len(OF_COMMUNES)]
        writer = User.objects.filter(roles__kind="referent", roles__commune=commune).first() or ACTOR
        _note(writer, epci, commune, Told(medium=Medium.POSTER, place="mairie et salle des fêtes", day=when - LAST_YEAR))
        if number % SILENT != SILENT - 1:
            _note(writer, epci, commune, Told(medium=medium, place=place, day=when))


def _note(actor: Actor, epci: Epci, commune: Commune, told: Told) -> None:
    record_communication(actor=actor, epci=epci, commune=commune, told=told)
