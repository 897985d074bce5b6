"""Answers of geo.api.gouv.fr: read whole, or refused with the commune and the field."""

from __future__ import annotations

from typing import Any

import pytest

from escale.apps.territory.geo import parse_json, read_communes, read_epci_name, read_epci_siren
from escale.apps.territory.records import SourceError

RING = [[[3.4, 50.3], [3.5, 50.3], [3.5, 50.4], [3.4, 50.3]]]
SENTINELLE: dict[str, Any] = {
    "nom": "La Sentinelle",
    "code": "59564",
    "siren": "215905647",
    "codesPostaux": ["59174"],
    "population": 3103,
    "codeEpci": "200042190",
    "centre": {"type": "Point", "coordinates": [3.4756, 50.3486]},
    "contour": {"type": "Polygon", "coordinates": RING},
}


def test_a_commune_is_read_whole() -> None:
    (commune,) = read_communes([SENTINELLE])

    assert (commune.code, commune.name.full, commune.name.sort_key) == ("59564", "La Sentinelle", "sentinelle")
    assert (commune.latitude, commune.longitude, commune.population) == (50.3486, 3.4756, 3103)
    assert commune.postal_codes == ("59174",)
    assert commune.outline == {"type": "Polygon", "coordinates": RING}


def test_what_a_source_does_not_say_stays_unknown() -> None:
    (commune,) = read_communes([{"nom": "Y", "code": "80829"}])

    assert (commune.siren, commune.population, commune.latitude, commune.outline) == (None, None, None, None)


def test_a_commune_of_several_islands_keeps_its_outline() -> None:
    islands = {"type": "MultiPolygon", "coordinates": [RING, RING]}

    (commune,) = read_communes([SENTINELLE | {"contour": islands}])

    assert commune.outline == islands


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", None),
        ("code", 59564),
        ("code", "5956"),
        ("code", "59 64"),
        ("nom", ""),
        ("nom", None),
        ("nom", "x" * 81),
        ("nom", " "),
        ("siren", "12"),
        ("nom", "Oisy *gras*"),
        ("siren", 215905647),
        ("population", -1),
        ("population", "3103"),
        ("population", True),
        ("population", 3103.5),
        ("codesPostaux", "59174"),
        ("codesPostaux", [59174]),
        ("centre", [3.4, 50.3]),
        ("centre", {"type": "Point", "coordinates": [50.3486]}),
        ("centre", {"type": "Point", "coordinates": ["3", "50"]}),
        ("centre", {"type": "Point", "coordinates": [3.4, 95.0]}),
        ("centre", {"type": "Point", "coordinates": [3.4, float("nan")]}),
        ("contour", {"type": "Circle", "coordinates": RING}),
        ("contour", {"type": "Polygon", "coordinates": []}),
        ("contour", {"type": "Polygon", "coordinates": [[["a", "b"]]]}),
        ("contour", "POLYGON"),
    ],
)
def test_a_wrong_field_is_refused_with_its_commune(field: str, value: object) -> None:
    with pytest.raises(SourceError, match=f"commune n° 2.*champ « {field} »"):
        read_communes([SENTINELLE, SENTINELLE | {"code": "59565", field: value}])


@pytest.mark.parametrize("answer", [None, {}, {"code": 404}, "communes"])
def test_an_answer_that_is_no_list_is_refused(answer: object) -> None:
    with pytest.raises(SourceError, match="une liste de communes est attendue"):
        read_communes(answer)


def test_a_row_that_is_no_commune_is_refused_with_its_number() -> None:
    with pytest.raises(SourceError, match="commune n° 2"):
        read_communes([SENTINELLE, "Oisy"])


@pytest.mark.parametrize("answer", [None, [], {}, {"nom": ""}, {"nom": 3}])
def test_an_epci_without_a_name_is_refused(answer: object) -> None:
    with pytest.raises(SourceError, match="--name"):
        read_epci_name(answer)


def test_the_communes_of_a_file_say_their_epci_together_or_not_at_all() -> None:
    assert read_epci_siren([SENTINELLE, SENTINELLE]) == "200042190"
    assert read_epci_siren([SENTINELLE, SENTINELLE | {"codeEpci": "200068500"}]) is None
    assert read_epci_siren([{"nom": "Oisy"}]) is None
    assert read_epci_siren("Oisy") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'[{"nom": "Oi', "ligne 1, colonne 10"),
        (b"<html>", "ligne 1, colonne 1"),
        (b"", "ligne 1, colonne 1"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[NaN]", "n’est pas un nombre"),
        (b"[" * 100_000, "ici"),
    ],
)
def test_json_that_is_broken_is_refused_with_its_place(text: bytes, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        parse_json(text, place="ici")
