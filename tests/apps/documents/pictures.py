"""A small picture, made here."""

from __future__ import annotations

import struct
import zlib

SIDE = 4


def png() -> bytes:
    """Return a PNG of one colour."""
    rows = (b"\0" + bytes([40, 90, 160] * SIDE)) * SIDE
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _part(b"IHDR", head) + _part(b"IDAT", zlib.compress(rows)) + _part(b"IEND", b"")


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
