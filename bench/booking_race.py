"""Fifty front desks want the same slot at the same moment: processes of their own, against a server that runs.

Each client opens the form of the desk as a browser does, waits for all the others, and sends it. One has the slot and the others
are told that it was taken; « lost » counts answers that say booked without a row, and rows that nobody was told of.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import multiprocessing
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier as BarrierOfProcesses
from pathlib import Path
from typing import Any

from bench.databases import DATABASES, database, prepare
from bench.machine import machine

ROOT = Path(__file__).resolve().parent.parent
CLIENTS, PROCESSES = 50, 2
PATIENCE = 120
TAKEN = "Ce créneau vient d’être pris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the clients are given: where to send, and a session for each."""

    port: int
    path: str
    cookie: str
    sessions: tuple[str, ...]


def measure(database: str, clients: int) -> dict[str, Any]:
    """Return one row: what became of the clients, and how long they waited for their answer."""
    from escale.apps.booking.models import Appointment, HeldSlot

    visit, sessions = _world(clients)
    with _served() as port:
        scene = Scene(port=port, path=f"/mairie/rendez-vous/passage/{visit}/", cookie=_cookie(), sessions=sessions)
        answers = _race(scene, clients)
    ends = Counter(end for end, _ in answers)
    rows = Appointment.objects.standing().filter(visit=visit).count()
    held = HeldSlot.objects.filter(visit=visit, number=1).count()
    milliseconds = sorted(spent * 1000 for _, spent in answers)
    return {
        "database": database,
        "clients": clients,
        "server_processes": PROCESSES,
        "booked": ends["booked"],
        "refused": ends["refused"],
        "errors": clients - ends["booked"] - ends["refused"],
        "lost": abs(rows - ends["booked"]) + abs(held - 1),
        "first_ms": round(milliseconds[0]),
        "median_ms": round(statistics.median(milliseconds)),
        "p95_ms": round(statistics.quantiles(milliseconds, n=20)[-1]) if clients > 1 else round(milliseconds[0]),
        "last_ms": round(milliseconds[-1]),
    }


def _world(clients: int) -> tuple[int, tuple[str, ...]]:
    """Return a visit with free slots in a month, and as many sessions of its front desk."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from escale.apps.team.models import Mediator
    from escale.apps.territory import clock
    from escale.apps.visits.models import Visit
    from tests.apps.booking.race import settle
    from tests.apps.booking.service import hold_post, open_office, take_part
    from tests.cast import Person, engage, make_commune, make_epci

    epci = make_epci("200042190", "La Porte du Hainaut")
    oisy = make_commune(epci, "59446", "Oisy")
    mediator = Mediator.objects.create(epci=epci, first_name="Inès", last_name="Carlier", user=engage(Person.INES, epci))
    open_office(oisy)
    take_part(epci, oisy)
    settle(epci, {oisy: clock.today() + dt.timedelta(days=30)}, hold_post(epci, oisy, "Poste 1", mediator))
    desk = engage(Person.DESK_OISY, epci, oisy)
    keys = []
    for _ in range(clients):
        session = SessionStore()
        session[SESSION_KEY] = str(desk.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = desk.get_session_auth_hash()
        session.save()
        keys.append(str(session.session_key))
    return Visit.objects.get().pk, tuple(keys)


def _race(scene: Scene, clients: int) -> list[tuple[str, float]]:
    """Return how each client ended, and how long its answer took."""
    kind = multiprocessing.get_context("spawn")
    start, told = kind.Barrier(clients), kind.Queue()
    works = [kind.Process(target=_client, args=(scene, number, start, told)) for number in range(clients)]
    for work in works:
        work.start()
    answers = [told.get(timeout=PATIENCE) for _ in works]
    for work in works:
        work.join()
    return answers


def _client(scene: Scene, number: int, start: BarrierOfProcesses, told: Any) -> None:
    """Open the form, wait for the others, send it, and tell how it ended."""
    try:
        session = f"{scene.cookie}={scene.sessions[number]}"
        page, token = _ask(scene, "GET", session)
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        fields |= {"slot": "1", "name": f"Client {number}", "channel": "mairie", "motive": "OTHER"}
        cookies = f"{session}; csrftoken={token}"
        start.wait(PATIENCE)
        begun = time.perf_counter()
        status, answer = _send(scene, cookies, urllib.parse.urlencode(fields))
        spent = time.perf_counter() - begun
    except Exception as error:  # noqa: BLE001 -- whatever happens to a client is a figure
        told.put((f"{type(error).__name__}: {error}", 0.0))
        return
    refused = "refused" if status == http.client.OK and TAKEN in answer else f"status {status}"
    told.put(("booked" if status == http.client.FOUND else refused, spent))


def _ask(scene: Scene, method: str, cookies: str) -> tuple[str, str]:
    line = http.client.HTTPConnection("127.0.0.1", scene.port, timeout=PATIENCE)
    line.request(method, scene.path, headers={"Cookie": cookies})
    answer = line.getresponse()
    page = answer.read().decode()
    found = re.search(r"csrftoken=([^;]+)", answer.getheader("Set-Cookie") or "")
    if answer.status != http.client.OK or found is None:
        raise OSError(f"the form: {answer.status}")
    return page, found[1]


def _send(scene: Scene, cookies: str, body: str) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", scene.port, timeout=PATIENCE)
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", scene.path, body=body, headers=headers)
    answer = line.getresponse()
    return answer.status, answer.read().decode()


@contextmanager
def _served() -> Iterator[int]:
    """Serve the database of this process from others, as an installation does; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    manage = [sys.executable, str(ROOT / "manage.py")]
    with (Path(os.environ["ESCALE_VAR"]) / "served").open("w+") as said:
        subprocess.run([*manage, "build_assets"], check=True, cwd=ROOT, stdout=said, stderr=said)
        command = [*manage, "serve", "--port", str(port), "--processes", str(PROCESSES)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _cookie() -> str:
    from django.conf import settings

    return settings.SESSION_COOKIE_NAME


def main() -> None:
    """Measure and print one line of JSON; without --database, both, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=CLIENTS, help="how many desks (default: %(default)s)")
    parser.add_argument("--database", choices=DATABASES, help="the database (default: both, one after the other)")
    options = parser.parse_args()
    if options.database is None:
        rows = [_apart(name, options.clients) for name in DATABASES]
    else:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="escale-bench-")))
            prepare(folder, stack.enter_context(database(options.database, folder)))
            rows = [measure(options.database, options.clients)]
            from django.db import connections

            connections.close_all()
    print(json.dumps({"bench": "booking_race", "machine": machine(), "rows": rows}))


def _apart(database: str, clients: int) -> dict[str, Any]:
    words = [sys.executable, "-m", "bench.booking_race", "--database", database, "--clients", str(clients)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])["rows"][0]
    return row


if __name__ == "__main__":
    main()
