"""JSON files read with their faults told in French, and written whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from escale.core.planning.faults import ProblemError
from escale.core.planning.files import plan_from, problem_from
from escale.core.planning.plan import Plan
from escale.core.planning.problem import Problem

MOST_BYTES = 100_000_000


def read_problem(path: Path) -> Problem:
    """Return the problem of a file. Raise ProblemError with the place of the first fault."""
    return problem_from(read_json(path))


def read_plan(path: Path) -> Plan:
    """Return the plan of a file. Raise ProblemError with the place of the first fault."""
    return plan_from(read_json(path))


def read_json(path: Path) -> object:
    """Return what a file holds. Raise ProblemError when it cannot be read."""
    place = str(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ProblemError(place=place, message=f"le fichier dépasse {MOST_BYTES // 1_000_000} Mo ; donner un seul EPCI")
        data: object = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ProblemError(place=place, message="le fichier est introuvable ; vérifier son chemin") from None
    except IsADirectoryError:
        raise ProblemError(place=place, message="c’est un dossier ; donner un fichier") from None
    except OSError as error:
        raise ProblemError(place=place, message=f"le fichier est illisible ({error.strerror}) ; vérifier ses droits") from None
    except json.JSONDecodeError as error:
        raise ProblemError(
            place=f"{place}, ligne {error.lineno}, colonne {error.colno}",
            message="ce n’est pas du JSON ; donner un fichier au format de la tournée",
        ) from None
    except (UnicodeDecodeError, RecursionError):
        raise ProblemError(place=place, message="ce n’est pas du JSON ; donner un fichier au format de la tournée") from None
    return data


def refuse_unwritable(path: Path) -> None:
    """Raise ProblemError, before any work is done, when a file cannot be written there."""
    if path.is_dir():
        raise ProblemError(place=str(path), message="c’est un dossier ; donner le nom du fichier à écrire")
    if not path.parent.is_dir():
        raise ProblemError(place=str(path), message=f"le dossier {path.parent} n’existe pas ; le créer d’abord")
    if not os.access(path.parent, os.W_OK):
        raise ProblemError(place=str(path), message=f"le dossier {path.parent} ne se laisse pas écrire ; vérifier ses droits")


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write a file whole: whoever reads meanwhile, or after a power cut, finds the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, allow_nan=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise
