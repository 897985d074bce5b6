"""The model of a convention, and the version of its files."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from escale.apps.conventions.folders import READ, read_folder, shipped_folder
from escale.apps.conventions.models import Convention
from escale.core.convention.model import Model

VERSION_SIGNS = 12


def model_of(convention: Convention) -> Model:
    """Return the model of a convention. Raise ModelError when its folder is gone or is not right any more."""
    return model_named(convention.model)


@lru_cache(maxsize=32)
def model_named(name: str) -> Model:
    """Return a model by its name, read once."""
    return read_folder(shipped_folder() / name)


@lru_cache(maxsize=32)
def version_of(name: str) -> str:
    """Return the version of a model: it changes with any sign of any of its files."""
    paths = sorted(path for path in (shipped_folder() / name).iterdir() if path.suffix in READ)
    told = hashlib.sha256()
    for path in paths:
        told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()[:VERSION_SIGNS]
