"""A picture drawn anew at the size that a paper needs: a plain PNG comes out, without anything else that the file held."""

from __future__ import annotations

import shutil
import struct
import tempfile
from pathlib import Path

import typst

from escale.apps.documents.contents import frames_of_jpeg
from escale.apps.documents.rendering import LAYOUTS

PNG_SIZE = struct.Struct(">II")
PNG_SIZE_AT = 16
JPEG_SIZE = struct.Struct(">HH")


class UnreadablePictureError(ValueError):
    """A file that begins as a picture, and is none."""


def size_of(content: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG or a JPEG in pixels, as its head says; nothing is unpacked for it."""
    try:
        if content.startswith(b"\x89PNG"):
            width, height = PNG_SIZE.unpack_from(content, PNG_SIZE_AT)
        else:
            height, width = JPEG_SIZE.unpack_from(content, next(frames_of_jpeg(content)) + 5)
    except (struct.error, StopIteration):
        raise UnreadablePictureError from None
    if not width or not height:
        raise UnreadablePictureError
    return width, height


def redrawn(content: bytes, kind: str, *, widest: int, highest: int) -> bytes:
    """Return a picture (« png » or « jpg ») as a PNG of at most this size in pixels, never larger than it was.

    Raise UnreadablePictureError when it cannot be drawn.
    """
    width, height = size_of(content)
    scale = min(1.0, widest / width, highest / height)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "picture").write_bytes(content)
        page = shutil.copy(LAYOUTS / "picture.typ", folder)
        said = {"width": f"{wide}", "height": f"{high}", "format": kind}
        try:
            drawn = typst.compile(str(page), root=folder, format="png", ppi=72, ignore_system_fonts=True, sys_inputs=said)
        except typst.TypstError:
            raise UnreadablePictureError from None
    if not isinstance(drawn, bytes):
        raise UnreadablePictureError
    return drawn
