"""An agenda and a reader of news follow a commune or a territory: read back, over the change of hour and after a move."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.models import Participation, Standing
from escale.apps.territory.models import Commune, Epci, Premises
from escale.apps.visits.actions import cancel_visit, move_visit
from escale.apps.visits.models import Visit
from escale.core.calendar.halfdays import Half
from escale.core.visits.life import Cause, Side
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
AGENDA, NEWS = "/communes/oisy/agenda.ics", "/communes/oisy/dates.rss"
FILES = [AGENDA, NEWS, "/agenda.ics", "/dates.rss"]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    settings.ADDRESS = "https://aide.exemple.fr"


@pytest.fixture
def _in_force(cast: Cast) -> None:
    """Let Oisy have a convention: without one, no date of it moves."""
    Participation.objects.create(epci=cast.epci, commune=cast.oisy, standing=Standing.FIRM.value)


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def read_back(path: str, first: dt.date, last: dt.date) -> list[Any]:
    """Return the events that an agenda shows between two days, in order."""
    found = recurring_ical_events.of(Calendar.from_ical(text(path))).between(first, last)
    return sorted(found, key=lambda event: event["DTSTART"].dt)


def channel(path: str) -> ET.Element:
    """Return the channel of an RSS 2.0 file, after checking what the format asks of it."""
    root = ET.fromstring(text(path))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [told] = root
    assert all(told.findtext(name) for name in ("title", "link", "description", "language", "ttl"))
    assert parsedate_to_datetime(told.findtext("lastBuildDate", ""))
    mine = told.find(f"{ATOM}link")
    assert mine is not None
    assert (mine.get("rel"), mine.get("href")) == ("self", f"https://aide.exemple.fr{path}")
    guids = [item.findtext("guid") for item in told.iter("item")]
    assert len(set(guids)) == len(guids)
    for item in told.iter("item"):
        assert item.findtext("title")
        assert item.findtext("link", "").startswith("https://aide.exemple.fr/communes/")
        assert item.find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr]
        assert parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo
    return told


def titles(path: str) -> list[str]:
    return [item.findtext("title", "").replace("\u202f", " ") for item in channel(path).iter("item")]


@pytest.mark.parametrize("path", FILES)
def test_anyone_reads_them_and_any_site_may_ask(cast: Cast, path: str) -> None:
    make_visit(cast, cast.oisy, day(12, 23))

    response = Client().get(path)

    assert response.headers["Content-Type"].split(";")[0] in {"text/calendar", "application/rss+xml"}
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert Client().get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert Client().post(path).status_code == 405


@pytest.mark.parametrize("path", FILES)
def test_they_are_there_before_any_date_is_published(cast: Cast, path: str) -> None:
    first = text(path)

    assert text(path) == first, "nothing changed"
    assert "VEVENT" not in first
    assert "<item>" not in first


def test_an_installation_without_any_territory_has_none(db: None) -> None:
    assert Client().get("/agenda.ics").status_code == 404
    assert Client().get("/dates.rss").status_code == 404


@pytest.mark.parametrize("file", ["agenda.ics", "dates.rss"])
def test_an_insee_code_leads_to_the_commune_and_an_unknown_name_nowhere(cast: Cast, file: str) -> None:
    elsewhere = Commune.objects.create(code="99001", name="Ailleurs", slug="ailleurs", sort_key="ailleurs", search="ailleurs")

    assert Client().get(f"/communes/59446/{file}").headers["Location"] == f"/communes/oisy/{file}"
    assert Client().get(f"/communes/nulle-part/{file}").status_code == 404
    assert Client().get(f"/communes/{elsewhere.slug}/{file}").status_code == 404, "of no service here"


@pytest.mark.parametrize(
    ("before", "after"),
    [(day(3, 26, 2027), day(3, 30, 2027)), (day(10, 29, 2027), day(11, 2, 2027))],
    ids=["late March", "late October"],
)
def test_local_hours_stay_over_the_change_of_hour(cast: Cast, before: dt.date, after: dt.date) -> None:
    make_visit(cast, cast.oisy, before)
    make_visit(cast, cast.oisy, after)
    make_visit(cast, cast.denain, after, "PM")

    shown = read_back(AGENDA, before, after + dt.timedelta(days=1))
    everywhere = read_back("/agenda.ics", before, after + dt.timedelta(days=1))

    assert [event["DTSTART"].dt.date() for event in shown] == [before, after]
    assert [str(event["DTSTART"].dt.time()) for event in everywhere] == ["09:00:00", "09:00:00", "14:00:00"]
    assert {(str(event["DTSTART"].dt.time()), str(event["DTEND"].dt.time())) for event in shown} == {("09:00:00", "12:00:00")}
    assert shown[0]["DTSTART"].dt.utcoffset() != shown[1]["DTSTART"].dt.utcoffset()


@pytest.mark.usefixtures("_in_force")
def test_an_agenda_that_read_a_date_finds_it_where_it_moved(cast: Cast) -> None:
    visit = make_visit(cast, cast.oisy, day(10, 28, 2027))
    Visit.objects.update(changed_at=dt.datetime.combine(TODAY - dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC))
    [before] = read_back(AGENDA, day(10, 1, 2027), day(12, 1, 2027))

    move_visit(actor=SYSTEM, visit=visit, date=day(11, 4, 2027), half=Half.PM, reason="Salle prise")

    [after] = read_back(AGENDA, day(10, 1, 2027), day(12, 1, 2027))
    assert after["UID"] == before["UID"] == f"{visit.uid}@aide.exemple.fr"
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["DTSTART"].dt.isoformat() == "2027-11-04T14:00:00+01:00"
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt


def test_an_agenda_is_told_that_a_date_is_given_up(cast: Cast) -> None:
    visit = make_visit(cast, cast.oisy, day(12, 23))

    cancel_visit(actor=SYSTEM, visit=visit, side=Side.SERVICE, cause=Cause.ABSENCE)

    [event] = read_back(AGENDA, day(12, 1), day(12, 31))
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 1, f"{visit.uid}@aide.exemple.fr")


def test_several_territories_are_told_together_each_in_its_own_hours(cast: Cast) -> None:
    island = Epci.objects.create(siren="249740119", name="Territoire de la Côte Ouest", time_zone="Indian/Reunion")
    port = make_commune(island, "97407", "Le Port")
    make_visit(cast, cast.oisy, day(12, 23))
    Visit.objects.filter(pk=make_visit(cast, port, day(12, 22)).pk).update(epci=island)

    together = read_back("/agenda.ics", day(12, 1), day(12, 31))
    one = read_back("/agenda.ics?epci=249740119", day(12, 1), day(12, 31))

    assert [event["DTSTART"].dt.isoformat() for event in together] == ["2026-12-22T09:00:00+04:00", "2026-12-23T09:00:00+01:00"]
    assert [event["UID"] for event in one] == [together[0]["UID"]]
    assert len(titles("/dates.rss")) == 2
    assert Client().get("/agenda.ics?epci=999999999").status_code == 404


def test_the_news_tell_the_next_dates_in_full_words(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(11, 18))
    make_visit(cast, cast.oisy, day(12, 23), "PM")
    make_visit(cast, cast.oisy, day(1, 27, 2027), "PM")

    told = channel(NEWS)

    assert told.findtext("title") == "Aide numérique à Oisy"
    assert told.findtext("link") == "https://aide.exemple.fr/communes/oisy/"
    assert titles(NEWS) == [
        "Mercredi 23 décembre 2026, 14 h – 17 h, à Oisy",
        "Mercredi 27 janvier 2027, 14 h – 17 h, à Oisy",
    ]
    assert "Mairie, Salle du conseil, 12 rue de l’Église<br>" in next(told.iter("item")).findtext("description", "")


def test_the_news_of_a_territory_tell_its_two_months_to_come(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23))
    make_visit(cast, cast.denain, day(12, 9))
    make_visit(cast, cast.denain, day(3, 10, 2027))

    assert titles("/dates.rss") == [
        "Mercredi 9 décembre 2026, 9 h – 12 h, à Denain",
        "Mercredi 23 décembre 2026, 9 h – 12 h, à Oisy",
    ]


@pytest.mark.usefixtures("_in_force")
def test_a_date_that_moved_is_news(cast: Cast) -> None:
    visit = make_visit(cast, cast.oisy, day(12, 23))
    [before] = [item.findtext("guid") for item in channel(NEWS).iter("item")]

    move_visit(actor=SYSTEM, visit=visit, date=day(12, 17), half=Half.AM, reason="Salle prise")

    [item] = channel(NEWS).iter("item")
    assert item.findtext("guid") != before, "a reader shows it again"
    assert titles(NEWS) == ["La date a changé à Oisy : jeudi 17 décembre 2026, 9 h – 12 h"]
    assert "Ce n’est plus mercredi 23 décembre 2026, matin." in item.findtext("description", "")


def test_a_date_that_is_given_up_is_news_while_people_may_come(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 9), state="cancelled")
    make_visit(cast, cast.oisy, day(9, 8, 2027), state="cancelled")

    assert titles(NEWS) == ["Annulé : personne ne vient à Oisy le mercredi 9 décembre 2026, 9 h – 12 h"]


def test_what_a_town_hall_types_stays_text(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23))
    Premises.objects.update(name="<script>alert(1)</script>\x0b & Cie")

    [item] = channel(NEWS).iter("item")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;  &amp; Cie" in item.findtext("description", "")


def test_no_name_and_no_number_of_anyone_leaves(cast: Cast) -> None:
    make_visit(cast, cast.oisy, day(12, 23))

    for words in map(text, FILES):
        assert not [name for name in ("Camille", "Rose", "0353", "03 53", "escale") if name.lower() in words.lower()]


@pytest.mark.parametrize("path", ["/agenda.ics", "/dates.rss"])
def test_fifty_communes_cost_as_many_queries_as_one(cast: Cast, path: str) -> None:
    make_visit(cast, cast.oisy, day(12, 1))
    few = queries_of(Client(), path)

    for number in range(50):
        commune = make_commune(cast.epci, f"99{number:03}", f"Commune {number}")
        Premises.objects.create(commune=commune, name="Mairie")
        make_visit(cast, commune, day(12, 2) + dt.timedelta(days=number))

    assert queries_of(Client(), path) == few


def test_the_page_of_all_dates_leads_to_both(cast: Cast) -> None:
    page = text("/communes/oisy/dates/")

    assert f'href="{AGENDA}"' in page
    assert page.index('rel="alternate" type="application/rss+xml"') < page.index("<body")
    assert page.count(f'href="{NEWS}"') == 2
