"""Oisy's convention and its mairie, on 23 November 2026: the first renewal runs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from tests.apps.conventions.paper import day
from tests.web.cast import Cast

PAGE = "/mairie/convention/"


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def referent(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.referent)


@pytest.fixture
def desk(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.desk)


def words(client: Client, path: str = PAGE, *, status: int = 200) -> str:
    """Return what a page says, on one line, its marks left out."""
    response = client.get(path)
    assert response.status_code == status, path
    return plain(response.content.decode())


def plain(content: str) -> str:
    """Return the words of a page, on one line."""
    _, _, main = content.partition("<main")
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def pdf(name: str = "deliberation.pdf") -> SimpleUploadedFile:
    """Return a small file that is what its name says."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


_BODY = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
PDF = _BODY + b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 2>>\nstartxref\n%d\n%%%%EOF\n" % len(_BODY)
"""The smallest file that stands for a scan."""
