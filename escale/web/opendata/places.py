"""Places in the national schema « lieux de médiation numérique » v1.0.2: its columns, in its order, with its words."""

from __future__ import annotations

from collections.abc import Sequence

from escale.core.calendar.french import date_words
from escale.web.opendata.reading import OpenPlace
from escale.web.opendata.tables import SEPARATOR, Column, Kind

SCHEMA = "https://github.com/LaMednum/standard-mediation-num"
VERSION = "1.0.2"
SERVICES = (
    "Aide aux démarches administratives",
    "Maîtrise des outils numériques du quotidien",
    "Utilisation sécurisée du numérique",
)
SUPPORT = ("Accompagnement individuel", "Dans un atelier collectif")
DATES_TOLD = 6


def _many(values: Sequence[str]) -> str:
    return SEPARATOR.join(values)


def _room(place: OpenPlace) -> str:
    room = place.stops[0].room
    return room.name if room else ""


def _summary(place: OpenPlace) -> str:
    stop = place.stops[0]
    whom = "" if place.welcomes_neighbours else f" Pour les habitants {place.premises.commune.place_name.de}."
    return (
        "Une personne vient vous aider avec Internet, votre téléphone ou une démarche. C’est gratuit. "
        f"Sans rendez-vous : {stop.walk_in.words}. Sur rendez-vous : {stop.by_appointment.words}.{whom}"
    )


def dates_told(place: OpenPlace) -> str:
    """Return the next dates in a sentence: no opening hours tell the day that was moved."""
    dates = " ; ".join(f"{date_words(stop.date)}, {stop.hours.words}" for stop in place.stops[:DATES_TOLD])
    return f"Prochains passages : {dates}. Toutes les dates : {place.page}"


COLUMNS: tuple[Column[OpenPlace], ...] = (
    Column(
        name="id",
        about="Identifiant du lieu dans ce fichier : code INSEE de la commune, tiret, numéro.",
        read=lambda place: place.key,
        kind=Kind.CODE,
        required=True,
    ),
    Column(
        name="pivot",
        about="SIRET de l’intercommunalité qui tient le service ; son SIREN tant que le SIRET n’est pas connu.",
        read=lambda place: place.siret or place.epci.siren,
        kind=Kind.CODE,
        required=True,
    ),
    Column(name="nom", about="Le lieu et sa commune.", read=lambda place: place.name, required=True),
    Column(name="commune", about="La commune de l’adresse.", read=lambda place: str(place.commune), required=True),
    Column(
        name="code_postal",
        about="Le code postal de l’adresse.",
        read=lambda place: place.address.postal_code,
        kind=Kind.CODE,
        required=True,
    ),
    Column(name="code_insee", about="Le code INSEE de la commune.", read=lambda place: place.commune.code, kind=Kind.CODE),
    Column(name="adresse", about="La voie et le numéro.", read=lambda place: place.address.street, required=True),
    Column(name="complement_adresse", about="La salle, quand elle est connue.", read=_room),
    Column(name="latitude", about="Degrés, WGS 84.", read=lambda place: place.premises.latitude, kind=Kind.NUMBER),
    Column(name="longitude", about="Degrés, WGS 84.", read=lambda place: place.premises.longitude, kind=Kind.NUMBER),
    Column(name="typologie", about="Toujours « EPCI » : le service est celui de l’intercommunalité.", read=lambda _: "EPCI"),
    Column(
        name="telephone",
        about="Le téléphone de la mairie, qui répond et inscrit : il n’est celui de personne.",
        read=lambda place: place.phone,
        kind=Kind.CODE,
    ),
    Column(name="courriels", about=""),
    Column(name="site_web", about="La page de la commune, avec toutes les dates.", read=lambda place: place.page, kind=Kind.CODE),
    Column(
        name="horaires",
        about="Format OpenStreetMap, comme « We[2] 14:00-17:00 » (le deuxième mercredi du mois) ; seulement quand chaque mois "
        "publié de l’année à venir a les mêmes jours. Sinon vide : les dates sont dans passages.csv.",
        read=lambda place: place.hours,
        kind=Kind.CODE,
    ),
    Column(name="presentation_resume", about="Ce qui s’y passe, en deux phrases.", read=_summary),
    Column(name="presentation_detail", about="Les prochaines dates en toutes lettres.", read=dates_told),
    Column(name="source", about="L’intercommunalité qui tient le service.", read=lambda place: place.epci.name),
    Column(name="itinerance", about="Toujours « Itinérant » : une personne vient un jour par mois.", read=lambda _: "Itinérant"),
    Column(name="structure_parente", about="L’intercommunalité qui tient le service.", read=lambda place: place.epci.name),
    Column(
        name="date_maj",
        about="Le jour où le lieu, le téléphone de la mairie ou l’une des dates a changé pour la dernière fois.",
        read=lambda place: place.updated_on,
        kind=Kind.DATE,
        required=True,
    ),
    Column(name="services", about="Ce que le service aide à faire.", read=lambda _: _many(SERVICES)),
    Column(name="publics_specifiquement_adresses", about=""),
    Column(name="prise_en_charge_specifique", about=""),
    Column(name="frais_a_charge", about="Toujours « Gratuit ».", read=lambda _: "Gratuit"),
    Column(
        name="dispositif_programmes_nationaux",
        about="« Aidants Connect », quand l’intercommunalité est habilitée.",
        read=lambda place: "Aidants Connect" if place.is_habilitated else "",
    ),
    Column(name="formations_labels", about=""),
    Column(name="autres_formations_labels", about=""),
    Column(
        name="modalites_acces",
        about="« Se présenter », et « Téléphoner » quand la mairie a donné son numéro.",
        read=lambda place: _many(["Se présenter", *(["Téléphoner"] if place.phone else [])]),
    ),
    Column(name="modalites_accompagnement", about="Seul à seul, ou en atelier.", read=lambda _: _many(SUPPORT)),
    Column(name="fiche_acces_libre", about=""),
    Column(name="prise_rdv", about=""),
)
