"""The logo of an EPCI or of a commune is judged by its bytes, made small, described, replaced and removed."""

from __future__ import annotations

import io
import struct

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from PIL import Image

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.documents.logos import logo_of, logos_of, remove_logo, set_logo
from escale.apps.documents.models import StoredFile
from escale.apps.documents.pictures import size_of
from escale.apps.territory.models import Commune, Epci
from tests.apps.documents.scans import pdf

pytestmark = pytest.mark.django_db


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (32, 96, 160)).save(out, form)
    return out.getvalue()


def said_to_be(width: int, height: int) -> bytes:
    """Return a small PNG whose head tells another size."""
    whole = picture(80, 80)
    return whole[:16] + struct.pack(">II", width, height) + whole[24:]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (picture(1800, 300), (900, 150)),
        (picture(600, 900, "JPEG"), (300, 450)),
        (picture(200, 100), (200, 100)),
    ],
    ids=["wide", "high", "small"],
)
def test_a_logo_is_kept_as_a_small_picture_with_words(coordinator: User, epci: Epci, given: bytes, kept: tuple[int, int]) -> None:
    set_logo(actor=coordinator, epci=epci, commune=None, name="Logo été.jpg" if given[:1] == b"\xff" else "x.png", content=given)

    logo = logo_of(epci, None)

    assert logo is not None
    assert (logo.kind, size_of(logo.content)) == ("png", kept)
    assert logo.alternative == f"Logo : {epci}"
    assert Image.open(io.BytesIO(logo.content)).convert("RGB").getpixel((9, 9))[2] > 140  # type: ignore[index]


def test_a_commune_gives_describes_replaces_and_removes_its_own(referent_oisy: User, epci: Epci, oisy: Commune) -> None:
    set_logo(actor=referent_oisy, epci=epci, commune=oisy, name="a.png", content=picture(200, 100))
    first = logos_of(epci, [oisy])[oisy.pk]
    set_logo(actor=referent_oisy, epci=epci, commune=oisy, name="", content=None, alternative=" Le blason  d’Oisy ")
    described = logos_of(epci, [oisy])[oisy.pk]
    set_logo(actor=referent_oisy, epci=epci, commune=oisy, name="b.png", content=picture(100, 100))
    replaced = logos_of(epci, [oisy])[oisy.pk]

    assert first.alternative == "Logo de la commune d’Oisy"
    assert (described.alternative, described.content) == ("Le blason d’Oisy", first.content)
    assert size_of(replaced.content) == (100, 100)
    assert StoredFile.objects.count() == 1, "the one before is forgotten"

    remove_logo(actor=referent_oisy, epci=epci, commune=oisy)

    assert logos_of(epci, [oisy]) == {}
    assert not StoredFile.objects.exists()
    events = Entry.objects.filter(event__startswith="documents.logo").order_by("pk").values_list("event", flat=True)
    assert list(events) == [*["documents.logo_set"] * 3, "documents.logo_removed"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "logo.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "SVG peut contenir un programme",
        ),
        ("logo.png", b"<?xml version='1.0'?><svg/>", "SVG peut contenir un programme"),
        ("logo.pdf", pdf(), "n’est pas accepté ici"),
        ("logo.png", picture(200, 100)[:-30], "abîmé ou incomplet"),
        ("logo.png", picture(40, 20), "serait flou"),
        ("logo.jpg", picture(5000, 4000, "JPEG"), "5000 × 4000 points"),
        ("logo.png", said_to_be(4000, 4000), "abîmé"),
        ("logo.png", b"x" * 2_100_000, "dépasse 2 Mo"),
        ("logo.png", b"", "vide"),
    ],
    ids=["svg", "hidden svg", "pdf", "cut", "tiny", "huge", "lying", "heavy", "empty"],
)
def test_what_is_no_logo_is_refused_in_words(coordinator: User, epci: Epci, name: str, content: bytes, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        set_logo(actor=coordinator, epci=epci, commune=None, name=name, content=content)

    assert words in str(refused.value.message_dict["file"])
    assert not StoredFile.objects.exists()


def test_words_alone_are_no_logo_and_another_s_is_not_ours_to_change(referent_oisy: User, coordinator: User, epci: Epci) -> None:
    with pytest.raises(ValidationError, match="Choisir le fichier"):
        set_logo(actor=coordinator, epci=epci, commune=None, name="", content=None, alternative="Le logo")
    with pytest.raises(PermissionDenied):
        set_logo(actor=referent_oisy, epci=epci, commune=None, name="a.png", content=picture(200, 100))
    with pytest.raises(PermissionDenied):
        remove_logo(actor=referent_oisy, epci=epci, commune=None)
