"""What the public pages and feeds weigh, and how many of them a second one machine serves, beside a bare « hello ».

47 communes and a published year, SQLite, gunicorn as `serve` starts it. Eight connections ask one address again and again, each
as soon as it is answered: made anew each time, kept by the server, or kept by the browser too, which asks whether it changed.
"""

from __future__ import annotations

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import machine
from bench.pages import YEAR, prepare

if TYPE_CHECKING:
    from bench.world import World

ROOT = Path(__file__).resolve().parent.parent
COMMUNES, PROCESSES, CONNECTIONS = 47, 2, 8
WARM, SECONDS = 8, 2
BOUND_BYTES = 60_000
HELLO = "/bonjour"
"""The bare view (bench/hello.py)."""
MADE, KEPT, UNCHANGED = "made anew", "kept", "kept, 304"
QUIET = subprocess.DEVNULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What the first load of an address costs the line."""

    bytes: int
    requests: int
    later: int = 0


def pages_of(world: World) -> dict[str, str]:
    """Return the addresses that are measured."""
    return {
        "home": "/",
        "commune page": f"/communes/{world.slug}/",
        "commune agenda.ics": f"/communes/{world.slug}/agenda.ics",
        "commune dates.rss": f"/communes/{world.slug}/dates.rss",
        "territory agenda.ics": "/agenda.ics",
        "lieux.csv": "/donnees/lieux.csv",
    }


def measure() -> list[dict[str, Any]]:
    """Return one row for each page and each way of keeping it."""
    from bench.world import build
    from escale.apps.territory.models import Commune

    pages = pages_of(build(COMMUNES, YEAR))
    # Without a postal code, a place is left out of the open data.
    Commune.objects.update(postal_codes=["59590"])
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "build_assets"], check=True, cwd=ROOT, stdout=QUIET)
    rows: list[dict[str, Any]] = []
    with _served(kept=0) as port:
        made = {name: _asked_again(port, path) for name, path in pages.items()}
    with _served(kept=600) as port:
        loads = _loads(port, pages)
        for name, path in pages.items():
            hello = _asked_again(port, HELLO)[0]
            rows.append(_row(name, KEPT, hello, _asked_again(port, path), loads[name]))
            rows.append(_row(name, UNCHANGED, hello, _asked_again(port, path, known=True)))
            rows.append(_row(name, MADE, hello, made[name]))
    return rows


def _row(name: str, answer: str, hello: int, asked: tuple[int, float], load: Load | None = None) -> dict[str, Any]:
    per_second, p95 = asked
    is_page = load is not None and not name.endswith((".ics", ".rss", ".csv"))
    return {
        "page": name,
        "answer": answer,
        "first_load_bytes": load.bytes if load else None,
        "bound_bytes": BOUND_BYTES if is_page else None,
        "requests": load.requests if load else None,
        "later_requests": load.later if load else None,
        "p95_ms": p95,
        "per_second": per_second,
        "hello_per_second": hello,
    }


@contextmanager
def _served(*, kept: int) -> Iterator[int]:
    """Serve the database of this process as `serve` does, without the worker; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    variables = {"ESCALE_HOSTS": "127.0.0.1", "ESCALE_PAGES_KEPT": str(kept), "DJANGO_SETTINGS_MODULE": "bench.hello_settings"}
    command = [
        *(sys.executable, "-m", "gunicorn", "escale.config.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(PROCESSES), "--threads", "4", "--log-level", "warning", "--no-control-socket"),
    ]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdout=QUIET)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _asked_again(port: int, path: str, *, known: bool = False) -> tuple[int, float]:
    """Return the answers a second, and the milliseconds under which 95 of 100 came, with every connection busy."""
    for _ in range(WARM):
        # A connection for each: both processes are warm.
        with closing(Line(port, path)) as line:
            line.ask()
    lines = [Line(port, path, etag=line.etag if known else "") for _ in range(CONNECTIONS)]
    until = time.perf_counter() + SECONDS
    spent: list[float] = []
    busy = [threading.Thread(target=line.ask_until, args=(until, spent)) for line in lines]
    for one in busy:
        one.start()
    for one in busy:
        one.join()
    for line in lines:
        line.close()
    return round(len(spent) / SECONDS), round(statistics.quantiles(spent, n=20)[-1] * 1000, 1)


class Line:
    """A connection that stays open and asks for one address: nothing but a socket, to leave the cores to the server."""

    def __init__(self, port: int, path: str, *, etag: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        self.head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{known}\r\n"
        self.etag, self.expected = etag, 304 if etag else 200

    def ask(self) -> int:
        """Ask once and return the bytes of the answer."""
        self.socket.sendall(self.head.encode())
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head = received.partition(b"\r\n\r\n")[0].decode("latin-1")
        if f" {self.expected} " not in head.partition("\r\n")[0]:
            raise SystemExit(f"{self.head}{head}")
        if tag := re.search(r"^ETag: (.+)$", head, re.MULTILINE):
            self.etag = tag[1].strip()
        length = re.search(r"^Content-Length: (\d+)", head, re.MULTILINE)
        whole = len(head) + 4 + (int(length[1]) if length and self.expected == 200 else 0)
        size = len(received)
        while size < whole:
            size += len(self._more())
        return size

    def ask_until(self, moment: float, spent: list[float]) -> None:
        """Ask until a moment, and note how long each answer took."""
        begun = time.perf_counter()
        while begun < moment:
            self.ask()
            ended = time.perf_counter()
            spent.append(ended - begun)
            begun = ended

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def _more(self) -> bytes:
        if not (some := self.socket.recv(65536)):
            raise SystemExit(f"{self.head}: hung up")
        return some


def _loads(port: int, pages: dict[str, str]) -> dict[str, Load]:
    """Return what the first load of each address costs: pages in Chromium, files in one request."""
    from playwright.sync_api import sync_playwright

    from tests.journeys.chromium import find_chromium

    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for name, path in pages.items():
            if not path.endswith("/"):
                with closing(Line(port, path)) as line:
                    found[name] = Load(bytes=line.ask(), requests=1)
                continue
            page, received = browser.new_context().new_page(), list[float]()
            client = page.context.new_cdp_session(page)
            client.send("Network.enable")
            client.on("Network.loadingFinished", lambda event, to=received: to.append(event["encodedDataLength"]))
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
            first = len(received)
            page.wait_for_timeout(1000)
            found[name] = Load(bytes=round(sum(received)), requests=first, later=len(received) - first)
            page.context.close()
        browser.close()
    return found


def main() -> None:
    """Measure and print one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
        prepare(Path(folder))
        print(json.dumps({"bench": "public_pages", "machine": machine(), "rows": measure()}))


if __name__ == "__main__":
    main()
