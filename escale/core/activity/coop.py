"""The words of La Coop de la médiation numérique: the headings of its sheet « activités », and its label of each of our values.

Its interface, its versions and this product do not write apostrophes, accents or dashes alike: `key_of` is what is compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Device,
    Gender,
    Level,
    Orientation,
    Place,
    Procedure,
    Status,
    Theme,
)

E = TypeVar("E", bound=StrEnum)

SHEET = "activités"


class Heading(StrEnum):
    """A column of the sheet, in its order."""

    DATE = "Date"
    KIND = "Type"
    PEOPLE = "Nombre de participants"
    PERSON = "Bénéficiaire"
    PLACE = "Canaux d'accompagnement"
    WHERE = "Lieu"
    MINUTES = "Durée (min)"
    WORKSHOP = "Nom de l'atelier"
    DEVICES = "Matériel numérique utilisé"
    THEMES = "Thématique(s) d'accompagnement"
    PROCEDURE = "Nom de la démarche administrative"
    AUTONOMY = "Niveau d'autonomie du bénéficiaire"
    LEVEL = "Niveau de l'atelier"
    IS_ORIENTED = "Le bénéficiaire est-il orienté vers une autre structure ?"
    IS_SOLVED = "La démarche est-elle finalisée ?"
    ORIENTATION = "Structure de redirection"
    RESIDENCE = "Commune de résidence du bénéficiaire"
    GENDER = "Genre"
    AGE = "Tranche d'âge"
    STATUS = "Statut du bénéficiaire"
    NOTES = "Notes supplémentaires"


class Extra(StrEnum):
    """A column that the sheet of 2026 has: there, a workshop is as many rows as it has people, with one identifier."""

    IDENTIFIER = "ID CRA"
    COMMUNE = "Commune"
    CODE = "Code Insee"
    EITHER_LEVEL = "Niveau d'autonomie (ou de l'atelier)"


Column = Heading | Extra

ALSO_CALLED: Mapping[str, Column] = {
    "Participants": Heading.PEOPLE,
    "Durée": Heading.MINUTES,
    "Nom du lieu": Heading.WHERE,
    "Bénéficiaire réorienté": Heading.IS_ORIENTED,
    "Commune du bénéficiaire": Heading.RESIDENCE,
    "Genre du bénéficiaire": Heading.GENDER,
    "Tranche d'âge du bénéficiaire": Heading.AGE,
}
"""Other names of a column, from one version of La Coop to another."""

NEVER_READ = frozenset({Heading.PERSON, Heading.WORKSHOP, Heading.PROCEDURE, Heading.NOTES})
"""Names of people, and free words that may name some: they are dropped as the file is opened (RGPD, art. 5-1 c)."""
NEEDED = (Heading.DATE, Heading.KIND, Heading.PEOPLE, Heading.PLACE, Heading.WHERE, Heading.MINUTES, Heading.THEMES)
"""Without these columns, nothing can be understood."""

KINDS = {ActivityKind.INDIVIDUAL: "Accompagnement individuel", ActivityKind.COLLECTIVE: "Atelier collectif"}
"""« Appui à la commune » is of our convention alone: La Coop has no word for it."""
FORMER_KINDS = ("Aide aux démarches administratives", "Démarche administrative")
"""Once a third type, today a theme."""
PLACES = {
    Place.USUAL: "Lieu d’activité",
    Place.OTHER: "Autre lieu",
    Place.HOME: "À domicile",
    Place.REMOTE: "À distance",
}
THEMES = {
    Theme.DIAGNOSIS: "Diagnostic numérique",
    Theme.DEVICE: "Prendre en main du matériel",
    Theme.MAINTENANCE: "Maintenance de matériel",
    Theme.CONTENTS: "Gérer ses contenus numériques",
    Theme.BROWSING: "Navigation sur internet",
    Theme.EMAIL: "E-mail",
    Theme.OFFICE: "Bureautique",
    Theme.NETWORKS: "Réseaux sociaux communication",
    Theme.HEALTH: "Santé",
    Theme.BANKING: "Banque et achats en ligne",
    Theme.BUSINESS: "Accompagner un professionnel",
    Theme.WORK: "Insertion professionnelle",
    Theme.SECURITY: "Prévention en sécurité numérique",
    Theme.PARENTING: "Parentalité",
    Theme.SCHOOL: "Scolarité et numérique",
    Theme.CREATION: "Créer avec le numérique",
    Theme.CULTURE: "Culture numérique",
    Theme.AI: "Intelligence artificielle (IA)",
    Theme.PROCEDURES: "Aide aux démarches administratives",
}
PROCEDURES = {
    Procedure.PAPERS: "Papiers - Élections - Citoyenneté",
    Procedure.FAMILY: "Famille - Scolarité",
    Procedure.SOCIAL: "Social - Santé",
    Procedure.WORK: "Travail - Formation - Entreprise",
    Procedure.HOUSING: "Logement",
    Procedure.TRANSPORT: "Transports - Mobilité",
    Procedure.MONEY: "Argent - Impôts",
    Procedure.JUSTICE: "Justice",
    Procedure.FOREIGNERS: "Étrangers - Europe",
    Procedure.LEISURE: "Loisirs - Sports - Culture",
    Procedure.ASSOCIATIONS: "Associations",
}
DEVICES = {
    Device.COMPUTER: "Ordinateur",
    Device.PHONE: "Téléphone",
    Device.TABLET: "Tablette",
    Device.OTHER: "Autre",
    Device.NONE: "Pas de matériel",
}
AUTONOMIES = {Autonomy.GUIDED: "1/3", Autonomy.PARTLY: "2/3", Autonomy.ALONE: "3/3"}
LEVELS = {Level.BEGINNER: "1/3", Level.INTERMEDIATE: "2/3", Level.ADVANCED: "3/3"}
"""In stars, as the sheet writes them."""
ORIENTATIONS = {
    Orientation.ADMINISTRATION: "Administration (mairie, préfecture…)",
    Orientation.MEDIATION: "Autre structure de médiation numérique",
    Orientation.OPERATOR: "Opérateur ou organisme en charge de la démarche administrative",
    Orientation.SOCIAL: "Structure d’aide sociale (maison des solidarités, centre social…)",
    Orientation.WORK: "Structure d’insertion professionnelle (France Travail, mission locale, chambre de commerce…)",
    Orientation.PROCEDURES: "Structure d’aide aux démarches administratives (France Services…)",
    Orientation.OTHER: "Autre",
}
GENDERS = {Gender.MALE: "Masculin", Gender.FEMALE: "Féminin", Gender.UNKNOWN: "Non communiqué"}
AGES = {
    AgeBand.UNDER_12: "Moins de 12 ans",
    AgeBand.FROM_12: "12 - 17 ans",
    AgeBand.FROM_18: "18 - 24 ans",
    AgeBand.FROM_25: "25 - 39 ans",
    AgeBand.FROM_40: "40 - 59 ans",
    AgeBand.FROM_60: "60 - 69 ans",
    AgeBand.FROM_70: "70 ans et plus",
    AgeBand.UNKNOWN: "Non communiqué",
}
STATUSES = {
    Status.SCHOOL: "Scolarisé",
    Status.JOBLESS: "Sans emploi",
    Status.WORKING: "En emploi",
    Status.RETIRED: "Retraité",
    Status.UNKNOWN: "Non communiqué ou hétérogène",
}
YES, NO = "Oui", "Non"

FEWEST_KNOWN = 3
"""A row is that of the headings when it has at least as many of them."""


class MissingHeadingsError(ValueError):
    """The rows that were looked at hold no headings of La Coop, or lack some; says in French which, and what is nearest."""

    def __init__(self, words: str, *, has_some: bool) -> None:
        super().__init__(words)
        self.has_some = has_some


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """Where the headings stand: the number of their row, and the rank of each column that is read."""

    row: int
    ranks: Mapping[Column, int]


@lru_cache(maxsize=4_096)
def key_of(label: str) -> str:
    """Return what is compared of a label: its letters and digits, without accents, case or punctuation."""
    folded = unicodedata.normalize("NFKD", label.casefold())
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded if not unicodedata.combining(sign)).split())


def found_by(labels: Mapping[E, str]) -> dict[str, E]:
    """Return the values of a table by what is compared of their labels, and of their names (« entierement_accompagne »)."""
    names = {key_of(value): value for value in labels}
    return names | {key_of(label): value for value, label in labels.items()}


def find_headings(rows: Iterable[tuple[int, tuple[str, ...]]]) -> Headings:
    """Return where the headings stand among the first rows of a sheet, each with its number. Raise MissingHeadingsError."""
    best: tuple[int, tuple[str, ...], dict[Column, int]] = (0, (), {})
    for number, cells in rows:
        ranks = _ranks(cells)
        if len(ranks) > len(best[2]):
            best = number, cells, ranks
    number, cells, ranks = best
    if len(ranks) < FEWEST_KNOWN:
        words = ", ".join(f"« {heading} »" for heading in NEEDED)
        raise MissingHeadingsError(f"Aucune ligne ne porte les titres de La Coop ; il faut au moins {words}.", has_some=False)
    missing = [heading for heading in NEEDED if heading not in ranks]
    if Extra.COMMUNE in ranks or Extra.CODE in ranks:
        missing = [heading for heading in missing if heading is not Heading.WHERE]
    if missing:
        words = ", ".join(_lacking(heading, cells) for heading in missing)
        raise MissingHeadingsError(f"Ligne {number} : il manque {words}.", has_some=True)
    return Headings(row=number, ranks=ranks)


def _ranks(cells: tuple[str, ...]) -> dict[Column, int]:
    ranks: dict[Column, int] = {}
    for rank, cell in enumerate(cells):
        column = _COLUMNS.get(key_of(cell))
        if column is not None:
            ranks.setdefault(column, rank)
    return ranks


def _lacking(heading: Heading, cells: tuple[str, ...]) -> str:
    unknown = {key_of(cell): cell for cell in cells if cell and key_of(cell) not in _COLUMNS}
    near = get_close_matches(key_of(heading), unknown, n=1, cutoff=0.5)
    hint = f" (le plus proche est « {unknown[near[0]]} »)" if near else ""
    return f"la colonne « {heading} »{hint}"


_COLUMNS: dict[str, Column] = {
    **{key_of(name): column for name, column in ALSO_CALLED.items()},
    **{key_of(column): column for column in (*Heading, *Extra)},
}
