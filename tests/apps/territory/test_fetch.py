"""The service of the communes, on a loopback server: what it says, and every way in which it can fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from escale.apps.territory import fetch
from escale.apps.territory.fetch import fetch_territory
from escale.apps.territory.records import SourceError

SIREN = "200042190"
NAME = json.dumps({"nom": "CA de la Porte du Hainaut", "code": SIREN}).encode()
COMMUNES = json.dumps([{"nom": "Oisy", "code": "59446"}, {"nom": "Abscon", "code": "59002"}]).encode()


class Service(BaseHTTPRequestHandler):
    """Answers what a test wants for the communes, and the name of the EPCI before."""

    status: ClassVar[int] = 200
    body: ClassVar[bytes] = COMMUNES
    headers_more: ClassVar[dict[str, str]] = {}
    pause: ClassVar[float] = 0
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if "/communes" not in self.path:
            self._answer(200, NAME, {})
            return
        self._answer(self.status, self.body, self.headers_more)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for start in range(0, len(body), 20):
                if self.pause and "/communes" in self.path:
                    time.sleep(self.pause)
                self.wfile.write(body[start : start + 20])
        except OSError:
            # The client has left, as it should.
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name of the base class
        """Say nothing."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Service]]:
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)

    class Ours(Service):
        asked: ClassVar[list[str]] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ours)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    Ours.base = f"http://127.0.0.1:{server.server_port}/"  # type: ignore[attr-defined]
    yield Ours
    server.shutdown()
    thread.join()
    server.server_close()


def _fetch(service: type[Service], seconds: float = 5) -> Any:
    return fetch_territory(SIREN, base=service.base, seconds=seconds)  # type: ignore[attr-defined]


def test_an_epci_is_fetched_with_its_communes(service: type[Service]) -> None:
    territory = _fetch(service)

    assert (territory.siren, territory.name) == (SIREN, "CA de la Porte du Hainaut")
    assert [commune.name.full for commune in territory.communes] == ["Oisy", "Abscon"]
    assert service.asked[0] == f"/epcis/{SIREN}"
    assert "geometry=contour" in service.asked[1]
    assert "centre,contour" in service.asked[1]


@pytest.mark.parametrize(
    ("status", "told"),
    [(404, "aucun EPCI n’a ce SIREN"), (429, "trop de demandes"), (500, r"en panne \(erreur 500\)"), (503, "--file")],
)
def test_an_error_of_the_service_says_what_to_do(service: type[Service], status: int, told: str) -> None:
    service.status = status

    with pytest.raises(SourceError, match=told):
        _fetch(service)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (COMMUNES[:-20], "le JSON est incomplet"),
        (b"<html>maintenance</html>", "le JSON est incomplet ou mal formé"),
        (b'{"message": "bientot"}', "une liste de communes est attendue"),
        (b"[]", "aucune commune"),
        (b'[{"nom": "Oisy"}]', r"commune n° 1 \(Oisy\), champ « code »"),
    ],
)
def test_an_answer_of_the_wrong_shape_says_where(service: type[Service], body: bytes, told: str) -> None:
    service.body = body

    with pytest.raises(SourceError, match=told):
        _fetch(service)


def test_an_answer_that_is_cut_is_refused(service: type[Service]) -> None:
    service.headers_more = {"Content-Length": str(len(COMMUNES) + 100)}

    with pytest.raises(SourceError, match="a été coupée"):
        _fetch(service)


def test_a_service_that_drips_is_given_up(service: type[Service]) -> None:
    service.pause = 0.15

    started = time.monotonic()
    with pytest.raises(SourceError, match=r"0\.3 secondes"):
        _fetch(service, seconds=0.3)

    assert time.monotonic() - started < 2


def test_a_service_that_sends_us_elsewhere_is_not_followed(service: type[Service]) -> None:
    service.status = 302
    service.headers_more = {"Location": "http://127.0.0.1:1/ailleurs"}

    with pytest.raises(SourceError, match=r"renvoie vers http://127\.0\.0\.1:1/ailleurs .*ESCALE_GEO_API"):
        _fetch(service)


def test_an_answer_without_end_is_given_up(service: type[Service], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 60)

    with pytest.raises(SourceError, match="dépasse"):
        _fetch(service)


def test_a_service_that_is_not_there_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("http_proxy", raising=False)

    with pytest.raises(SourceError, match="ne répond pas"):
        fetch_territory(SIREN, base="http://127.0.0.1:1", seconds=2)


@pytest.mark.parametrize("base", ["file:///etc", "ftp://exemple.fr", "geo.api.gouv.fr"])
def test_an_address_of_another_kind_is_refused(base: str) -> None:
    with pytest.raises(SourceError, match="ESCALE_GEO_API"):
        fetch_territory(SIREN, base=base, seconds=1)


def test_a_wrong_siren_asks_nobody(service: type[Service]) -> None:
    with pytest.raises(SourceError, match="un chiffre est faux"):
        fetch_territory("200042191", base=service.base, seconds=1)  # type: ignore[attr-defined]

    assert service.asked == []
