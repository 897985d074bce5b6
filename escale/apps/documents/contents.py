"""What the bytes of a file are, read in their structure: the name and the type that a browser tells are never believed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from escale.apps.documents.office import DOCX_TYPE, ODT_TYPE
from escale.apps.documents.rendering import PDF_TYPE

PNG_SIGN = b"\x89PNG\r\n\x1a\n"
PDF_SIGN = b"%PDF-"
HEAD = 1024
"""Where readers look for the sign of a PDF: some scanners write a few bytes before it."""
TAIL = 2048
"""Where they look for its end."""
LARGEST_INSIDE = 100 * 1024 * 1024
"""Bytes that a text may have once its archive is opened."""
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers before the size of a JPEG (ITU-T T.81, B.2.2): tables have the three others."""
STANDALONE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9


class FileKind(StrEnum):
    """A kind of file that is taken, by the end of its name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    DOCX = "docx"
    ODT = "odt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a kind is called, under which type it is served, by which ends of a name it goes, and how its bytes are judged."""

    words: str
    media_type: str
    suffixes: tuple[str, ...]
    begins: Callable[[bytes], bool]
    holds: Callable[[bytes], bool]


def kind_of(content: bytes) -> FileKind | None:
    """Return what a file begins as; None for anything that is not taken. `is_whole` tells whether the rest follows."""
    return next((kind for kind, known in KINDS.items() if known.begins(content)), None)


def is_whole(content: bytes, kind: FileKind) -> bool:
    """Tell whether the bytes have the structure of their kind down to its end."""
    return KINDS[kind].holds(content)


def _pdf_begins(content: bytes) -> bool:
    return PDF_SIGN in content[:HEAD]


def _pdf_holds(content: bytes) -> bool:
    """Tell whether the end of a PDF names the place of its table, and whether a table is there (ISO 32000-1, 7.5.5)."""
    tail = content[-TAIL:]
    found = re.findall(rb"startxref\s+(\d+)\s+%%EOF", tail)
    if not found:
        return False
    place = content.index(PDF_SIGN) + int(found[-1])
    near = content[place : place + 32].lstrip()
    # Some writers count from the very first byte of the file, whatever stands before the sign.
    plain = content[int(found[-1]) : int(found[-1]) + 32].lstrip()
    return any(re.match(rb"xref\b|\d+\s+\d+\s+obj\b", start) for start in (near, plain))


def _png_holds(content: bytes) -> bool:
    """Tell whether every chunk of a PNG is what its sum says, from the first one to the last (ISO 15948, 5)."""
    names: list[bytes] = []
    place = len(PNG_SIGN)
    while place + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, place)
        name, end = content[place + 4 : place + 8], place + 8 + length
        if end + 4 > len(content) or zlib.crc32(content[place + 4 : end]) != struct.unpack_from(">I", content, end)[0]:
            return False
        names.append(name)
        place = end + 4
        if name == b"IEND":
            break
    return bool(names) and names[0] == b"IHDR" and names[-1] == b"IEND" and b"IDAT" in names


def _jpeg_holds(content: bytes) -> bool:
    """Tell whether the segments of a JPEG follow each other down to its picture, and whether that one ends (ISO 10918-1, B)."""
    for marker, place in _jpeg_segments(content):
        if marker == START_OF_SCAN:
            return content.rfind(b"\xff\xd9") > place
    return False


def frames_of_jpeg(content: bytes) -> Iterator[int]:
    """Yield where the frames of a JPEG begin: each tells its size."""
    return (place for marker, place in _jpeg_segments(content) if marker in FRAMES)


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int]]:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        yield marker, place
        if marker in {START_OF_SCAN, END_OF_IMAGE}:
            return
        length = 0 if marker in STANDALONE_MARKERS else struct.unpack_from(">H", content, place + 2)[0]
        place += 2 + length


def _entries(content: bytes) -> dict[str, zipfile.ZipInfo]:
    """Return what stands in an archive; nothing when it cannot be opened, is locked, or would be enormous."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return {}
    locked = any(entry.flag_bits & 1 for entry in found)
    if locked or sum(entry.file_size for entry in found) > LARGEST_INSIDE:
        return {}
    return {entry.filename: entry for entry in found}


def _is_odt(content: bytes) -> bool:
    # The type stands uncompressed in the first entry of the archive (ODF 1.3, part 2, 3.3).
    return content.startswith(b"PK\x03\x04") and content[30:].startswith(b"mimetype" + ODT_TYPE.encode())


def _odt_holds(content: bytes) -> bool:
    return {"content.xml", "META-INF/manifest.xml"} <= _entries(content).keys()


def _is_docx(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and not _is_odt(content) and "word/document.xml" in _entries(content)


def _docx_holds(content: bytes) -> bool:
    found = _entries(content).keys()
    return {"[Content_Types].xml", "_rels/.rels"} <= found and not any(name.endswith("vbaProject.bin") for name in found)


KINDS = {
    FileKind.PDF: Kind(words="un PDF", media_type=PDF_TYPE, suffixes=("pdf",), begins=_pdf_begins, holds=_pdf_holds),
    FileKind.PNG: Kind(
        words="une image PNG",
        media_type="image/png",
        suffixes=("png",),
        begins=lambda content: content.startswith(PNG_SIGN),
        holds=_png_holds,
    ),
    FileKind.JPEG: Kind(
        words="une photo JPEG",
        media_type="image/jpeg",
        suffixes=("jpg", "jpeg"),
        begins=lambda content: content.startswith(b"\xff\xd8\xff"),
        holds=_jpeg_holds,
    ),
    FileKind.ODT: Kind(words="un texte ODT", media_type=ODT_TYPE, suffixes=("odt",), begins=_is_odt, holds=_odt_holds),
    FileKind.DOCX: Kind(
        words="un texte Word (.docx)", media_type=DOCX_TYPE, suffixes=("docx",), begins=_is_docx, holds=_docx_holds
    ),
}
"""In the order in which they are tried."""
