"""What every test stands on: the cast, quick passwords, plain static files, letters kept in memory."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.territory.models import Commune, Epci
from tests.cast import Person, engage, make_commune, make_epci


@pytest.fixture(autouse=True)
def _light_settings(settings: Settings) -> None:
    """Leave out what only costs time here: slow hashes, and file names that need a collection first."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


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
