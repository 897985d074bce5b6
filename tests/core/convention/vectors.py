"""The reference dates that `vectors.json` holds, as tests read them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

VECTORS: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def day_or_none(text: str | None) -> dt.date | None:
    return None if text is None else day(text)
