"""Many documents become one archive; what fails is named, and stops nothing."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable

import pytest

from escale.apps.documents import archives
from escale.apps.documents.archives import FAILURES_NAME, Archived, ArchiveTooLargeError, Piece, Unmade, archived
from escale.apps.documents.rendering import RenderingError


def made(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def broken(error: Exception) -> Callable[[], bytes]:
    def make() -> bytes:
        raise error

    return make


def heard(_told: Archived) -> bool:
    return True


def opened(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_documents_stand_in_the_archive_in_their_order() -> None:
    pieces = [Piece(name=f"{number}.pdf", make=made(b"%d" % number)) for number in range(30)]

    archive, told = archived(pieces, refusals=(), tell=heard)

    assert list(opened(archive).items()) == [(f"{number}.pdf", b"%d" % number) for number in range(30)]
    assert (told.done, told.made, told.failures) == (30, 30, [])


def test_what_fails_is_named_with_its_reason_and_the_rest_is_made() -> None:
    pieces: list[Piece | Unmade] = [
        Unmade(name="a.pdf", why="Il manque : le maire"),
        Piece(name="b.pdf", make=broken(RenderingError("trop long"))),
        Piece(name="c.pdf", make=made(b"c")),
    ]

    archive, told = archived(pieces, refusals=(RenderingError,), tell=heard)

    assert told.failures == [{"name": "a.pdf", "why": "Il manque : le maire"}, {"name": "b.pdf", "why": "trop long"}]
    found = opened(archive)
    assert found["c.pdf"] == b"c"
    assert found[FAILURES_NAME].decode("utf-8-sig").splitlines() == ["a.pdf : Il manque : le maire", "b.pdf : trop long"]


def test_an_error_that_nobody_foresaw_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    pieces = [Piece(name="a.pdf", make=broken(KeyError("x"))), Piece(name="b.pdf", make=made(b"b"))]

    with caplog.at_level(logging.ERROR):
        archive, told = archived(pieces, refusals=(), tell=heard)

    assert [failure["name"] for failure in told.failures] == ["a.pdf"]
    assert "KeyError" in told.failures[0]["why"]
    assert "a.pdf could not be made" in caplog.text
    assert opened(archive)["b.pdf"] == b"b"


def test_nothing_made_is_no_archive() -> None:
    archive, told = archived([Unmade(name="a.pdf", why="rien")], refusals=(), tell=heard)

    assert archive == b""
    assert told.made == 0


def test_whoever_no_longer_counts_stops() -> None:
    pieces = [Piece(name=f"{number}.pdf", make=made(b"x")) for number in range(5)]

    archive, told = archived(pieces, refusals=(), tell=lambda told: told.done < 2)

    assert (archive, told.done) == (b"", 2)


def test_an_archive_that_no_database_should_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000)

    with pytest.raises(ArchiveTooLargeError, match="moins de formats"):
        archived([Piece(name="a.pdf", make=made(b"0" * 2_000))], refusals=(), tell=heard)
