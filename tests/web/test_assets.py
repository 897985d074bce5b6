"""The assets are built once for each set of versions, small, and with every sign that French needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from escale.web.assets import FACES, build_assets


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets")
    assert build_assets(folder)
    return folder


@pytest.mark.parametrize("name", FACES.values())
def test_each_face_writes_french(built: Path, name: str) -> None:
    characters = TTFont(built / "fonts" / f"atkinson-{name}.woff2").getBestCmap()

    assert not [sign for sign in "éèêëàâçùûüïîôœŒæÆÉÀÇ«»’–—…°€·\u00a0" if ord(sign) not in characters]


@pytest.mark.parametrize("name", FACES.values())
def test_each_face_stays_small(built: Path, name: str) -> None:
    assert (built / "fonts" / f"atkinson-{name}.woff2").stat().st_size < 20_000


def test_the_licences_go_with_the_files(built: Path) -> None:
    assert "SIL OPEN FONT LICENSE" in (built / "fonts" / "LICENSE").read_text(encoding="utf-8").upper()
    assert "MIT License" in (built / "bootstrap" / "LICENSE").read_text(encoding="utf-8")


def test_a_second_build_of_the_same_versions_does_nothing(built: Path) -> None:
    assert not build_assets(built)


def test_another_version_builds_again(built: Path) -> None:
    (built / "stamp.json").write_text("{}", encoding="utf-8")

    assert build_assets(built)
