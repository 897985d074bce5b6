"""A commune announces its dates on paper: where, when, that it is free, whom to call, and since when the dates hold."""

from __future__ import annotations

import datetime as dt
import io
import re

import pikepdf
import pytest
import segno
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.documents.logos import set_logo
from escale.apps.schedule.models import Participation
from escale.apps.territory.models import Commune, Mairie
from escale.web.takeaway.codes import QUIET, code_of
from tests.web.cast import Cast, make_commune
from tests.web.takeaway.paper import opened, text_of
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
POSTER = "/communes/oisy/affiche.pdf"
POCKET = "/communes/oisy/calendrier-de-poche.pdf"
PAPERS = (POSTER, f"{POSTER}?format=a3", POCKET)
LONGEST = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"
MONTHS = [(12, 2026), *((month, 2027) for month in range(1, 12))]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    settings.PAGES_KEPT = 0
    settings.ADDRESS = "https://aide.exemple.fr"


def pdf(address: str = POSTER) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    return response.content


def told(address: str = POSTER) -> str:
    return text_of(pdf(address))


def give_a_year(cast: Cast, commune: Commune) -> None:
    for month, year in MONTHS:
        make_visit(cast, commune, day(month, 8, year))


@pytest.mark.parametrize("address", PAPERS)
def test_a_paper_says_where_when_and_whom_to_call(cast: Cast, address: str) -> None:
    Mairie.objects.create(
        commune=cast.oisy, phone="03 53 01 00 10", phone_hours="lundi, 9 h – 12 h", other_phone="03 53 01 00 11"
    )
    give_a_year(cast, cast.oisy)

    shown = told(address)

    assert "Aide numérique à Oisy" in shown
    assert "Gratuit" in shown
    assert "Venez sans prévenir" in shown
    assert "de 9 h à 12 h" in shown
    assert "Mairie, Salle du conseil, 12 rue de l’Église" in shown
    for words in ("mardi 8 décembre 2026", "vendredi 8 janvier 2027", "lundi 8 novembre 2027"):
        assert words in shown
    assert "03 53 01 00 10 lundi, 9 h – 12 h Aux autres heures : 03 53 01 00 11" in shown
    assert "aide.exemple.fr/communes/oisy" in shown
    assert "Un service de La Porte du Hainaut et de la commune d’Oisy" in shown
    assert "(papier imprimé le 23 novembre 2026)" in shown


@pytest.mark.parametrize(("address", "size"), list(zip(PAPERS, [(595, 842), (842, 1191), (595, 842)], strict=True)))
def test_the_longest_name_and_twelve_dates_fit_on_one_page(cast: Cast, address: str, size: tuple[int, int]) -> None:
    commune = make_commune(cast.epci, "51482", LONGEST)
    give_a_year(cast, commune)

    paper = opened(pdf(address.replace("oisy", "saint-remy-en-bouzemont-saint-genest-et-isson")))

    assert len(paper.pages) == 1
    assert tuple(round(float(side)) for side in paper.pages[0].mediabox[2:]) == size


@pytest.mark.parametrize("address", PAPERS)
def test_a_paper_is_tagged_in_french_with_its_title_and_its_typeface(cast: Cast, address: str) -> None:
    give_a_year(cast, cast.oisy)

    paper = opened(pdf(address))

    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang) == "fr-FR"
    assert paper.Root.ViewerPreferences.DisplayDocTitle
    with paper.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Aide numérique à\u00a0Oisy"
    fonts = [font for page in paper.pages for font in page.Resources.Font.values()]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys()) for font in fonts)


@pytest.mark.parametrize("address", PAPERS)
def test_what_is_drawn_four_times_is_told_once(cast: Cast, address: str) -> None:
    make_visit(cast, cast.oisy, day(12, 8))

    paper = opened(pdf(address))

    figures = [node for node in paper.objects if isinstance(node, pikepdf.Dictionary) and node.get("/S") == "/Figure"]
    assert [str(node.Alt) for node in figures] == ["Code à lire avec un téléphone\u00a0: https://aide.exemple.fr/communes/oisy/"]


def test_the_code_leads_to_the_page_of_the_commune() -> None:
    address = "https://aide.exemple.fr/communes/saint-remy-en-bouzemont-saint-genest-et-isson/"

    drawn = modules(code_of(address).svg)

    expected = segno.make_qr(address, error="m").matrix
    dark = {(x + QUIET, y + QUIET) for y, row in enumerate(expected) for x, module in enumerate(row) if module}
    assert drawn == dark


def modules(svg: str) -> set[tuple[int, int]]:
    """Return the dark modules of a drawing, which are the runs of its one line."""
    [path] = re.findall(r'stroke="[^"]*" d="([^"]*)"', svg)
    found: set[tuple[int, int]] = set()
    x, y = 0, 0.0
    for step, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if step == "h":
            found |= {(x + at, int(y)) for at in range(int(first))}
            x += int(first)
        else:
            x, y = (int(first), float(second)) if step == "M" else (x + int(first), y + float(second or 0))
    return found


@pytest.mark.parametrize("address", PAPERS)
def test_a_commune_without_a_date_says_to_call_the_mairie(cast: Cast, address: str) -> None:
    Mairie.objects.create(commune=cast.oisy, phone="03 53 01 00 10")

    shown = told(address)

    assert "Pas encore de date" in shown
    assert "Appelez la mairie : elle vous dira où trouver de l’aide." in shown
    assert "03 53 01 00 10" in shown
    assert "Venez sans prévenir" not in shown
    assert "valables" not in shown


def test_a_commune_whose_convention_ended_says_since_when(cast: Cast) -> None:
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing="firm", ends=day(6, 30))

    assert "Nous ne venons plus à Oisy" in told()
    assert "L’accord avec la commune s’est terminé le 30 juin 2026." in told()


@pytest.mark.parametrize("address", PAPERS)
def test_a_mairie_without_a_telephone_is_asked_all_the_same(cast: Cast, address: str) -> None:
    assert "Demandez à la mairie d’Oisy" in told(address)


def test_a_moved_date_stands_above_and_the_poster_says_since_when_it_holds(cast: Cast) -> None:
    visit = make_visit(cast, cast.oisy, day(12, 10), "PM", origin=(day(12, 8), "AM"))
    visit.changed_at = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    visit.save()
    shown = told()

    assert "Pas le mardi 8 décembre 2026, matin : venez le jeudi 10 décembre 2026, de 14 h à 17 h" in shown
    assert shown.index("cela a changé") < shown.index("La prochaine fois")
    assert "Dates valables à partir du 20 novembre 2026 (papier imprimé le 23 novembre 2026)." in shown


def test_a_cancelled_date_is_told_and_is_no_next_date(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 8), state="cancelled")
    make_visit(cast, cast.oisy, day(1, 12, 2027))

    shown = told()

    assert "Annulé : mardi 8 décembre 2026 , personne ne vient." in shown, "what is bold is a piece of its own"
    assert shown.index("La prochaine fois") < shown.index("mardi 12 janvier 2027")


def test_hours_and_places_that_differ_are_told_with_their_date(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 8))
    make_visit(cast, cast.oisy, day(1, 12, 2027), "PM")

    assert "mardi 12 janvier 2027 14 h – 17 h" in told()


def test_a_poster_may_be_kept_for_a_moment_by_everyone(cast: Cast) -> None:
    response = Client().get(POSTER)

    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert Client().get(POSTER, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    assert not response.cookies


@pytest.mark.parametrize("address", ["/communes/nulle-part/affiche.pdf", "/communes/nulle-part/calendrier-de-poche.pdf"])
def test_an_unknown_commune_has_no_paper(cast: Cast, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_commune_that_is_in_no_service_has_no_paper(cast: Cast) -> None:
    cast.oisy.memberships.all().delete()

    assert Client().get(POSTER).status_code == 404


def test_the_public_page_and_the_mairie_lead_to_the_papers(cast: Cast) -> None:
    assert reverse("public:commune_poster", args=["oisy"]) == POSTER
    assert reverse("public:commune_pocket", args=["oisy"]) == POCKET
    make_visit(cast, cast.oisy, day(12, 8))
    assert POSTER in Client().get("/communes/oisy/").content.decode()
    client = Client()
    client.force_login(cast.desk)
    page = client.get("/mairie/dates/").content.decode()
    assert all(address in page for address in PAPERS)


@pytest.mark.parametrize("address", PAPERS)
def test_the_logos_of_both_parties_are_shown_and_said(cast: Cast, address: str) -> None:
    make_visit(cast, cast.oisy, day(12, 8))
    bare = pictures_of(address)
    set_logo(actor=SYSTEM, epci=cast.epci, commune=None, name="a.png", content=png(300, 100))
    set_logo(actor=SYSTEM, epci=cast.epci, commune=cast.oisy, name="b.png", content=png(100, 100))

    assert not any("Logo" in words for words in bare)
    assert pictures_of(address)[-2:] == ["Logo : La Porte du Hainaut", "Logo de la commune d’Oisy"]


def pictures_of(address: str) -> list[str]:
    """Return the words that stand for the pictures of a paper, in the order in which they are read."""
    found: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if "/Alt" in node:
            found.append(str(node.Alt).replace("\u00a0", " "))
        kids: pikepdf.Object | list[pikepdf.Object] = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                walk(kid)

    with opened(pdf(address)) as paper:
        walk(paper.Root.StructTreeRoot)
    return found


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (32, 96, 160)).save(out, "PNG")
    return out.getvalue()
