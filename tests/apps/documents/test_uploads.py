"""Files are judged by what they are: the right kinds are taken, the rest is refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from escale.apps.documents.office import DOCX_TYPE
from escale.apps.documents.uploads import MOST_BYTES, PAPERS, TEXTS, judge, kinds_words, read_upload
from tests.apps.documents.scans import docx, given, jpeg, odt, pdf, png

EVERY = (*PAPERS, *TEXTS)


def code_of(refused: pytest.ExceptionInfo[ValidationError], field: str = "file") -> str | None:
    [error] = refused.value.error_dict[field]
    return error.code


@pytest.mark.parametrize(
    ("name", "make", "media_type"),
    [
        ("Délibération 2026-07.pdf", pdf, "application/pdf"),
        ("scan.PNG", png, "image/png"),
        ("photo.jpeg", jpeg, "image/jpeg"),
        ("texte.docx", docx, DOCX_TYPE),
        ("texte.odt", odt, "application/vnd.oasis.opendocument.text"),
    ],
)
def test_a_true_file_is_taken_under_its_name_and_its_own_type(name: str, make: Callable[[], bytes], media_type: str) -> None:
    taken = read_upload(given(make(), name), kinds=EVERY)

    assert (taken.name, taken.media_type, taken.content) == (name, media_type, make())


def test_a_file_without_an_end_to_its_name_gets_the_one_that_it_deserves() -> None:
    assert read_upload(given(pdf(), "scan")).name == "scan.pdf"


def test_a_name_brings_no_folder_and_no_sign_that_hides() -> None:
    assert judge("..\\C:\\dossier\\a\u202eb<c>.pdf", pdf()).name == "abc.pdf"


def test_a_file_named_pdf_that_is_not_one_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        read_upload(given(b"<html><script>alert(1)</script></html>", "deliberation.pdf"))

    assert code_of(refused) == "E_FILE_KIND"
    assert "n’est pas un PDF, malgré son nom" in refused.value.messages[0]


def test_a_picture_named_pdf_is_told_its_right_name() -> None:
    with pytest.raises(ValidationError) as refused:
        read_upload(given(png(), "scan.pdf"))

    assert code_of(refused) == "E_FILE_NAME"
    assert "« scan.png »" in refused.value.messages[0]


def test_a_word_file_is_no_scan() -> None:
    with pytest.raises(ValidationError) as refused:
        read_upload(given(docx(), "scan.docx"))

    assert code_of(refused) == "E_FILE_KIND"
    assert kinds_words(PAPERS) in refused.value.messages[0]


@pytest.mark.parametrize(
    ("name", "make"),
    [("scan.pdf", pdf), ("scan.png", png), ("scan.jpg", jpeg), ("texte.docx", docx), ("texte.odt", odt)],
)
def test_half_a_file_is_refused(name: str, make: Callable[[], bytes]) -> None:
    half = make()[: len(make()) // 2]

    with pytest.raises(ValidationError) as refused:
        read_upload(given(half, name), kinds=EVERY)

    assert code_of(refused) in {"E_FILE_DAMAGED", "E_FILE_KIND"}


def test_a_pdf_whose_table_is_not_where_it_says_is_refused() -> None:
    wrong = pdf().replace(b"%%EOF", b"%%EOF").replace(b"startxref\n", b"startxref\n9")

    with pytest.raises(ValidationError) as refused:
        read_upload(given(wrong))

    assert code_of(refused) == "E_FILE_DAMAGED"


def test_a_scanner_may_write_a_few_bytes_before_a_pdf() -> None:
    assert read_upload(given(b"\r\n\x00" + pdf())).media_type == "application/pdf"


def test_a_word_file_with_macros_is_refused() -> None:
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")

    with pytest.raises(ValidationError) as refused:
        read_upload(given(out.getvalue(), "texte.docx"), kinds=TEXTS)

    assert code_of(refused) == "E_FILE_DAMAGED"


def test_an_archive_that_would_be_enormous_once_opened_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            archive.writestr(name, b"0" * 40_000_000)

    with pytest.raises(ValidationError) as refused:
        read_upload(given(out.getvalue(), "texte.docx"), kinds=TEXTS)

    assert code_of(refused) == "E_FILE_KIND"


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        read_upload(given(b""), field="scan")

    assert code_of(refused, "scan") == "E_FILE_EMPTY"


class Enormous(UploadedFile):
    """A scan of 30 MB that fails the test if it is read."""

    def read(self, *_size: object) -> bytes:
        raise AssertionError("a file that is too large is refused before it is read")


def test_a_scan_of_thirty_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(ValidationError) as refused:
        read_upload(Enormous(file=io.BytesIO(), name="scan.pdf", size=30_000_000))

    assert code_of(refused) == "E_FILE_TOO_LARGE"
    assert refused.value.messages[0].startswith("Ce fichier pèse 30 Mo, la limite est de 10 Mo.")


def test_an_action_refuses_what_is_too_large_as_well() -> None:
    with pytest.raises(ValidationError) as refused:
        judge("scan.pdf", b"0" * (MOST_BYTES + 1))

    assert code_of(refused) == "E_FILE_TOO_LARGE"
