"""`manage.py check_model`: what a person reads, what a program reads, and how it ends."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from escale.apps.conventions.folders import shipped_folder, shipped_models


def check(path: Path) -> tuple[int, list[str], dict[str, Any]]:
    """Run the command, and return its code, its lines and the object of its last line."""
    out, code = io.StringIO(), 0
    try:
        call_command("check_model", str(path), stdout=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    *lines, last = out.getvalue().splitlines()
    return code, lines, json.loads(last)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A model of another EPCI, in its own folder."""
    folder = tmp_path / "autre-epci"
    shutil.copytree(shipped_folder() / "porte-du-hainaut-2025", folder)
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("name", shipped_models())
def test_every_model_that_ships_may_be_used(name: str) -> None:
    code, lines, told = check(shipped_folder() / name)

    assert code == 0
    assert (told["ok"], told["model"], told["faults"]) == (True, name, [])
    assert lines[0].endswith("rien à corriger.")


def test_the_models_of_2025_and_of_the_demonstration_ship() -> None:
    assert shipped_models() == ("demonstration-2027", "porte-du-hainaut-2025")


def test_the_model_of_another_epci_is_judged_alike(copy: Path) -> None:
    change(copy, "model.toml", 'id = "porte-du-hainaut-2025"', 'id = "autre-epci"')

    code, _, told = check(copy)

    assert (code, told["model"]) == (0, "autre-epci")


def test_all_that_is_missing_unknown_or_out_of_range_is_told_with_its_line(copy: Path) -> None:
    change(copy, "convention.md", "{{ commune_deliberation_date }}", "{{ date_du_conseil }}")
    change(copy, "terms.toml", "value = 8", "value = 0")
    change(copy, "terms.toml", "[walk_in_minutes]", "[walk_in_minute]")

    code, lines, told = check(copy)

    assert code == 2
    assert not told["ok"]
    assert len(lines) == len(told["faults"]) == 5
    files = {fault["file"] for fault in told["faults"]}
    assert files == {"convention.md", "model.toml", "terms.toml"}
    said = "\n".join(lines)
    assert "« {{ date_du_conseil }} » n’est pas connu" in said
    assert "« commune_deliberation_date » ne sert dans aucun texte" in said
    assert "terms.toml, ligne 5 : « workshop_max_persons » (article-3-1) : « 0 » ne convient pas" in said
    assert "écrire « walk_in_minutes » ?" in said
    assert "le paramètre « walk_in_minutes » manque" in said


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    code, [line], told = check(tmp_path / "nulle-part")

    assert code == 2
    assert "ce dossier n’existe pas" in line
    assert len(told["faults"]) == 1


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    code, lines, _ = check(tmp_path)

    assert code == 2
    assert any("le texte de la convention manque" in line for line in lines)


def test_a_file_that_is_not_utf_8_is_told_with_its_line(copy: Path) -> None:
    (copy / "terms.toml").write_bytes(b"# un\n# \xe9t\xe9\n")

    code, [line], _ = check(copy)

    assert code == 2
    assert line == "terms.toml, ligne 1 : la ligne 2 n’est pas en UTF-8 ; enregistrer le fichier en UTF-8"


def test_a_file_that_is_too_large_is_told(copy: Path) -> None:
    (copy / "notes.toml").write_bytes(b"#" * 1_000_001)

    code, [line], _ = check(copy)

    assert code == 2
    assert "dépasse un mégaoctet" in line
