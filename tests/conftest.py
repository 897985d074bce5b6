"""What every test stands on: the cast, quick passwords, plain static files, letters kept in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.conventions.models import JournalEntry
from escale.apps.territory.models import Commune, Epci
from tests.cast import Person, engage, make_commune, make_epci


@pytest.fixture(autouse=True)
def _light_settings(settings: Settings) -> None:
    """Leave out what only costs time here: slow hashes, and file names that need a collection first.

    Public answers are made anew: a test writes rows without the line of the audit log that gives up what is kept.
    """
    settings.PAGES_KEPT = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _journals_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that really commits be wiped away: SQLite does it by DELETE, which the journal of a convention refuses."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames) or (marker and marker.kwargs.get("transaction"))
    if not commits or connection.vendor != "sqlite":
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        trigger = "name = 'journal_is_append_only_delete'"
        written = cursor.execute(f"SELECT sql FROM sqlite_master WHERE {trigger}").fetchone()
        if written and JournalEntry.objects.exists():
            cursor.execute("DROP TRIGGER journal_is_append_only_delete")
            JournalEntry.objects.all().delete()
            cursor.execute(written[0])


@pytest.fixture
def epci(db: None) -> Epci:
    return make_epci("200042190", "La Porte du Hainaut")


@pytest.fixture
def oisy(epci: Epci) -> Commune:
    return make_commune(epci, "59446", "Oisy", elides=True, population=699)


@pytest.fixture
def bousignies(epci: Epci) -> Commune:
    return make_commune(epci, "59100", "Bousignies", population=339)


@pytest.fixture
def elsewhere(db: None) -> Epci:
    """Another EPCI of the same installation."""
    return make_epci("200068500", "Caux Seine Agglo")


@pytest.fixture
def coordinator(epci: Epci) -> User:
    return engage(Person.COORDINATOR, epci)


@pytest.fixture
def lawyer(epci: Epci) -> User:
    return engage(Person.LAWYER, epci)


@pytest.fixture
def ines(epci: Epci) -> User:
    """One of the two mediators."""
    return engage(Person.INES, epci)


@pytest.fixture
def tom(epci: Epci) -> User:
    """The other mediator."""
    return engage(Person.TOM, epci)


@pytest.fixture
def referent_oisy(epci: Epci, oisy: Commune) -> User:
    return engage(Person.REFERENT_OISY, epci, oisy)


@pytest.fixture
def referent_bousignies(epci: Epci, bousignies: Commune) -> User:
    return engage(Person.REFERENT_BOUSIGNIES, epci, bousignies)


@pytest.fixture
def desk_oisy(epci: Epci, oisy: Commune) -> User:
    """The front desk of the mairie of Oisy."""
    return engage(Person.DESK_OISY, epci, oisy)


@pytest.fixture
def reader(epci: Epci) -> User:
    return engage(Person.READER, epci)


@pytest.fixture
def stranger(elsewhere: Epci) -> User:
    """The coordinator of another EPCI: knows the house, and has nothing to see here."""
    return engage(Person.STRANGER, elsewhere)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """Leave a database on its PostgreSQL server, which goes away with the run: a slow goodbye of some thread is no fault."""
    return bool(request.config.option.database == "postgresql" or request.config.option.reuse_db)
