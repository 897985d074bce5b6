"""The words of a file of a word processor, paragraph by paragraph: read by pandoc, which is given nothing else to read."""

from __future__ import annotations

import re
import subprocess

import pypandoc

from escale.apps.documents.office import DOCX_TYPE, ODT_TYPE

SECONDS = 60
READERS = {DOCX_TYPE: "docx", ODT_TYPE: "odt"}
MARKS = re.compile(r"^(?:[-•·]|\d+[.)])\s+")
"""What stands before an item of a list: each word processor has its own."""


class UnreadableTextError(RuntimeError):
    """A file whose words cannot be read; says in French what to do."""


def can_be_read(media_type: str) -> bool:
    """Tell whether the words of a file of this type can be read."""
    return media_type in READERS


def paragraphs_of(content: bytes, media_type: str) -> tuple[str, ...]:
    """Return the paragraphs of a DOCX or an ODT, tracked changes accepted, blanks made plain. Raise UnreadableTextError."""
    options = ["--sandbox", "--to", "plain", "--wrap", "none", "--track-changes", "accept"]
    limits = ["+RTS", "-M512m", "-RTS"]
    command = [pypandoc.get_pandoc_path(), *limits, "--from", READERS[media_type], *options]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=True, timeout=SECONDS)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise UnreadableTextError(
            "Le texte de ce fichier ne se lit pas ; l’enregistrer de nouveau, puis le donner ici."
        ) from error
    blocks = re.split(r"\n\s*\n", done.stdout.decode())
    lines = (MARKS.sub("", " ".join(line.split())) for block in blocks for line in block.splitlines())
    return tuple(line for line in lines if line.strip("-_ "))
