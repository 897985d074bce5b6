"""Files kept in the database with their hash: bytes are written once, and what is read is what was written."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from escale.apps.audit.actors import Actor
from escale.apps.documents.models import FileContent, StoredFile
from escale.apps.territory.models import Epci

LONGEST_NAME = 150
SHA256_WORDS = re.compile(r"[0-9a-f]{64}")


class DamagedFileError(RuntimeError):
    """The bytes of a file are no longer those of its hash: nothing of it is given away."""


def keep_file(*, actor: Actor, epci: Epci, name: str, content: bytes, media_type: str) -> StoredFile:
    """Keep a file. Part of an action, in its transaction: the action has judged who may do it, and what the file is."""
    sha256 = sha256_of(content)
    kept = FileContent.objects.only("pk", "sha256").filter(sha256=sha256).first()
    if kept is None:
        # Another process may keep the same bytes at this moment: its row serves as well.
        kept, _ = FileContent.objects.get_or_create(sha256=sha256, defaults={"content": content})
    row = StoredFile(
        epci=epci,
        name=plain_name(name),
        media_type=media_type,
        size=len(content),
        content=kept,
        created_by=actor.actor_id,
    )
    row.full_clean(exclude=["content"])
    row.save(force_insert=True)
    return row


def bytes_of(file: StoredFile) -> bytes:
    """Return the bytes of a file. Raise DamagedFileError when they are not those that were kept."""
    found = FileContent.objects.get(pk=file.content_id)
    content = bytes(found.content)
    if sha256_of(content) != found.sha256:
        raise DamagedFileError(f"file {file.pk} is not what was kept")
    return content


def drop_file(file: StoredFile) -> None:
    """Forget a file, and its bytes once no other file has them. Part of an action, in its transaction."""
    key = file.content_id
    file.delete()
    FileContent.objects.filter(pk=key, files__isnull=True).delete()


def sha256_of(content: bytes) -> str:
    """Return the hash of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_sha256(typed: str) -> str | None:
    """Return a hash as it is kept, from what someone copied: spaces, colons and capitals mean nothing. None for anything else."""
    found = re.sub(r"[\s:]", "", typed).lower()
    return found if SHA256_WORDS.fullmatch(found) else None


def plain_name(name: str) -> str:
    """Return the name of a file without its folders and without the signs that no system shows, short enough to be kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    path = PurePosixPath(shown or "fichier")
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}"
