"""A public page is the same for everyone: browsers and the process keep it, and nobody's cookie is read or set."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.territory.actions import add_premises
from escale.web.public.caching import public_answer
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
PAGES = ["/", "/?q=oisy", "/communes/oisy/"]
MANY = 200
"""What one address may ask for in a minute."""


@pytest.fixture(autouse=True)
def _published(settings: Settings, cast: Cast) -> None:
    settings.ESCALE_TODAY = TODAY
    make_visit(cast, cast.oisy, day(12, 23))


@pytest.fixture
def kept(settings: Settings) -> Iterator[None]:
    """Let the process keep what it answers, for this test alone."""
    settings.PAGES_KEPT = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_keeps_a_public_page_and_is_given_no_cookie(path: str) -> None:
    response = Client().get(path)

    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_did_not_change_is_not_sent_again(path: str) -> None:
    first = Client().get(path, headers={"Accept-Encoding": "gzip"})

    again = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["Cache-Control"] == "public, max-age=300"


def test_who_has_a_session_gets_the_very_page_of_everyone(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.coordinator)

    mine, of_everyone = client.get("/communes/oisy/"), Client().get("/communes/oisy/")

    assert mine.content == of_everyone.content
    assert mine.headers["ETag"] == of_everyone.headers["ETag"]
    assert not mine.cookies
    assert "Cookie" not in mine.headers.get("Vary", "")
    assert client.get("/pilotage/").status_code == 200, "they stay logged in"


def test_what_was_not_found_is_not_kept() -> None:
    response = Client().get("/communes/nulle-part/")

    assert response.status_code == 404
    assert "public" not in response.headers.get("Cache-Control", "")


def test_an_answer_that_reads_a_session_is_seen_to_fail() -> None:
    def reads(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.session.get("name", ""))

    with pytest.raises(AttributeError):
        public_answer(reads)(RequestFactory().get("/"))


def test_a_form_to_send_is_never_kept_for_everyone() -> None:
    def asks(request: HttpRequest) -> HttpResponse:
        return HttpResponse(get_token(request))

    with pytest.raises(ImproperlyConfigured):
        public_answer(asks)(RequestFactory().get("/"))


@pytest.mark.usefixtures("kept")
def test_a_page_is_made_once_for_two_hundred_requests() -> None:
    first = Client().get("/communes/oisy/")

    asked = {queries_of(Client(), "/communes/oisy/") for _ in range(MANY)}

    assert asked == {1}, "which line of the audit log is the last one"
    assert Client().get("/communes/oisy/").content == first.content
    assert Client().get("/", REMOTE_ADDR="192.0.2.7").status_code == 200, "another address is served"


@pytest.mark.usefixtures("kept")
def test_whatever_is_done_shows_at_once(cast: Cast) -> None:
    before = Client().get("/communes/denain/")

    make_visit(cast, cast.denain, day(12, 9), "PM")
    add_premises(actor=SYSTEM, commune=cast.denain, name="Halle aux sports", address="")

    after = Client().get("/communes/denain/")
    assert "Halle aux sports" not in before.content.decode()
    assert "Halle aux sports" in after.content.decode()


@pytest.mark.usefixtures("kept")
def test_each_address_keeps_its_own_answer() -> None:
    oisy, denain = Client().get("/communes/oisy/").content, Client().get("/communes/denain/").content

    assert oisy != denain
    assert Client().get("/communes/oisy/").content == oisy
    assert Client().get("/?q=denain").content != Client().get("/?q=oisy").content


@pytest.mark.usefixtures("kept")
def test_what_is_kept_is_sent_compressed_to_whoever_reads_it() -> None:
    plain = Client().get("/communes/oisy/")

    small = Client().get("/communes/oisy/", headers={"Accept-Encoding": "gzip, br"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert gzip.decompress(small.content) == plain.content == Client().get("/communes/oisy/").content
    seen = {"If-None-Match": small.headers["ETag"], "Accept-Encoding": "gzip, br"}
    assert Client().get("/communes/oisy/", headers=seen).status_code == 304


@pytest.mark.usefixtures("kept")
def test_what_is_too_long_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("escale.web.public.caching.LONGEST", 10)
    Client().get("/communes/oisy/")

    assert queries_of(Client(), "/communes/oisy/") > 1
