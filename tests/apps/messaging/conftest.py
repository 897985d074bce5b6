"""A real mail server, and a real service of text messages, on ports of their own: they keep what they are sent, or refuse it."""

from __future__ import annotations

import email.policy
import socket
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from escale.apps.messaging.sms.service import Service
from tests.apps.messaging.gateway import Gateway, opened_gateway


@dataclass
class PostOffice:
    """Keeps the letters that it accepts; `reply` is its answer to the next recipients."""

    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    reply: str = "250 OK"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reply

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- the same
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        letter = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@pytest.fixture
def post_office(settings: Settings) -> Generator[PostOffice]:
    """Send letters by SMTP to a server of this test."""
    office = PostOffice()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    yield office
    controller.stop()


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """Send text messages to a service of this test."""
    with opened_gateway() as opened:
        settings.SMS_SERVICE = Service(url=opened.url, headers={"Authorization": "Bearer secret"}, sender="Aide", id_path=("id",))
        yield opened


@pytest.fixture
def sms_folder(settings: Settings, tmp_path: Path) -> Path:
    """Write text messages into files of this test."""
    settings.SMS_SERVICE, settings.SMS_FOLDER = None, tmp_path / "sms"
    return tmp_path / "sms"
