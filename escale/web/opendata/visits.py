"""The published visits, as a table and as points on a map: where, when, and what became of them; never who, nor why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.apps.visits.models import Visit, VisitState
from escale.core.calendar.halfdays import Half
from escale.web.opendata.reading import place_key
from escale.web.opendata.tables import Column, Kind
from escale.web.stops import Stop, stops_of

HALVES = {Half.AM: "matin", Half.PM: "après-midi"}
STATES = {
    VisitState.PLANNED: "prévu",
    VisitState.CONFIRMED: "prévu",
    VisitState.HELD: "tenu",
    VisitState.CANCELLED: "annulé",
    VisitState.REFUSED: "annulé",
    VisitState.WAIVED: "annulé",
}
"""Which party gave a half-day up, and why, is between them."""


def visits_of(epcis: Sequence[Epci]) -> list[Stop]:
    """Return the visits that were published since the first day of last year, in the order of time."""
    if not epcis:
        return []
    since = dt.date(min(clock.today(epci).year for epci in epcis) - 1, 1, 1)
    return stops_of(Visit.objects.filter(epci__in=epcis).from_day(since))


def position_of(stop: Stop) -> tuple[float, float] | None:
    """Return the latitude and longitude of the place, else those of the commune."""
    place = stop.place
    if place is not None and place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    return stop.commune.position


def _precision(stop: Stop) -> str:
    if position_of(stop) is None:
        return ""
    return "commune" if stop.place is None or stop.place.latitude is None else "lieu"


def _moment(stop: Stop, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(stop.date, time, tzinfo=ZoneInfo(stop.visit.epci.time_zone))


def _first_day(stop: Stop) -> dt.date | None:
    return stop.visit.origin_date if stop.visit.was_moved else None


def _first_half(stop: Stop) -> str:
    return HALVES[Half(stop.visit.origin_half)] if stop.visit.was_moved else ""


COLUMNS: tuple[Column[Stop], ...] = (
    Column(
        name="id",
        about="Identifiant du passage : il reste le même quand la date change (c’est aussi l’UID des agendas).",
        read=lambda stop: str(stop.visit.uid),
        kind=Kind.CODE,
        required=True,
    ),
    Column(name="siren_epci", about="SIREN de l’intercommunalité.", read=lambda stop: stop.visit.epci.siren, kind=Kind.CODE),
    Column(name="code_insee", about="Code INSEE de la commune.", read=lambda stop: stop.commune.code, kind=Kind.CODE),
    Column(name="commune", about="Nom de la commune.", read=lambda stop: str(stop.commune)),
    Column(name="date", about="Le jour.", read=lambda stop: stop.date, kind=Kind.DATE, required=True),
    Column(
        name="demi_journee",
        about="Le matin ou l’après-midi.",
        read=lambda stop: HALVES[Half(stop.visit.half)],
        one_of=tuple(HALVES.values()),
    ),
    Column(name="debut", about="Début.", read=lambda stop: _moment(stop, stop.hours.starts), kind=Kind.MOMENT),
    Column(name="fin", about="Fin.", read=lambda stop: _moment(stop, stop.hours.ends), kind=Kind.MOMENT),
    Column(
        name="sans_rdv_debut", about="Début de l’accueil sans rendez-vous.", read=lambda stop: stop.walk_in.starts, kind=Kind.TIME
    ),
    Column(name="sans_rdv_fin", about="Fin de l’accueil sans rendez-vous.", read=lambda stop: stop.walk_in.ends, kind=Kind.TIME),
    Column(
        name="rdv_debut",
        about="Début de l’accueil sur rendez-vous.",
        read=lambda stop: stop.by_appointment.starts,
        kind=Kind.TIME,
    ),
    Column(name="rdv_fin", about="Fin de l’accueil sur rendez-vous.", read=lambda stop: stop.by_appointment.ends, kind=Kind.TIME),
    Column(
        name="lieu_id",
        about="Identifiant du lieu, comme dans lieux.csv.",
        read=lambda stop: place_key(stop.commune, stop.place) if stop.place else "",
        kind=Kind.CODE,
    ),
    Column(name="lieu", about="Le lieu et la salle, quand ils sont connus.", read=lambda stop: stop.place_words),
    Column(name="adresse", about="L’adresse du lieu.", read=lambda stop: stop.place.address if stop.place else ""),
    Column(name="latitude", about="Degrés, WGS 84.", read=lambda stop: (position_of(stop) or (None, None))[0], kind=Kind.NUMBER),
    Column(name="longitude", about="Degrés, WGS 84.", read=lambda stop: (position_of(stop) or (None, None))[1], kind=Kind.NUMBER),
    Column(
        name="precision",
        about="Ce que montre la position : le lieu, ou le centre de la commune.",
        read=_precision,
        one_of=("lieu", "commune"),
    ),
    Column(
        name="etat",
        about="Prévu, tenu ou annulé. Un passage d’hier reste « prévu » tant que personne n’a dit comment il s’est passé.",
        read=lambda stop: STATES[VisitState(stop.visit.state)],
        one_of=("prévu", "tenu", "annulé"),
        required=True,
    ),
    Column(name="date_initiale", about="Pour un passage déplacé : le jour annoncé d’abord.", read=_first_day, kind=Kind.DATE),
    Column(
        name="demi_journee_initiale",
        about="Pour un passage déplacé : le matin ou l’après-midi annoncé d’abord.",
        read=_first_half,
        one_of=tuple(HALVES.values()),
    ),
    Column(
        name="version",
        about="Nombre de changements depuis l’annonce (la SEQUENCE des agendas).",
        read=lambda stop: stop.visit.sequence,
        kind=Kind.WHOLE,
    ),
    Column(
        name="modifie_le",
        about="Dernier changement.",
        read=lambda stop: stop.visit.changed_at.astimezone(ZoneInfo(stop.visit.epci.time_zone)).replace(microsecond=0),
        kind=Kind.MOMENT,
    ),
)


def feature_collection(stops: Iterable[Stop]) -> dict[str, Any]:
    """Return the same as GeoJSON (RFC 7946); without a position, a visit has no geometry."""
    return {"type": "FeatureCollection", "features": [_feature(stop) for stop in stops]}


def _feature(stop: Stop) -> dict[str, Any]:
    position = position_of(stop)
    said = {column.name: column.value(stop) for column in COLUMNS if column.name not in {"id", "latitude", "longitude"}}
    return {
        "type": "Feature",
        "id": str(stop.visit.uid),
        # Longitude first (RFC 7946, 3.1.1).
        "geometry": {"type": "Point", "coordinates": [position[1], position[0]]} if position else None,
        "properties": {name: value for name, value in said.items() if value not in {None, ""}},
    }
