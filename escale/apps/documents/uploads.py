"""A file that someone gives: small enough, what its name says, and whole; refused in words otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from escale.apps.documents.contents import KINDS, FileKind, is_whole, kind_of
from escale.apps.documents.files import plain_name

MEGABYTE = 1_000_000
MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * MEGABYTE

PAPERS = (FileKind.PDF, FileKind.PNG, FileKind.JPEG)
"""What a scan or a photo of a paper is."""
TEXTS = (FileKind.DOCX, FileKind.ODT)
"""What a word processor writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was judged: what it is follows from its bytes."""

    name: str
    content: bytes
    media_type: str


def read_upload(upload: UploadedFile, *, kinds: tuple[FileKind, ...] = PAPERS, field: str = "file") -> Upload:
    """Read a file that was sent. Raise ValidationError, under the field, before reading one that is too large."""
    require_small(upload, field=field)
    return judge(upload.name or "", upload.read(), kinds=kinds, field=field)


def require_small(upload: UploadedFile, *, field: str = "file") -> None:
    """Refuse a file that is too large, before any of it is read."""
    if (upload.size or 0) > MOST_BYTES:
        raise _refused(field, "E_FILE_TOO_LARGE", _too_large(upload.size or 0))


def judge(name: str, content: bytes, *, kinds: tuple[FileKind, ...] = PAPERS, field: str = "file") -> Upload:
    """Return a file under a name that fits what it is. Raise ValidationError, under the field, for one that is not taken."""
    if not content:
        raise _refused(field, "E_FILE_EMPTY", "Ce fichier est vide ; choisir celui qui contient le document.")
    if len(content) > MOST_BYTES:
        raise _refused(field, "E_FILE_TOO_LARGE", _too_large(len(content)))
    shown, kind = plain_name(name), kind_of(content)
    said = PurePosixPath(shown).suffix.lower().removeprefix(".")
    if kind is None or kind not in kinds:
        raise _refused(field, "E_FILE_KIND", _not_taken(shown, said, kind, kinds))
    if said and said not in KINDS[kind].suffixes:
        right = f"{PurePosixPath(shown).stem}.{kind}"
        words = f"« {shown} » est en réalité {KINDS[kind].words} : le nommer « {right} », ou donner le bon fichier."
        raise _refused(field, "E_FILE_NAME", words)
    if not is_whole(content, kind):
        words = f"« {shown} » est abîmé ou incomplet : l’ouvrir, l’enregistrer de nouveau, puis le donner ici."
        raise _refused(field, "E_FILE_DAMAGED", words)
    return Upload(name=shown if said else f"{shown}.{kind}", content=content, media_type=KINDS[kind].media_type)


def accepted_names(kinds: tuple[FileKind, ...] = PAPERS) -> str:
    """Return the ends of names as a file field takes them: « .pdf,.png,.jpg,.jpeg »."""
    return ",".join(f".{suffix}" for kind in kinds for suffix in KINDS[kind].suffixes)


def kinds_words(kinds: tuple[FileKind, ...] = PAPERS) -> str:
    """Return « un PDF, une image PNG ou une photo JPEG »."""
    *first, last = (KINDS[kind].words for kind in kinds)
    return f"{', '.join(first)} ou {last}" if first else last


def _too_large(size: int) -> str:
    megabytes = f"{size / MEGABYTE:.1f}".replace(".", ",").removesuffix(",0")
    return (
        f"Ce fichier pèse {megabytes} Mo, la limite est de {MOST_MEGABYTES} Mo. Numériser en noir et blanc ou en 200 points par "
        "pouce suffit à un texte ; ou n’envoyer que les pages utiles."
    )


def _not_taken(name: str, said: str, kind: FileKind | None, kinds: tuple[FileKind, ...]) -> str:
    known = next((one for one in FileKind if said in KINDS[one].suffixes), None)
    wanted = f"Donner {kinds_words(kinds)}."
    if kind is None and known in kinds:
        return f"« {name} » n’est pas {KINDS[known].words}, malgré son nom. {wanted}"
    if kind is not None:
        return f"« {name} » est {KINDS[kind].words}, qui n’est pas accepté ici. {wanted}"
    return f"« {name} » n’est pas accepté ici. {wanted}"


def _refused(field: str, code: str, message: str) -> ValidationError:
    return ValidationError({field: [ValidationError(message, code=code)]})
