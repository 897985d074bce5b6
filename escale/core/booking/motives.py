"""Why people come: a short closed list, coarse on purpose, and what each one brings.

A reason says nothing of an illness, of an income or of a family: what is not written is not to be protected.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_MOTIVES = 12

ALWAYS = "Le téléphone qui reçoit les codes, et les mots de passe : chacun tape les siens, nous ne les gardons pas."
"""What everyone brings, whatever the motive, in words that a desk reads aloud and that are written to people alike."""


class Motive(StrEnum):
    """Why someone asks for an appointment."""

    PAPERS = "PAPERS"
    TAXES = "TAXES"
    RIGHTS = "RIGHTS"
    CARE = "CARE"
    PENSION = "PENSION"
    WORK = "WORK"
    SCHOOL = "SCHOOL"
    HOUSING = "HOUSING"
    DEVICE = "DEVICE"
    INTERNET = "INTERNET"
    LEISURE = "LEISURE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class MotiveCard:
    """A motive as people read it, and what to bring besides what everyone brings."""

    label: str
    bring: tuple[str, ...]


MOTIVES: dict[Motive, MotiveCard] = {
    Motive.PAPERS: MotiveCard(
        label="Papiers d’identité, carte grise, permis", bring=("Le titre actuel", "Un justificatif de domicile récent")
    ),
    Motive.TAXES: MotiveCard(label="Impôts, amendes", bring=("Le dernier avis reçu",)),
    Motive.RIGHTS: MotiveCard(
        label="Droits et aides", bring=("Le dernier courrier de l’organisme", "Un relevé d’identité bancaire")
    ),
    Motive.CARE: MotiveCard(label="Remboursements de soins, carte Vitale", bring=("La carte Vitale",)),
    Motive.PENSION: MotiveCard(label="Retraite", bring=("Le dernier courrier de la caisse de retraite",)),
    Motive.WORK: MotiveCard(label="Emploi, formation", bring=("Un CV, s’il y en a un",)),
    Motive.SCHOOL: MotiveCard(label="École, famille", bring=("Le dernier courrier de l’école ou de la mairie",)),
    Motive.HOUSING: MotiveCard(label="Logement, énergie, déplacements", bring=("Le bail ou la dernière facture",)),
    Motive.DEVICE: MotiveCard(label="Téléphone, ordinateur, tablette", bring=("L’appareil, chargé, avec son chargeur",)),
    Motive.INTERNET: MotiveCard(label="Internet, courriels, photos, sécurité", bring=("L’appareil de tous les jours, chargé",)),
    Motive.LEISURE: MotiveCard(label="Loisirs, culture, associations", bring=()),
    Motive.OTHER: MotiveCard(label="Autre démarche", bring=("Les papiers et les courriers qui en parlent",)),
}
"""Every motive there is, in the order in which a desk reads them."""


def to_bring(motive: Motive) -> tuple[str, ...]:
    """Return all that a person brings for a motive."""
    return (*MOTIVES[motive].bring, ALWAYS)
