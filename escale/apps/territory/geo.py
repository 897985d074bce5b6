"""Read communes in the shape in which geo.api.gouv.fr answers; every error names the commune and the field."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from escale.apps.territory.names import PlaceName, propose, strange_signs
from escale.apps.territory.records import CommuneRecord, SourceError

OUTLINES = {"Polygon": 3, "MultiPolygon": 4}
"""Kinds of outline, with how deep their lists go down to a number."""


def parse_json(text: bytes, *, place: str) -> Any:
    """Read JSON as the standard defines it. Raise SourceError with the line when it is broken."""
    try:
        return json.loads(text.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{place}, ligne {error.lineno}, colonne {error.colno}",
            "le JSON est incomplet ou mal formé ; télécharger le fichier à nouveau.",
        ) from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SourceError(place, f"le contenu n’est pas du JSON en UTF-8 ({error}).") from error


def read_epci_name(answer: Any) -> str:
    """Return the name in an answer of `/epcis/{siren}`."""
    if not isinstance(answer, dict) or not isinstance(answer.get("nom"), str) or not answer["nom"].strip():
        raise SourceError("EPCI, champ « nom »", "il manque ou n’est pas un texte ; donner le nom avec --name.")
    name: str = answer["nom"].strip()
    return name


def read_communes(answer: Any) -> tuple[CommuneRecord, ...]:
    """Return the communes of an answer of `/epcis/{siren}/communes`."""
    if not isinstance(answer, list):
        raise SourceError("communes", "une liste de communes est attendue ; vérifier l’adresse ou le fichier.")
    return tuple(_read_commune(row, rank) for rank, row in enumerate(answer, start=1))


def read_epci_siren(answer: Any) -> str | None:
    """Return the SIREN that all communes of a file give for their EPCI, None when they give none or several."""
    rows = answer if isinstance(answer, list) else []
    codes = {row.get("codeEpci") for row in rows if isinstance(row, dict)}
    siren = codes.pop() if len(codes) == 1 else None
    return siren if isinstance(siren, str) else None


def _read_commune(row: Any, rank: int) -> CommuneRecord:
    if not isinstance(row, dict):
        raise SourceError(f"commune n° {rank}", "un objet avec « code » et « nom » est attendu.")
    return _Row(row, rank).commune()


class _Row:
    """One commune of an answer, read field by field."""

    def __init__(self, row: dict[str, Any], rank: int) -> None:
        self.row = row
        known = row.get("nom") or row.get("code")
        self.label = f"commune n° {rank}" + (f" ({known})" if isinstance(known, str) else "")

    def commune(self) -> CommuneRecord:
        latitude, longitude = self._centre()
        return CommuneRecord(
            code=self._code(),
            name=self._name(),
            siren=self._siren(),
            population=self._population(),
            latitude=latitude,
            longitude=longitude,
            postal_codes=self._postal_codes(),
            outline=self._outline(),
        )

    def _fail(self, field: str, message: str) -> SourceError:
        return SourceError(f"{self.label}, champ « {field} »", message)

    def _code(self) -> str:
        value = self.row.get("code")
        if not isinstance(value, str) or not re.fullmatch(r"[0-9][0-9AB][0-9]{3}", value):
            raise self._fail("code", f"« {value} » n’est pas un code INSEE ; il a cinq signes, par exemple « 59446 ».")
        return value

    def _name(self) -> PlaceName:
        value = self.row.get("nom")
        if not isinstance(value, str) or not value.strip() or len(value) > 80:
            raise self._fail("nom", "il manque ou n’est pas un nom ; l’écrire comme l’INSEE.")
        if strange := strange_signs(value):
            raise self._fail("nom", f"aucune commune ne s’écrit avec « {strange} » ; l’écrire comme l’INSEE.")
        try:
            return propose(value)
        except ValueError as error:
            raise self._fail("nom", str(error)) from error

    def _siren(self) -> str | None:
        value = self.row.get("siren")
        if value is not None and not (isinstance(value, str) and re.fullmatch(r"[0-9]{9}", value)):
            raise self._fail("siren", f"« {value} » n’est pas un SIREN ; il a neuf chiffres.")
        return value

    def _population(self) -> int | None:
        value = self.row.get("population")
        if value is not None and not (type(value) is int and 0 <= value < 100_000_000):
            raise self._fail("population", f"« {value} » n’est pas un nombre d’habitants.")
        return value

    def _postal_codes(self) -> tuple[str, ...]:
        value = self.row.get("codesPostaux") or []
        if not isinstance(value, list) or not all(isinstance(x, str) and re.fullmatch(r"[0-9]{5}", x) for x in value):
            raise self._fail("codesPostaux", "une liste de codes à cinq chiffres est attendue.")
        return tuple(value)

    def _centre(self) -> tuple[float | None, float | None]:
        value = self.row.get("centre")
        if value is None:
            return None, None
        pair = value.get("coordinates") if isinstance(value, dict) and value.get("type") == "Point" else None
        if not isinstance(pair, list) or len(pair) != 2 or not all(_is_number(number) for number in pair):
            raise self._fail("centre", "un point [longitude, latitude] est attendu, en degrés.")
        longitude, latitude = map(float, pair)
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise self._fail("centre", f"[{longitude}, {latitude}] est hors de la Terre ; l’ordre est longitude, latitude.")
        return latitude, longitude

    def _outline(self) -> dict[str, Any] | None:
        value = self.row.get("contour")
        if value is None:
            return None
        depth = OUTLINES.get(str(value.get("type"))) if isinstance(value, dict) else None
        if depth is None or not _is_nested(value.get("coordinates"), depth):
            raise self._fail("contour", "un polygone GeoJSON est attendu ; retirer le champ si le contour est inconnu.")
        return {"type": value["type"], "coordinates": value["coordinates"]}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_nested(value: Any, depth: int) -> bool:
    """Tell whether lists go down to numbers at this depth, and none is empty."""
    if depth == 0:
        return _is_number(value)
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(_is_nested(part, depth - 1) for part in value)
    )


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"« {name} » n’est pas un nombre")
