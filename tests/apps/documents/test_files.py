"""Files are kept once for each hash, and read as they were written."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.apps.audit.actors import SYSTEM
from escale.apps.documents.files import DamagedFileError, bytes_of, drop_file, keep_file, plain_name, read_sha256, sha256_of
from escale.apps.documents.models import FileContent, StoredFile
from escale.apps.territory.models import Epci


def kept(epci: Epci, content: bytes = b"octets", name: str = "a.pdf") -> StoredFile:
    return keep_file(actor=SYSTEM, epci=epci, name=name, content=content, media_type="application/pdf")


def test_a_file_is_read_as_it_was_kept(epci: Epci) -> None:
    file = kept(epci, b"des octets \x00\xff")

    assert bytes_of(file) == b"des octets \x00\xff"
    assert (file.sha256, file.size) == (sha256_of(b"des octets \x00\xff"), 13)


def test_a_hash_is_told_without_reading_the_bytes(epci: Epci) -> None:
    known = StoredFile.objects.get(pk=kept(epci).pk)

    with CaptureQueriesContext(connection) as queries:
        assert known.sha256 == sha256_of(b"octets")

    assert [one["sql"] for one in queries if '"documents_filecontent"."content"' in one["sql"]] == []


def test_the_same_bytes_are_kept_once(epci: Epci) -> None:
    first, second = kept(epci, name="a.pdf"), kept(epci, name="b.pdf")

    assert first.content_id == second.content_id
    assert FileContent.objects.count() == 1


def test_bytes_go_away_with_the_last_file_that_has_them(epci: Epci) -> None:
    first, second = kept(epci), kept(epci)

    drop_file(first)
    assert FileContent.objects.count() == 1

    drop_file(second)
    assert FileContent.objects.count() == 0


def test_bytes_that_were_touched_are_not_given_away(epci: Epci) -> None:
    file = kept(epci)
    FileContent.objects.update(content=b"autre chose")

    with pytest.raises(DamagedFileError):
        bytes_of(file)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a" * 64, "a" * 64),
        (" AB:" * 16 + "cd" * 16, "ab" * 16 + "cd" * 16),
        ("a" * 63, None),
        ("g" * 64, None),
        ("", None),
    ],
)
def test_a_hash_is_read_as_people_copy_it(typed: str, read: str | None) -> None:
    assert read_sha256(typed) == read


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("scan.pdf", "scan.pdf"),
        ("C:\\Users\\a\\scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil 1.pdf"),
        ("...", "fichier"),
        ("", "fichier"),
    ],
)
def test_a_name_is_made_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_long_name_keeps_its_end() -> None:
    name = plain_name("a" * 400 + ".pdf")

    assert len(name) == 150
    assert name.endswith("a.pdf")
