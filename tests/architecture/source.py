"""Read the program as text: which words stand where in its calls."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules() -> Iterator[Path]:
    """Yield every module of the program, migrations left out."""
    return (path for path in sorted((ROOT / "escale").rglob("*.py")) if "migrations" not in path.parts)


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in modules():
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


@cache
def _texts_in_calls() -> dict[tuple[str, int], dict[str, str]]:
    """Return, for each function and place of an argument, the texts written there and the module where each stands first."""
    found: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for module, tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call):
                for place, given in enumerate(call.args):
                    match given:
                        case ast.Constant(value=str(text)):
                            found[_name(call.func), place].setdefault(text, module)
    return found


def texts_given_to(function: str, place: int) -> dict[str, str]:
    """Return each text that is written as an argument of a function, and the module where it stands first."""
    return _texts_in_calls().get((function, place), {})


def texts_assigned_to(name: str) -> dict[str, str]:
    """Return each text that a module assigns to a name, and the module."""
    found: dict[str, str] = {}
    for module, tree in trees():
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=ast.Constant(value=str(text))) if target == name:
                    found.setdefault(text, module)
    return found


def imported_from(*packages: str) -> dict[str, str]:
    """Return the modules that import from one of these packages, and which one."""
    return {
        module: str(node.module)
        for module, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in packages
    }


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
