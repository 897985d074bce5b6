"""What the page of open data says of each file: what it holds, how much, since when, under which addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from escale.apps.territory.models import Epci
from escale.web.opendata import conventions, inclusion, places, statistics, visits
from escale.web.opendata.conventions import conventions_of
from escale.web.opendata.files import conventions_changed, last_change, whole
from escale.web.opendata.reading import OpenPlace, places_of
from escale.web.opendata.tables import Column
from escale.web.templatetags.french import number as grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The address of a file, and what it is called."""

    words: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A set of data: its files, its lines counted, the columns that hold something and those left empty."""

    key: str
    title: str
    about: str
    links: Sequence[Link]
    count: str
    changed_at: dt.datetime | None
    schema: Link | None = None
    columns: Sequence[Column[Any]] = ()

    @property
    def changed_on(self) -> dt.date | None:
        """The civil day of the last change."""
        return timezone.localdate(self.changed_at) if self.changed_at else None

    @property
    def filled(self) -> list[Column[Any]]:
        """The columns that hold something."""
        return [column for column in self.columns if column.is_filled]

    @property
    def left_empty(self) -> list[str]:
        """The columns that the schema wants and that hold nothing."""
        return [column.name for column in self.columns if not column.is_filled]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenData:
    """All that is open, and the places that are not in it for want of an address."""

    sets: Sequence[Explained]
    without_address: Sequence[OpenPlace]
    is_empty: bool


def open_data(epcis: Sequence[Epci], siren: str) -> OpenData:
    """Return what the page explains; `siren` narrows the addresses of the files when it is not empty."""
    found = places_of(epcis)
    told = whole(found)
    stops, signed = visits.visits_of(epcis), conventions_of(epcis)
    frozen = statistics.frozen_reports(epcis)
    places_changed = last_change([place.changed_at for place in told])

    def link(words: str, route: str) -> Link:
        query = f"?epci={siren}" if siren else ""
        return Link(words=words, address=f"{settings.ADDRESS.rstrip('/')}{reverse(f'public:{route}')}{query}")

    sets = (
        Explained(
            key="lieux",
            title="Les lieux",
            about="Les salles où une personne vient aider dans l’année qui vient, pour la carte nationale des lieux de médiation "
            "numérique.",
            links=(link("lieux.csv", "places_csv"),),
            count=_count(len(told), "lieu", "lieux"),
            changed_at=places_changed,
            schema=Link(words=f"schéma national « lieux de médiation numérique », v{places.VERSION}", address=places.SCHEMA),
            columns=places.COLUMNS,
        ),
        Explained(
            key="passages",
            title="Les passages",
            about="Chaque demi-journée publiée depuis le 1er janvier de l’année dernière : le jour, les heures, le lieu, et si "
            "elle est prévue, tenue ou annulée.",
            links=(link("passages.csv", "visits_csv"), link("passages.geojson", "visits_geojson")),
            count=_count(len(stops), "passage", "passages"),
            changed_at=last_change([stop.visit.changed_at for stop in stops]),
            columns=visits.COLUMNS,
        ),
        Explained(
            key="conventions",
            title="Les conventions",
            about="Les conventions qui ont pris effet entre l’intercommunalité et ses communes, et où en est chacune.",
            links=(link("conventions.csv", "conventions_csv"),),
            count=_count(len(signed), "convention", "conventions"),
            changed_at=conventions_changed(epcis),
            schema=link("schéma des colonnes (Table Schema)", "conventions_schema"),
            columns=conventions.COLUMNS,
        ),
        Explained(
            key="statistiques",
            title="Les statistiques",
            about="Combien d’accompagnements, par trimestre et par année, une fois les rapports arrêtés : par commune, et pour "
            "l’intercommunalité par thème, par âge et d’autres. Un nombre trop petit pour être dit sans désigner quelqu’un est "
            "masqué, avec d’autres qui permettraient de le retrouver : sa case est vide, et la colonne « statut » le dit.",
            links=(link("statistiques.csv", "statistics_csv"),),
            count=_count(len(frozen), "période", "périodes"),
            changed_at=last_change([report.prepared_at for report in frozen]),
            schema=link("schéma des colonnes (Table Schema)", "statistics_schema"),
            columns=statistics.COLUMNS,
        ),
        Explained(
            key="data-inclusion",
            title="Le service, pour data·inclusion",
            about="Le service tel que le lit le référentiel national de l’offre d’insertion : qui le tient, et ce qu’il fait "
            "dans chaque lieu.",
            links=(link("data-inclusion.json", "data_inclusion"),),
            count=_count(len(told), "service", "services"),
            changed_at=places_changed,
            schema=Link(words="schéma data·inclusion, v1", address=inclusion.SCHEMA),
        ),
    )
    return OpenData(
        sets=sets,
        without_address=[place for place in found if not place.address.is_whole],
        is_empty=not stops and not signed and not frozen,
    )


def _count(number: int, one: str, many: str) -> str:
    return (
        f"{grouped(number)} {many if number > 1 else one}"
        if number
        else f"aucun{'e' if one in ('convention', 'période') else ''} {one}"
    )
