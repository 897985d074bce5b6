"""Pictures of figures: whole for whoever does not see them, safe whatever they are given, and the same on paper."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from django.template.loader import render_to_string

from escale.apps.documents.rendering import Layout, to_pdf
from escale.core.calendar.months import Month
from escale.core.documents.tree import Document
from escale.core.evaluation.funnel import rates, shares
from escale.web.pictures.bars import MANY, bars
from escale.web.pictures.funnel import funnel_plot
from escale.web.pictures.months import by_month
from escale.web.pictures.papers import blocks_of
from escale.web.pictures.picture import Hidden, Picture, Shown
from escale.web.pictures.signs import Outcome
from escale.web.pictures.svg import INKS, length, wrapped
from escale.web.pictures.territory import Place, territory_map
from escale.web.pictures.visits import VisitMark, year_of_visits, years_of_visits

SVG = "{http://www.w3.org/2000/svg}"
TAGS = ("svg", "title", "desc", "defs", "pattern", "g", "use", "text", "line", "rect", "circle", "path", "polygon", "polyline")
DRAWN = {f"{SVG}{tag}" for tag in TAGS}
REFERENCE = re.compile(r"^(?:fill=url\(|href=)#([\w-]+)")
SHEET = Path("escale/web/static/escale/pictures.css")
YEAR = [Month(2026, number) for number in range(1, 13)]
HOSTILE = "</text><script>alert(1)</script>\" onload='x' \x00\u202e&amp;" + "A" * 300
LONGEST = "Aide aux démarches administratives (France Services…)"
HELD = (VisitMark(outcome=Outcome.HELD, day="mer. 28"),)
EVERY_OUTCOME = [[VisitMark(outcome=outcome, day="jeu. 8")] for outcome in Outcome] + [[*HELD, *HELD], [], [], []]
SQUARE = [(3.2, -50.3), (3.3, -50.3), (3.3, -50.4), (3.2, -50.4)]


def the_five(name: str, values: Sequence[Shown]) -> list[Picture]:
    """Every kind of picture of the same figures, each called `name`."""
    places = [Place(name=name, value=value, position=(50.3 + at / 50, 3.4), is_named=True) for at, value in enumerate(values)]
    counted = {str(at): (0 if isinstance(value, Hidden) else int(value), 0.3 + at / 2) for at, value in enumerate(values)}
    return [
        by_month(title=name, months=list(zip(YEAR, values, strict=False))),
        bars(title=name, bars=[(name, value) for value in values], heading="Thème", note=MANY),
        year_of_visits(title=name, months=YEAR, visits=EVERY_OUTCOME),
        years_of_visits(title=name, months=YEAR, rows=[(name, EVERY_OUTCOME) for _ in values]),
        territory_map(title=name, places=places, unit="accompagnements"),
        territory_map(title=name, places=[replace(place, rings=[SQUARE]) for place in places], unit="accompagnements"),
        funnel_plot(title=name, funnel=rates(counted), rate="accompagnements", named=dict.fromkeys(counted, name)),
    ]


def drawings_of(picture: Picture) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in (picture.svg, picture.narrow)]


def written_in(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    "values",
    [[14, 0, Hidden.MASKED, 12.4, Hidden.MISSING, Hidden.AHEAD, 1204], [Hidden.MASKED] * 12, [0] * 3, [7], [], [5] * 47],
    ids=["mixed", "all-masked", "zeros", "one", "none", "47-rows"],
)
def test_whatever_it_is_given_a_picture_is_whole_and_runs_nothing(values: Sequence[Shown]) -> None:
    for picture in [picture for name in ("Oisy", LONGEST, HOSTILE, "") for picture in the_five(name, values)]:
        for root in drawings_of(picture):
            title, description, *_ = root
            assert root.get("role") == "img"
            assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
            assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
            assert description.text == picture.description.replace("\x00", "").replace("\u202e", "")
            assert {each.tag for each in root.iter()} <= DRAWN
            attributes = [(key, value) for each in root.iter() for key, value in each.items()]
            assert not any(key.startswith("on") or key == "style" for key, _ in attributes)
            ids = [value for key, value in attributes if key == "id"]
            assert len(ids) == len(set(ids))
            assert {found for key, value in attributes for found in REFERENCE.findall(f"{key}={value}")} <= set(ids)
            assert all(0 <= float(each.get("width", 0)) <= 640 for each in root.iter(f"{SVG}rect"))


def test_nothing_can_be_read_from_what_is_masked() -> None:
    picture = bars(title="Par mode", bars=[("Sur place", 312), ("À distance", Hidden.MASKED)], heading="Mode")

    assert written_in(picture.svg) == ["Sur place", "312", "À distance", "masqué"]
    assert [row[1] for row in picture.table.rows] == [312, Hidden.MASKED]
    assert picture.description == "Sur place : 312 accompagnements. 1 valeur masquée."


def test_bars_grow_with_what_they_count() -> None:
    root = ElementTree.fromstring(bars(title="Par mode", bars=[("a", 40), ("b", 20), ("c", 0)], heading="Mode").svg)

    widths = [float(each.get("width", 0)) for each in root.iter(f"{SVG}rect")]
    assert widths == [pytest.approx(2 * widths[1], abs=0.2), widths[1]]


def test_every_letter_of_a_telephone_is_drawn_at_twelve_units_or_more() -> None:
    for picture in the_five(LONGEST, [14, Hidden.MASKED]):
        assert min(int(size) for size in re.findall(r'font-size="(\d+)"', picture.narrow)) >= 12


def test_long_words_stand_on_lines_that_have_room() -> None:
    lines = wrapped(LONGEST, 125, 13)

    assert lines == ["Aide aux démarches", "administratives", "(France Services…)"]
    assert wrapped("rattrapage", 53, 12) == ["rattrap-", "age"]
    assert all(length(line, 13) <= 90 for line in wrapped("A" * 300, 90, 13))


def test_the_year_of_a_commune_says_each_outcome_by_its_letter_and_in_words() -> None:
    picture = year_of_visits(title="Oisy", months=YEAR, visits=EVERY_OUTCOME)

    assert set("".join(Outcome)) <= set(written_in(picture.svg)) & set(written_in(picture.narrow))
    assert picture.table.rows[3] == ("avril 2026", "jeu. 8", "annulée par la commune")
    assert picture.table.rows[-1] == ("décembre 2026", "–", "rien de dû")
    assert picture.description.startswith("3 tenues, 1 déplacée et tenue, 1 tenue en rattrapage, 1 annulée par la commune, ")


def test_forty_seven_years_name_each_commune_and_repeat_no_sign() -> None:
    rows = [(f"Commune {number}", [HELD] * 11 + [()]) for number in range(47)]
    picture = years_of_visits(title="Le territoire", months=YEAR, rows=rows)

    assert {name for name, _ in rows} <= set(written_in(picture.svg)) & set(written_in(picture.narrow))
    assert picture.table.rows[0] == ("Commune 0", 11, "rien de dû : décembre")
    assert len(picture.svg) < 80_000


def test_a_map_tells_its_shades_in_words_and_sets_no_commune_above_another() -> None:
    values: list[Shown] = [8, 21, 44, 57, 95, 104, 340, Hidden.MASKED]
    places = [Place(name=f"C{value}", value=value, position=(50 + at / 20, 3)) for at, value in enumerate(values)]
    picture = territory_map(title="Par commune", places=places, unit="accompagnements")

    assert picture.description == "Carte, le nord en haut. De 8 à 340 accompagnements selon les communes, 1 valeur masquée."
    assert [row[2] for row in picture.table.rows] == [
        "moins de 20",
        *["de 20 à moins de 60"] * 3,
        "de 60 à moins de 100",
        *["100 et plus"] * 2,
        "masqué",
    ]
    assert "masqué" in written_in(picture.svg)


def test_a_funnel_names_nobody_unless_it_is_asked_for() -> None:
    counted = rates({"59172": (3600, 200.0), "59449": (9, 0.5), "59100": (72, 4.0), "59002": (10, 4.0)})
    silent, telling = (
        funnel_plot(title="Taux", funnel=counted, rate="accompagnements pour 1 000 habitants", named=named)
        for named in ({}, {"59002": "Abscon", "59172": "Denain"})
    )

    assert not {"Denain", "Abscon", "59172"} & set(written_in(silent.svg))
    assert {"Abscon", "Denain"} <= set(written_in(telling.svg)) & set(written_in(telling.narrow))
    assert [row[1:] for row in silent.table.rows] == [(3,), (0,), (0,), (0,), (1,)]
    assert [row[2] for row in telling.table.rows] == ["Denain (18)", "–", "–", "–", "Abscon (2,5)"]


def test_a_funnel_of_shares_is_in_percents() -> None:
    picture = funnel_plot(title="Part", funnel=shares({"a": (30, 60), "b": (40, 80)}), rate="%", size="réponses")

    assert {"0", "20", "40", "60", "70", "80"} <= set(written_in(picture.svg))
    assert picture.description == "2 communes, moyenne : 50 %. 2 : rien d’anormal."


def test_the_sheet_of_pages_has_a_rule_for_each_ink() -> None:
    sheet = SHEET.read_text(encoding="utf-8")

    assert {ink for ink in INKS if f".pic-{ink}" not in sheet} == set()


def test_a_page_shows_the_drawing_and_folds_the_same_figures_below() -> None:
    picture = bars(title="Par thème", bars=[(HOSTILE, 1204), ("Santé", Hidden.MASKED)], heading="Thème", note=MANY)

    page = render_to_string("cotton/picture.html", {"picture": picture})

    assert picture.svg in page
    assert picture.narrow in page
    assert "<script" not in page
    assert re.findall(r'<td data-label="Accompagnements" class="number">(.*?)</td>', page) == ["1\u202f204", "masqué"]
    assert MANY in page


def test_on_paper_every_drawing_has_its_words_and_our_typeface_alone() -> None:
    blocks = [block for picture in the_five(HOSTILE, [1204, 0, Hidden.MASKED]) for block in blocks_of(picture)]
    document = Document(title="Bilan", issuer="La Porte du Hainaut", date=dt.date(2026, 11, 23), blocks=tuple(blocks))

    with pikepdf.open(io.BytesIO(to_pdf(document, Layout.PLANNING))) as pdf:
        said = [str(each.Alt) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
        fonts = {str(each.BaseFont) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each}

    assert len(said) >= 7
    assert any("1 valeur masquée" in words for words in said)
    assert all("Atkinson" in font for font in fonts)
