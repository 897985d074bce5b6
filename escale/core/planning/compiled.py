"""How the innermost loops are compiled: numba, with its cache kept true when any module of the planner changes."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])

COMPILED_MARKS = (b"planning.compiled", b"(NamedTuple)")
"""What stands in a module that is compiled, or whose tuples of arrays are passed to one that is."""
LEAN: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}


def _keep_cache_true() -> None:
    """Give each state of the compiled sources a cache of its own: numba looks at one file only, not at what it inlines."""
    here = pathlib.Path(__file__).parent
    digest = hashlib.sha256()
    for source in sorted(here.rglob("*.py")):
        text = source.read_bytes()
        if any(mark in text for mark in COMPILED_MARKS):
            digest.update(text)
    cache = here / "__pycache__" / f"compiled-{digest.hexdigest()[:16]}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return  # installed read-only: numba then keeps its cache with the user's files
    numba.config.CACHE_DIR = str(cache)  # type: ignore[attr-defined]


_keep_cache_true()


def compiled(function: Function) -> Function:
    """Compile a function that may allocate arrays; it runs without the interpreter's lock."""
    return cast(Function, numba.njit(cache=True, nogil=True)(function))


def lean(function: Function) -> Function:
    """Compile a function that allocates nothing: without reference counting, tuples of arrays cost nothing to pass on."""
    return cast(Function, numba.njit(**LEAN)(function))


def inlined(function: Function) -> Function:
    """Compile a small function into its callers, as `lean` otherwise."""
    return cast(Function, numba.njit(inline="always", **LEAN)(function))
