"""Statistics as open data: what the frozen reports of territories let everyone read, a figure a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from escale.apps.evaluation.circles import Circles
from escale.apps.evaluation.guarding import ROWS
from escale.apps.evaluation.models import TerritoryReport
from escale.apps.territory.models import Epci
from escale.core.calendar.periods import Period
from escale.core.evaluation.tables import TERRITORY, TOTAL, Cell
from escale.web.opendata.tables import Column, Kind

PUBLISHED, MASKED = "publié", "masqué"
MODES = {"rdv": "sur rendez-vous", "sans_rdv": "sans rendez-vous", "atelier": "en atelier"}
WORDS: Mapping[str, Mapping[str, str]] = {TOTAL[0]: {TOTAL[1]: "accompagnements"}, "mode": MODES, **ROWS}
"""The tables and categories of the file, in their order, with their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line: a figure of a commune or of a territory over a period; None is kept back."""

    epci: Epci
    period: Period
    code: str
    name: str
    table: str
    category: str
    count: int | None
    until: dt.date
    method: str

    @property
    def is_of_territory(self) -> bool:
        """Whether it is of all communes together."""
        return self.code == TERRITORY


COLUMNS: tuple[Column[Figure], ...] = (
    Column(
        name="periode",
        about="Trimestre (2026-T3) ou année (2026).",
        read=lambda one: str(one.period),
        kind=Kind.CODE,
        required=True,
        pattern=r"\d{4}(-T[1-4])?",
    ),
    Column(name="debut", about="Premier jour de la période.", read=lambda one: one.period.first, kind=Kind.DATE, required=True),
    Column(name="fin", about="Dernier jour de la période.", read=lambda one: one.period.last, kind=Kind.DATE, required=True),
    Column(
        name="niveau",
        about="« commune », ou « epci » pour toutes les communes ensemble.",
        read=lambda one: "epci" if one.is_of_territory else "commune",
        kind=Kind.CODE,
        required=True,
        one_of=("commune", "epci"),
    ),
    Column(
        name="code",
        about="Code INSEE de la commune, ou SIREN de l’intercommunalité.",
        read=lambda one: one.epci.siren if one.is_of_territory else one.code,
        kind=Kind.CODE,
        required=True,
    ),
    Column(name="nom", about="Nom de la commune ou de l’intercommunalité.", read=lambda one: one.name, required=True),
    Column(
        name="epci_siren",
        about="SIREN de l’intercommunalité.",
        read=lambda one: one.epci.siren,
        kind=Kind.CODE,
        required=True,
    ),
    Column(
        name="tableau",
        about="Ce que la ligne répartit : « total », « mode », et pour l’intercommunalité « theme », « age » et d’autres.",
        read=lambda one: one.table,
        kind=Kind.CODE,
        required=True,
        one_of=tuple(WORDS),
    ),
    Column(
        name="categorie",
        about="Valeur, telle que La Coop de la médiation numérique la nomme quand elle la connaît.",
        read=lambda one: one.category,
        kind=Kind.CODE,
        required=True,
    ),
    Column(name="libelle", about="La même en français.", read=lambda one: WORDS[one.table][one.category], required=True),
    Column(
        name="accompagnements",
        about="Nombre de participations d’une personne à une activité ; vide quand il est masqué. Une personne venue trois fois "
        "en compte trois, et un accompagnement peut avoir plusieurs thèmes.",
        read=lambda one: one.count,
        kind=Kind.WHOLE,
    ),
    Column(
        name="statut",
        about="« publié », ou « masqué » : un nombre trop petit, ou qui permettrait d’en retrouver un. Masqué ne veut pas dire "
        "zéro.",
        read=lambda one: MASKED if one.count is None else PUBLISHED,
        kind=Kind.CODE,
        required=True,
        one_of=(PUBLISHED, MASKED),
    ),
    Column(
        name="arrete_au",
        about="Jour auquel les chiffres ont été arrêtés. Ils ne changent plus.",
        read=lambda one: one.until,
        kind=Kind.DATE,
        required=True,
    ),
    Column(name="methode", about="Version de la méthode de calcul.", read=lambda one: one.method, kind=Kind.CODE, required=True),
)


def frozen_reports(epcis: Sequence[Epci]) -> list[TerritoryReport]:
    """Return the reports that were frozen, the first period first."""
    rows = TerritoryReport.objects.filter(epci__in=epcis).select_related("epci")
    return sorted(rows, key=lambda row: (row.epci.siren, row.span.last, row.span.is_year))


def figures_of(reports: Sequence[TerritoryReport]) -> list[Figure]:
    """Return every line of some reports: the territory first, then its communes."""
    return [figure for report in reports for figure in _of_report(report)]


def _of_report(report: TerritoryReport) -> Iterator[Figure]:
    told, figures, period = Circles.from_json(report.basis).everyone, report.contents, report.span
    places = [(TERRITORY, report.epci.name), *((one.code, one.name) for one in figures.communes)]
    for code, name in places:
        for table, words in WORDS.items():
            for category in words:
                cell = Cell(code, table, category, str(period))
                if cell in told:
                    yield Figure(
                        epci=report.epci,
                        period=period,
                        code=code,
                        name=name,
                        table=table,
                        category=category,
                        count=told[cell],
                        until=figures.until,
                        method=report.method,
                    )


def table_schema(address: str) -> dict[str, Any]:
    """Return what describes the columns, as Table Schema does (specs.frictionlessdata.io)."""
    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": "statistiques-mediation-numerique",
        "title": "Accompagnements numériques d’une intercommunalité et de ses communes",
        "description": "Un nombre par ligne, par trimestre et par année, une fois arrêté. Les petits nombres (par défaut de 1 à "
        "10 pour ce qui décrit des personnes, de 1 à 4 pour les accompagnements d’une commune) ne sont pas publiés, ni d’autres "
        "qui permettraient de les retrouver.",
        "version": "1.0.0",
        "licenses": [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0"}],
        "path": address,
        "fields": [column.field for column in COLUMNS],
        "primaryKey": ["epci_siren", "periode", "code", "tableau", "categorie"],
        "missingValues": [""],
    }
