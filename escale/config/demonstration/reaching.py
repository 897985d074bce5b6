"""How the mairies of the demonstration are reached, and a few relays; every number is of the range kept for fiction."""

from __future__ import annotations

import datetime as dt

from escale.apps.territory.actions import record_mairie, record_relay
from escale.apps.territory.models import Commune, Epci, Mairie, Relay, RelayKind
from escale.config.demonstration.actor import ACTOR, fiction_phone

HOURS = (
    "lundi au vendredi, 9 h – 12 h",
    "lundi, mardi et jeudi, 14 h – 17 h 30",
    "mardi et vendredi, 9 h – 11 h 30",
    "du lundi au samedi, 8 h 30 – 12 h",
)
PHONES, OTHER_PHONES, RELAY_PHONES = 400, 500, 600
"""Where the telephone numbers of each group begin."""
RELAYS = (
    (
        "59172",
        RelayKind.FRANCE_SERVICES,
        "France services",
        "lundi au vendredi, 9 h – 17 h",
        "impôts, CAF, retraite, carte grise",
    ),
    ("59172", RelayKind.MEDIATHEQUE, "Médiathèque", "mardi au samedi, 10 h – 18 h", "ordinateurs et Internet en accès libre"),
    (
        "59526",
        RelayKind.FRANCE_SERVICES,
        "France services",
        "lundi au vendredi, 9 h – 12 h et 14 h – 17 h",
        "toutes les démarches",
    ),
    ("59526", RelayKind.SOCIAL, "Maison du Département", "sur rendez-vous", "difficultés de logement, aides d’urgence"),
    ("59092", RelayKind.CCAS, "CCAS", "mardi et jeudi, 9 h – 12 h", "aides sociales, courriers"),
    (
        "59179",
        RelayKind.MEDIATHEQUE,
        "Médiathèque",
        "mercredi et samedi, 10 h – 18 h",
        "imprimer, scanner, ouvrir une messagerie",
    ),
    ("59446", RelayKind.CCAS, "CCAS", "lundi, 14 h – 17 h", "aides sociales"),
    ("59418", RelayKind.ASSOCIATION, "Club informatique", "jeudi, 18 h – 20 h", "prendre l’ordinateur en main"),
    ("59491", RelayKind.ASSOCIATION, "Atelier de réparation", "samedi, 14 h – 17 h", "ordinateur ou téléphone en panne"),
    ("59313", RelayKind.ADMINISTRATION, "Point d’accueil des impôts", "premier mardi du mois, 9 h – 12 h", "déclarer, payer"),
)


def say_who_answers(epci: Epci, day: dt.date) -> None:
    """Give each mairie its numbers and its address, and the territory a few relays, once."""
    known = set(Mairie.objects.values_list("commune", flat=True))
    for number, commune in enumerate(Commune.objects.members_of(epci, day, day)):
        if commune.pk not in known:
            record_mairie(
                actor=ACTOR,
                commune=commune,
                email=f"accueil-{commune.code}@mairie.example",
                phone=fiction_phone(PHONES + number),
                phone_hours=HOURS[number % len(HOURS)],
                other_phone=fiction_phone(OTHER_PHONES + number) if number % 3 == 0 else "",
            )
    if Relay.objects.exists():
        return
    for number, (code, kind, name, hours, helps_with) in enumerate(RELAYS):
        record_relay(
            actor=ACTOR,
            commune=Commune.objects.get(code=code),
            kind=kind,
            name=f"{name} (démonstration)",
            address="Place de l’Exemple",
            phone=fiction_phone(RELAY_PHONES + number),
            hours=hours,
            helps_with=helps_with,
            checked_on=day - dt.timedelta(days=30 + 7 * number),
        )
