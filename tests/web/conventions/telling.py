"""What a page of the conventions says to whoever reads it."""

from __future__ import annotations

import html
import re
from typing import Protocol

from django.test import Client


class Answer(Protocol):
    """A response, as the test client gives it."""

    content: bytes


def words_of(answer: Answer) -> str:
    """Return what a page says, on one line, without its marks."""
    told = re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode()))
    return re.sub(r"\s+", " ", told)


def shown(client: Client, path: str) -> str:
    """Return what a page says; it must answer."""
    response = client.get(path)
    assert response.status_code == 200
    return words_of(response)
