"""How the commands that bring a territory in tell what they did."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper

from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.actions import import_territory
from escale.apps.territory.records import SourceError, TerritoryRecord

BAD_INPUT = 2
"""Exit code of a command that was given something it cannot use."""


def bring_in(read: Callable[[], TerritoryRecord], out: OutputWrapper) -> None:
    """Read a source, import it, and write the differences; the last line is the summary."""
    try:
        source = read()
        differences = import_territory(actor=SYSTEM, source=source)
    except SourceError as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error
    except ValidationError as error:
        raise CommandError("\n".join(error.messages), returncode=BAD_INPUT) from error
    for line in differences.lines():
        out.write(line)
    out.write(f"{source.name} ({source.siren}), {len(source.communes)} communes : {differences.summary()}.")
