"""The closed list of the tables that are published for one place and year taken together, with the sums that tie their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

TERRITORY = "territoire"
"""The place that all communes add up to; any other place is the INSEE code of a commune."""
TOTAL = ("total", "accompagnements")
"""Table and category of the accompaniments of a place and period: what the other tables add up to."""
ANSWERED = "repondu"
"""Those whose answer is noted."""


class Sort(StrEnum):
    """What a cell tells: what the service did, how many people answered (nothing about them), or something about people."""

    ACTIVITY = "activity"
    ANSWERS = "answers"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table, by quarter and year (the total by month too); its cells count accompaniments.

    `categories` are stored values. With `adds_up` they share out the total of the period; those who answered are `ANSWERED`, and
    `rest` takes the others, whom it says nothing of. Without, one accompaniment may be in several categories or none, and no cell
    exceeds `within`; with `covers` each is in one at least. `sums` of some categories are published beside them.
    """

    name: str
    title: str
    sort: Sort
    categories: tuple[str, ...]
    rest: str | None = None
    adds_up: bool = True
    within: tuple[str, str] = TOTAL
    covers: bool = False
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The sums that are published, with their categories."""
        answered = {ANSWERED: tuple(name for name in self.categories if name != self.rest)} if self.rest else {}
        return {**self.sums, **answered}

    @property
    def rows(self) -> tuple[str, ...]:
        """Categories, then groups."""
        return (*self.categories, *self.groups)

    def sort_of(self, row: str) -> Sort:
        """Return what a row tells."""
        return Sort.ANSWERS if row in (self.rest, ANSWERED) else self.sort

    def above(self, row: str) -> tuple[str, str]:
        """Return (table, category) of what a row cannot exceed."""
        return (self.name, ANSWERED) if self.rest and row not in (self.rest, ANSWERED) else self.within


class Cell(NamedTuple):
    """One published figure. `period` is « 2026 », « 2026-T3 », « 2026-09 », or « 2026-R » (see `late`)."""

    place: str
    table: str
    category: str
    period: str


def quarter(year: int, number: int) -> str:
    """Return « 2026-T3 »."""
    return f"{year}-T{number}"


def month(year: int, number: int) -> str:
    """Return « 2026-09 »."""
    return f"{year}-{number:02d}"


def late(year: int) -> str:
    """Return « 2026-R »: what the year counts beyond its four reported quarters (late records, corrections). Never published."""
    return f"{year}-R"


UNANSWERED = "non_renseigne"

TABLES: tuple[Table, ...] = (
    Table(name=TOTAL[0], title="Accompagnements", sort=Sort.ACTIVITY, categories=(TOTAL[1],), adds_up=False),
    Table(name="mode", title="Par mode", sort=Sort.ACTIVITY, categories=("rdv", "sans_rdv", "atelier")),
    Table(name="public", title="Par public", sort=Sort.ATTRIBUTE, categories=("habitants", "agents_communaux")),
    Table(
        name="theme",
        title="Par thème",
        sort=Sort.ATTRIBUTE,
        adds_up=False,
        covers=True,
        categories=(
            "diagnostic_numerique",
            "prendre_en_main_du_materiel",
            "maintenance_de_materiel",
            "gere_ses_contenus_numeriques",
            "navigation_sur_internet",
            "email",
            "bureautique",
            "reseaux_sociaux",
            "sante",
            "banque_et_achats_en_ligne",
            "entrepreneuriat",
            "insertion_professionnelle",
            "securite_numerique",
            "parentalite",
            "scolarite_et_numerique",
            "creer_avec_le_numerique",
            "culture_numerique",
            "intelligence_artificielle",
            "aide_aux_demarches_administratives",
        ),
    ),
    Table(
        name="procedure",
        title="Par démarche administrative",
        sort=Sort.ATTRIBUTE,
        adds_up=False,
        within=("theme", "aide_aux_demarches_administratives"),
        categories=(
            "papiers_elections_citoyennete",
            "famille_scolarite",
            "social_sante",
            "travail_formation",
            "logement",
            "transports_mobilite",
            "argent_impots",
            "justice",
            "etrangers_europe",
            "loisirs_sports_culture",
            "associations",
        ),
    ),
    Table(
        name="age",
        title="Par tranche d’âge",
        sort=Sort.ATTRIBUTE,
        categories=(
            "moins_de_douze",
            "douze_dix_huit",
            "dix_huit_vingt_quatre",
            "vingt_cinq_trente_neuf",
            "quarante_cinquante_neuf",
            "soixante_soixante_neuf",
            "soixante_dix_plus",
            "non_communique",
        ),
        rest="non_communique",
        sums={"soixante_et_plus": ("soixante_soixante_neuf", "soixante_dix_plus")},
    ),
    Table(
        name="gender",
        title="Par genre",
        sort=Sort.ATTRIBUTE,
        categories=("masculin", "feminin", "non_communique"),
        rest="non_communique",
    ),
    Table(
        name="status",
        title="Par situation",
        sort=Sort.ATTRIBUTE,
        categories=("scolarise", "sans_emploi", "en_emploi", "retraite", "non_communique"),
        rest="non_communique",
    ),
    Table(
        name="autonomy",
        title="Par autonomie à la fin",
        sort=Sort.ATTRIBUTE,
        categories=("entierement_accompagne", "partiellement_autonome", "autonome", UNANSWERED),
        rest=UNANSWERED,
        sums={"autonome_ou_partiel": ("partiellement_autonome", "autonome")},
    ),
    Table(
        name="first_time",
        title="Par première venue",
        sort=Sort.ATTRIBUTE,
        categories=("oui", "non", UNANSWERED),
        rest=UNANSWERED,
    ),
    Table(
        name="outcome",
        title="Par issue de la démarche",
        sort=Sort.ATTRIBUTE,
        categories=("resolue", "orientee", "non_resolue", UNANSWERED),
        rest=UNANSWERED,
    ),
    Table(name="pix", title="ABC Pix passés", sort=Sort.ATTRIBUTE, categories=("oui",), adds_up=False),
)
"""Nothing that crosses two of them is ever published. Half-days, hours, activities and urgencies concern no person: they are told
as they are, and are not in this list."""

TABLE: Mapping[str, Table] = {table.name: table for table in TABLES}


def sort_of(cell: Cell) -> Sort:
    """Return what a cell tells."""
    return TABLE[cell.table].sort_of(cell.category)
