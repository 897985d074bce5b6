"""What a page says, as its tests write it."""

from __future__ import annotations

import html
from typing import Any


def plain(response: Any) -> str:
    """Return the page of an answer on one line, with ordinary spaces and signs."""
    return " ".join(html.unescape(response.content.decode()).split())
