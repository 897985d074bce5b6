"""An address as a code that a telephone reads (ISO/IEC 18004)."""

from __future__ import annotations

import io

import segno

from escale.core.documents.tree import Figure

QUIET = 4
"""Empty modules around the code, as the standard asks."""


def code_of(address: str) -> Figure:
    """Return an address as a QR code: one that is still read when a seventh of it is torn or stained."""
    drawn = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(drawn, kind="svg", border=QUIET, xmldecl=False, omitsize=True, svgclass=None, lineclass=None, light="#fff")
    return Figure(svg=drawn.getvalue().decode(), alternative=f"Code à lire avec un téléphone : {address}")
