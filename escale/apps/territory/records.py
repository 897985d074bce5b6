"""A territory as a source describes it, before the database: checked values, and errors that name their place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from escale.apps.territory.names import PlaceName

MOST_COMMUNES = 1_000
"""Far more than any EPCI has (158): a longer list is another file."""


class SourceError(ValueError):
    """Data that cannot be used: where, and what to do."""

    def __init__(self, place: str, message: str) -> None:
        self.place = place
        self.message = message
        super().__init__(f"{place} : {message}" if place else message)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneRecord:
    """One commune of a source; what the source does not say is None."""

    code: str
    name: PlaceName
    siren: str | None = None
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    postal_codes: tuple[str, ...] = ()
    outline: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryRecord:
    """An EPCI and its communes. `service_name` is None when the source does not know it."""

    siren: str
    name: str
    communes: tuple[CommuneRecord, ...]
    service_name: str | None = None

    def __post_init__(self) -> None:
        check_siren(self.siren)
        if not self.name.strip():
            raise SourceError("EPCI", "le nom est vide ; le donner avec --name « La Porte du Hainaut ».")
        if not self.communes:
            raise SourceError("communes", f"l’EPCI {self.siren} n’a aucune commune ; vérifier le SIREN.")
        if len(self.communes) > MOST_COMMUNES:
            raise SourceError(
                "communes",
                f"la liste en compte {len(self.communes)}, plus que le maximum de {MOST_COMMUNES} ; "
                "donner le fichier d’un seul EPCI.",
            )
        self._refuse_twins("code", Counter(commune.code for commune in self.communes))
        self._refuse_twins("siren", Counter(commune.siren for commune in self.communes if commune.siren))

    def _refuse_twins(self, field: str, counts: Counter[str]) -> None:
        twins = sorted(value for value, count in counts.items() if count > 1)
        if twins:
            raise SourceError(f"communes, champ « {field} »", f"« {twins[0]} » y est deux fois ; retirer l’une des deux.")


def check_siren(siren: str) -> None:
    """Raise SourceError unless a text is a SIREN: nine digits with a right key (Luhn)."""
    if not (len(siren) == 9 and siren.isascii() and siren.isdigit()):
        raise SourceError("SIREN", f"« {siren} » n’est pas un SIREN ; il a neuf chiffres, par exemple 200042190.")
    doubled = (int(digit) * (1 + rank % 2) for rank, digit in enumerate(siren))
    if sum(value // 10 + value % 10 for value in doubled) % 10:
        raise SourceError("SIREN", f"« {siren} » n’existe pas : un chiffre est faux ; le recopier.")
