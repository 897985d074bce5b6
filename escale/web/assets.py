"""Build the static files that come from packages: the typeface cut down to French, and Bootstrap as it is."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from bootstrap_wrapper import get_bootstrap_dir
from django.contrib.staticfiles.finders import get_finders

STAMP = "stamp.json"
PACKAGES = ("fontpkg-atkinson-hyperlegible", "fonttools", "brotli", "bootstrap-wrapper")
FACES = {"Regular": "regular", "Bold": "bold", "Italic": "italic"}
# The map goes with the sheet: the manifest of static files follows the reference that the sheet makes to it.
BOOTSTRAP = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")
# Basic Latin and Latin-1 (accents, « », °, no-break space), then what French adds: Œ œ Ÿ, dashes, quotes, …, €, minus.
CHARACTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ŒœŸ–—‘’“”…€−"),
]


def build_assets(target: Path) -> bool:
    """Fill `target` with the typeface and Bootstrap; return False when it already holds these versions."""
    stamp = _stamp()
    kept = target / STAMP
    if kept.exists() and kept.read_text(encoding="utf-8") == stamp:
        return False
    # Without its stamp, a build that was cut short is made again.
    kept.unlink(missing_ok=True)
    _build_typeface(target / "fonts")
    _copy_bootstrap(target / "bootstrap")
    kept.write_text(stamp, encoding="utf-8")
    return True


def collected_stamp() -> str:
    """Return a short text that changes when any static file of the project or of its packages does."""
    told = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            told.update(f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}".encode())
    return told.hexdigest()


def _stamp() -> str:
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return json.dumps({"recipe": recipe} | {name: version(name) for name in PACKAGES}, indent=1)


def _build_typeface(folder: Path) -> None:
    # Imported here: a process that only serves pages has no use for it.
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    package = files("fontpkg_atkinson_hyperlegible")
    folder.mkdir(parents=True, exist_ok=True)
    for face, name in FACES.items():
        with package.joinpath("files", f"AtkinsonHyperlegible-{face}.ttf").open("rb") as source:
            font = TTFont(source)
            subsetter = Subsetter(Options(flavor="woff2", layout_features=["kern", "liga", "tnum", "lnum"]))
            subsetter.populate(unicodes=CHARACTERS)
            subsetter.subset(font)
            font.flavor = "woff2"
            font.save(folder / f"atkinson-{name}.woff2")
    (folder / "LICENSE").write_bytes(package.joinpath("LICENSE").read_bytes())


def _copy_bootstrap(folder: Path) -> None:
    package = get_bootstrap_dir()
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*BOOTSTRAP, "LICENSE"):
        shutil.copyfile(package / name, folder / Path(name).name)
