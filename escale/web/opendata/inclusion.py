"""The service as data·inclusion reads it (schema v1): the EPCI that runs it, and what it gives in each place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from escale.web.opendata.places import dates_told
from escale.web.opendata.reading import OpenPlace

SCHEMA = "https://gip-inclusion.github.io/data-inclusion-schema/"
THEMES = ("numerique--acceder-a-des-services-en-ligne", "numerique--maitriser-les-fondamentaux-du-numerique")
WHAT = (
    "Une personne vient vous aider, un jour par mois, avec Internet, votre téléphone ou votre ordinateur, et avec les démarches "
    "en ligne. Elle fait avec vous, elle ne fait pas à votre place. Vous tapez vos mots de passe vous-même. C’est gratuit, et "
    "on ne vous demandera jamais d’argent."
)


def offer_of(places: Iterable[OpenPlace]) -> dict[str, Any]:
    """Return the structures and their services; nothing of an EPCI that comes nowhere yet."""
    known = list(places)
    structures: dict[int, dict[str, Any]] = {}
    for place in sorted(known, key=lambda place: place.changed_at):
        # The last one that changed dates its EPCI.
        structures[place.epci.pk] = _structure(place)
    return {"structures": list(structures.values()), "services": [_service(place) for place in known]}


def _source(place: OpenPlace) -> str:
    return f"epci-{place.epci.siren}"


def _structure_key(place: OpenPlace) -> str:
    return f"{_source(place)}--{place.epci.siren}"


def _structure(place: OpenPlace) -> dict[str, Any]:
    networks = ["communes", *(["aidants-connect"] if place.is_habilitated else [])]
    said = {
        "source": _source(place),
        "id": _structure_key(place),
        "nom": place.epci.name,
        "date_maj": place.updated_on.isoformat(),
        "siret": place.siret,
        "site_web": settings.ADDRESS,
        "reseaux_porteurs": networks,
    }
    return _without_gaps(said)


def _service(place: OpenPlace) -> dict[str, Any]:
    stop = place.stops[0]
    ways = ["se-presenter", *(["telephoner"] if place.phone else [])]
    said = {
        "source": _source(place),
        "structure_id": _structure_key(place),
        "id": f"{_source(place)}--{place.key}",
        "nom": f"{place.epci.service_name}, {place.name}"[:150],
        "description": f"{WHAT} {dates_told(place)}",
        "lien_source": place.page,
        "date_maj": place.updated_on.isoformat(),
        "type": "accompagnement",
        "thematiques": list(THEMES),
        "frais": "gratuit",
        "publics": ["tous-publics"],
        "commune": str(place.commune),
        "code_postal": place.address.postal_code,
        "code_insee": place.commune.code,
        "adresse": place.address.street,
        "complement_adresse": stop.room.name if stop.room else None,
        "longitude": place.premises.longitude,
        "latitude": place.premises.latitude,
        "telephone": place.phone,
        "modes_accueil": ["en-presentiel"],
        "zone_eligibilite": [place.epci.siren if place.welcomes_neighbours else place.commune.code],
        "modes_mobilisation": ways,
        "mobilisable_par": ["usagers", "professionnels"],
        "mobilisation_precisions": f"Sans rendez-vous : {stop.walk_in.words}. Sur rendez-vous : {stop.by_appointment.words} ; "
        "la mairie inscrit.",
        "horaires_accueil": place.hours,
    }
    return _without_gaps(said)


def _without_gaps(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "")}
