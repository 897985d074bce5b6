"""Many documents made into one archive, two at a time; what cannot be made is named with its reason, and stops nothing."""

from __future__ import annotations

import logging
import os
import tempfile
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

logger = logging.getLogger(__name__)

MOST_BYTES = 400_000_000
"""What an archive may weigh: it goes into the database whole."""
AT_ONCE = 4
"""Documents that wait for each hand: trees are light, and are read as late as may be."""
FAILURES_NAME = "documents-non-produits.txt"


class ArchiveTooLargeError(RuntimeError):
    """An archive that no database should hold: says in French what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One document to make: its name in the archive, and how. `make` touches no database: it is run beside others."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmade:
    """A document that cannot be begun, and why."""

    name: str
    why: str


@dataclass(slots=True, kw_only=True)
class Archived:
    """What became of the documents so far."""

    done: int = 0
    made: int = 0
    failures: list[dict[str, str]] = field(default_factory=list)


def archived(
    pieces: Iterable[Piece | Unmade], *, refusals: tuple[type[Exception], ...], tell: Callable[[Archived], bool]
) -> tuple[bytes, Archived]:
    """Return the archive of some documents, empty when none could be made, and what became of each.

    `refusals` are the errors whose words are meant for people. `tell` hears of each document; once it answers no, the rest is
    left. Raise ArchiveTooLargeError.
    """
    told = Archived()
    with tempfile.TemporaryFile() as file:
        # Stored as they are: these kinds are compressed already.
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, outcome in _outcomes(pieces, refusals):
                told.done += 1
                if isinstance(outcome, bytes):
                    archive.writestr(name, outcome)
                    told.made += 1
                else:
                    told.failures.append({"name": name, "why": outcome})
                if file.tell() > MOST_BYTES:
                    raise ArchiveTooLargeError(f"plus de {MOST_BYTES // 1_000_000} Mo : demander moins de formats à la fois")
                if not tell(told):
                    return b"", told
            if told.failures:
                lines = [f"{failure['name']} : {failure['why']}" for failure in told.failures]
                archive.writestr(FAILURES_NAME, "\ufeff" + "\r\n".join(lines) + "\r\n")
        file.seek(0)
        return (file.read() if told.made else b""), told


def _outcomes(pieces: Iterable[Piece | Unmade], refusals: tuple[type[Exception], ...]) -> Iterator[tuple[str, bytes | str]]:
    """Yield each document in its order: its bytes, or why there are none. Its words are laid out by another program."""
    hands = os.cpu_count() or 1
    waiting: deque[tuple[str, Future[bytes]]] = deque()
    with ThreadPoolExecutor(max_workers=hands) as pool:
        for piece in pieces:
            if isinstance(piece, Unmade):
                yield piece.name, piece.why
                continue
            waiting.append((piece.name, pool.submit(piece.make)))
            if len(waiting) > hands * AT_ONCE:
                yield _outcome(*waiting.popleft(), refusals)
        while waiting:
            yield _outcome(*waiting.popleft(), refusals)


def _outcome(name: str, making: Future[bytes], refusals: tuple[type[Exception], ...]) -> tuple[str, bytes | str]:
    try:
        return name, making.result()
    except refusals as error:
        return name, str(error)
    except Exception as error:
        logger.exception("%s could not be made", name)
        return name, f"erreur inattendue ({type(error).__name__}) ; prévenir l’exploitant"
