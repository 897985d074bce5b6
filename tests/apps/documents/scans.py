"""Small files of each kind, whole and true, for whatever takes files."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from escale.apps.documents.office import to_docx, to_odt
from escale.core.documents.tree import Document, Paragraph, Piece

PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n"
    b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n110\n%%EOF\n"
)


def pdf(words: str = "") -> bytes:
    """Return a PDF that differs with its words."""
    body, _, _ = PDF.partition(b"xref\n0 3")
    with_words = body + f"% {words}\n".encode()
    return with_words + PDF[len(body) :].replace(b"startxref\n110", f"startxref\n{len(with_words)}".encode())


@cache
def png() -> bytes:
    return _picture("PNG")


@cache
def jpeg() -> bytes:
    return _picture("JPEG")


def _picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, form)
    return out.getvalue()


@cache
def docx(*paragraphs: str) -> bytes:
    return to_docx(_document(paragraphs))


@cache
def odt(*paragraphs: str) -> bytes:
    return to_odt(_document(paragraphs))


def _document(paragraphs: tuple[str, ...]) -> Document:
    lines = paragraphs or ("Un texte.",)
    blocks = tuple(Paragraph(line=(Piece(value=words),)) for words in lines)
    return Document(title="Un titre", issuer="Essai", date=dt.date(2026, 11, 23), blocks=blocks)


def given(content: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")
