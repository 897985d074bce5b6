"""The commands that bring a territory in: the last line is the summary, a refusal says what to do and exits with 2."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from escale.apps.territory.models import Commune, Epci

pytestmark = pytest.mark.django_db

COMMUNES: list[dict[str, Any]] = [
    {
        "nom": "Oisy",
        "code": "59446",
        "codeEpci": "200042190",
        "centre": {"type": "Point", "coordinates": [3.43, 50.35]},
    },
    {"nom": "Hélesmes", "code": "59297", "codeEpci": "200042190"},
]


def _run(*args: str) -> list[str]:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "communes.json"
    path.write_text(json.dumps(COMMUNES), encoding="utf-8")
    return path


def test_a_file_is_imported_under_a_name(file: Path) -> None:
    lines = _run("import_territory", "--file", str(file), "--name", "Ici")

    assert lines == [
        "ajoutée : Hélesmes",
        "ajoutée : Oisy",
        "position inconnue : Hélesmes ; la compléter, ou fixer ses distances à la main",
        "à relire : « de Hélesmes » ou « d’ » ; un H peut être aspiré",
        "Ici (200042190), 2 communes : 2 communes ajoutées.",
    ]


def test_a_second_import_of_the_file_says_that_nothing_changed(file: Path) -> None:
    _run("import_territory", "--file", str(file), "--name", "Ici")

    assert _run("import_territory", "--file", str(file), "--name", "Ici")[-1].endswith("rien n’a changé.")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((), "Donner le SIREN"),
        (("12",), "n’est pas un SIREN"),
        (("--file", "/nulle/part.json", "--name", "Ici"), "introuvable"),
    ],
)
def test_a_bad_request_is_refused(args: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told) as refusal:
        _run("import_territory", *args)

    assert refusal.value.returncode == 2
    assert not Epci.objects.exists()


def test_a_file_needs_a_name(file: Path) -> None:
    with pytest.raises(CommandError, match="--name"):
        _run("import_territory", "--file", str(file))


def test_a_file_of_several_epcis_needs_a_siren(file: Path) -> None:
    file.write_text(json.dumps([COMMUNES[0], COMMUNES[1] | {"codeEpci": "200068500"}]), encoding="utf-8")

    with pytest.raises(CommandError, match="donner le SIREN"):
        _run("import_territory", "--file", str(file), "--name", "Ici")
    assert _run("import_territory", "200042190", "--file", str(file), "--name", "Ici")


def test_a_broken_file_writes_nothing(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8")[:-30], encoding="utf-8")

    with pytest.raises(CommandError, match=r"communes\.json, ligne 1, colonne \d+"):
        _run("import_territory", "--file", str(file), "--name", "Ici")
    assert not Commune.objects.exists()


def test_the_service_that_is_asked_is_a_setting(settings: Settings) -> None:
    settings.ESCALE_GEO_API = "ftp://exemple.fr"

    with pytest.raises(CommandError, match="ESCALE_GEO_API"):
        _run("import_territory", "200042190")


def test_the_shipped_territory_is_whole_and_loads_twice() -> None:
    assert _run("load_territory")[-1] == "La Porte du Hainaut (200042190), 47 communes : 47 communes ajoutées."
    assert _run("load_territory") == ["La Porte du Hainaut (200042190), 47 communes : rien n’a changé."]

    communes = list(Commune.objects.all())
    assert [str(commune) for commune in communes[10:12]] == ["Émerchicourt", "Escaudain"]
    assert {commune.place_name.de for commune in communes} >= {"d’Oisy", "de La Sentinelle", "d’Hélesmes", "de Rœulx"}
    assert all(commune.position and commune.population and commune.siren for commune in communes)


def test_a_territory_that_is_not_shipped_is_refused_with_those_that_are() -> None:
    with pytest.raises(CommandError, match="porte-du-hainaut"):
        _run("load_territory", "atlantide")
