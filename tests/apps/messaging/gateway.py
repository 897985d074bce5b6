"""A real service of text messages on a port of its own, which keeps what it is asked and answers as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Gateway:
    """What it was asked; `status`, `answer` and `pause` are those of the next answers."""

    url: str = ""
    status: int = 200
    answer: str = '{"id": "sms-1"}'
    pause: float = 0
    location: str = ""
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)


@contextmanager
def opened_gateway() -> Iterator[Gateway]:
    """Open a service for the length of a test."""
    gateway = Gateway()

    class Answer(BaseHTTPRequestHandler):
        def _receive(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
            gateway.asked.append((self.command, dict(self.headers), body))
            time.sleep(gateway.pause)
            self.send_response(gateway.status)
            if gateway.location:
                self.send_header("Location", gateway.location)
            self.end_headers()
            self.wfile.write(gateway.answer.encode())

        do_POST = do_PUT = do_GET = _receive  # noqa: N815 -- the names of http.server

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the same
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    gateway.url = f"http://127.0.0.1:{server.server_address[1]}/send"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
