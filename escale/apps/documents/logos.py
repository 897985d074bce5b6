"""The logos of an EPCI and of its communes: given, described, replaced and removed; kept as small plain pictures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.documents.contents import KINDS, FileKind, kind_of
from escale.apps.documents.files import bytes_of, drop_file, keep_file
from escale.apps.documents.models import LONGEST_ALTERNATIVE, Logo
from escale.apps.documents.pictures import UnreadablePictureError, redrawn, size_of
from escale.apps.documents.uploads import MEGABYTE, judge
from escale.apps.territory.models import Commune, Epci
from escale.core.documents.tree import Picture

KINDS_OF_LOGOS = (FileKind.PNG, FileKind.JPEG)
MOST_MEGABYTES = 2
MOST_PIXELS = 16_000_000
"""Unpacked, four bytes each: what a machine of 1 GB can hold beside its pages."""
SMALLEST = 60
"""Pixels below which a logo is a smudge on paper."""
WIDEST, HIGHEST = 900, 450
"""Pixels that are kept: 300 in an inch for the widest logo of an A3."""


def default_alternative(epci: Epci, commune: Commune | None) -> str:
    """Return « Logo de la commune d’Oisy », « Logo : La Porte du Hainaut »."""
    return f"Logo de la commune {commune.place_name.de}" if commune else f"Logo : {epci}"


@transaction.atomic
def set_logo(
    *, actor: Actor, epci: Epci, commune: Commune | None, name: str, content: bytes | None, alternative: str = ""
) -> Logo:
    """Keep a logo in the place of the one before; without a file, only its words change."""
    _require(actor, epci, commune)
    known = Logo.objects.of(epci, commune).select_related("file").first()
    if content is None and known is None:
        raise _refused("file", "Choisir le fichier du logo.")
    words = _read_alternative(alternative, epci, commune)
    before = known.file if known else None
    row = known or Logo(epci=epci, commune=commune)
    row.alternative = words
    if content is not None:
        drawn, stem = _drawn(name, content), PurePosixPath(name).stem
        row.file = keep_file(actor=actor, epci=epci, name=f"{stem}.png", content=drawn, media_type=KINDS[FileKind.PNG].media_type)
    row.full_clean(exclude=["file"])
    row.save()
    if before is not None and before.pk != row.file_id:
        drop_file(before)
    events.record("documents.logo_set", actor=actor, epci=epci.siren, subject=commune or epci, replaced=before is not None)
    return row


@transaction.atomic
def remove_logo(*, actor: Actor, epci: Epci, commune: Commune | None) -> None:
    """Show no logo any more; one that is not there stays so."""
    _require(actor, epci, commune)
    known = Logo.objects.of(epci, commune).select_related("file").first()
    if known is None:
        return
    known.delete()
    drop_file(known.file)
    events.record("documents.logo_removed", actor=actor, epci=epci.siren, subject=commune or epci)


def logo_of(epci: Epci, commune: Commune | None) -> Picture | None:
    """Return a logo; None while there is none."""
    found = Logo.objects.of(epci, commune).select_related("file").first()
    return Picture(content=bytes_of(found.file), alternative=found.alternative) if found else None


def logos_of(epci: Epci, communes: Iterable[Commune]) -> dict[int | None, Picture]:
    """Return the logo of the EPCI, under None, and those of some communes by their keys: in one question for any number."""
    keys = [commune.pk for commune in communes]
    rows = Logo.objects.filter(Q(epci=epci, commune=None) | Q(commune__in=keys)).select_related("file__content")
    return {row.commune_id: Picture(content=bytes(row.file.content.content), alternative=row.alternative) for row in rows}


def _require(actor: Actor, epci: Epci, commune: Commune | None) -> None:
    require(actor, "mairies.manage" if commune else "territory.manage", commune or epci)
    Epci.objects.select_for_update().get(pk=epci.pk)


def _read_alternative(text: str, epci: Epci, commune: Commune | None) -> str:
    words = " ".join(text.split()) or default_alternative(epci, commune)[:LONGEST_ALTERNATIVE]
    if len(words) > LONGEST_ALTERNATIVE:
        raise _refused("alternative", f"C’est trop long : {LONGEST_ALTERNATIVE} signes au plus.")
    return words


def _drawn(name: str, content: bytes) -> bytes:
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        raise _refused(
            "file", f"Ce fichier dépasse {MOST_MEGABYTES} Mo : l’enregistrer plus petit, 900 points de large suffisent."
        )
    if name.lower().endswith((".svg", ".svgz")) or b"<svg" in content[:1000]:
        raise _refused(
            "file", "Un dessin SVG peut contenir un programme, il n’est pas accepté. L’exporter en PNG (900 points de large)."
        )
    judge(name, content, kinds=KINDS_OF_LOGOS)
    try:
        width, height = size_of(content)
        if width * height > MOST_PIXELS:
            raise _refused("file", f"Ce logo a {width} × {height} points, c’est trop : 900 de large suffisent.")
        if max(width, height) < SMALLEST:
            raise _refused(
                "file", f"Ce logo a {width} × {height} points : imprimé, il serait flou. Il en faut au moins 300 de large."
            )
        return redrawn(content, str(kind_of(content)), widest=WIDEST, highest=HIGHEST)
    except UnreadablePictureError:
        raise _refused("file", "Ce logo ne peut pas être lu : l’ouvrir, l’enregistrer en PNG, puis le donner ici.") from None


def _refused(field: str, message: str) -> ValidationError:
    return ValidationError({field: [ValidationError(message, code="E_LOGO")]})
