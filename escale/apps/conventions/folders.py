"""Models of conventions as folders of files: those that ship with the product, and that of another EPCI."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from escale.core.convention.faults import Fault, ModelError
from escale.core.convention.loading import read_model
from escale.core.convention.model import Model

READ = (".md", ".toml")
LARGEST = 1_000_000
"""Bytes of one file: no text of convention comes near."""


def shipped_folder() -> Path:
    """Return the folder of the models that ship with the product."""
    return Path(settings.BASE_DIR) / "data" / "conventions"


def shipped_models() -> tuple[str, ...]:
    """Return the names of the models that ship with the product."""
    return tuple(sorted(folder.name for folder in shipped_folder().iterdir() if folder.is_dir()))


def read_folder(folder: Path) -> Model:
    """Read the model of a folder. Raise ModelError with all that is wrong in its files."""
    if not folder.is_dir():
        message = "ce dossier n’existe pas ; donner celui qui contient convention.md, model.toml et terms.toml"
        raise ModelError((Fault(file=str(folder), line=1, message=message),))
    files: dict[str, str] = {}
    faults: list[Fault] = []
    for path in sorted(folder.iterdir()):
        if path.suffix not in READ or not path.is_file():
            continue
        try:
            files[path.name] = _text_of(path)
        except ValueError as error:
            faults.append(Fault(file=path.name, line=1, message=str(error)))
    if faults:
        raise ModelError(tuple(faults))
    return read_model(files)


def _text_of(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise ValueError("ce fichier dépasse un mégaoctet ; ce n’est pas un texte de convention")
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"la ligne {line} n’est pas en UTF-8 ; enregistrer le fichier en UTF-8") from error
