"""Write text messages into files instead of sending them, one line each: for a demonstration, or while no service is chosen."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProvider:
    """Keeps each day's messages in a file that only the owner of the installation reads."""

    folder: Path

    def send(self, *, to: str, text: str) -> str:
        """Add a line of JSON to the file of today."""
        now, key = timezone.localtime(), str(uuid.uuid4())
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.folder / f"{now.date().isoformat()}.jsonl"
        file.touch(mode=OWNER_ALONE)
        line = json.dumps({"id": key, "at": now.isoformat(timespec="seconds"), "to": to, "text": text}, ensure_ascii=False)
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{line}\n")
        return key
