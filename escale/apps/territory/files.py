"""Territories in files: those that ship with the product, and answers of geo.api.gouv.fr that someone kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from escale.apps.territory.geo import parse_json, read_communes, read_epci_siren
from escale.apps.territory.names import Article, PlaceName
from escale.apps.territory.records import CommuneRecord, SourceError, TerritoryRecord

MOST_BYTES = 40_000_000


def read_answer(path: Path, *, siren: str | None, name: str) -> TerritoryRecord:
    """Return the territory of a file in the shape of `/epcis/{siren}/communes`.

    Without `siren`, the communes say it themselves (`codeEpci`).
    """
    answer = parse_json(_bytes_of(path), place=str(path))
    communes = read_communes(answer)
    found = siren or read_epci_siren(answer)
    if found is None:
        raise SourceError(str(path), "les communes ne disent pas toutes le même « codeEpci » ; donner le SIREN de l’EPCI.")
    return TerritoryRecord(siren=found, name=name, communes=communes)


def read_shipped(name: str) -> TerritoryRecord:
    """Return a territory that ships with the product, by the name of its file: « porte-du-hainaut »."""
    known = {path.stem: path for path in sorted(shipped_folder().glob("*.json"))}
    if name not in known:
        raise SourceError("territoire", f"« {name} » n’est pas livré ; territoires livrés : {', '.join(known)}.")
    data: dict[str, Any] = parse_json(_bytes_of(known[name]), place=str(known[name]))
    return TerritoryRecord(
        siren=data["epci"]["siren"],
        name=data["epci"]["name"],
        service_name=data["epci"]["service_name"],
        communes=tuple(_shipped_commune(row) for row in data["communes"]),
    )


def shipped_folder() -> Path:
    """Return the folder of the territories that ship with the product."""
    return Path(settings.BASE_DIR) / "data" / "territories"


def _shipped_commune(row: dict[str, Any]) -> CommuneRecord:
    return CommuneRecord(
        code=row["code"],
        name=PlaceName(bare=row["name"], article=Article(row["article"]), elides=row["elides"], contracts=row["contracts"]),
        siren=row["siren"],
        population=row["population"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        postal_codes=tuple(row["postal_codes"]),
    )


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(str(path), "le fichier est introuvable ou illisible ; vérifier son chemin et ses droits.") from error
    if len(content) > MOST_BYTES:
        raise SourceError(str(path), f"le fichier dépasse {MOST_BYTES // 1_000_000} Mo ; ce n’est pas un seul EPCI.")
    return content
