"""Communes: found by their names, members of an EPCI from one day to another, merged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.actions import (
    end_membership,
    merge_commune,
    place_commune,
    rename_commune,
    start_membership,
    write_ages_of_commune,
    write_ages_of_epci,
)
from escale.apps.territory.models import Commune, Epci, Membership
from escale.apps.territory.names import Article, PlaceName, propose
from escale.apps.territory.queries import epci_of
from tests.cast import make_commune

pytestmark = pytest.mark.django_db

NEW_YEAR = dt.date(2027, 1, 1)
NEW_YEARS_EVE = dt.date(2026, 12, 31)


@pytest.mark.parametrize("words", ["rœulx", "ROEULX", "  roeu ", "Rœ"])
def test_a_commune_is_found_whatever_the_accents_and_the_case(words: str, epci: Epci, oisy: Commune) -> None:
    roeulx = make_commune(epci, "59504", "Rœulx")

    assert list(Commune.objects.matching(words)) == [roeulx]


def test_a_search_needs_every_word(epci: Epci) -> None:
    make_commune(epci, "59651", "Wavrechain-sous-Denain")
    faulx = make_commune(epci, "59652", "Wavrechain-sous-Faulx")

    assert list(Commune.objects.matching("faulx wavrechain")) == [faulx]
    assert Commune.objects.matching("").count() == 2


def test_communes_are_sorted_without_article_nor_accent(epci: Epci) -> None:
    for code, name, article in [
        ("59564", "Sentinelle", "La"),
        ("59192", "Émerchicourt", ""),
        ("59207", "Escautpont", ""),
    ]:
        make_commune(epci, code, name, article=article)

    assert [str(commune) for commune in Commune.objects.all()] == ["Émerchicourt", "Escautpont", "La Sentinelle"]


def test_a_name_is_written_with_its_forms_and_its_keys(coordinator: User, oisy: Commune) -> None:
    name = PlaceName(bare="Épine", article=Article.ELIDED)

    rename_commune(actor=coordinator, commune=oisy, name=name)

    oisy.refresh_from_db()
    assert oisy.place_name == name
    assert list(Commune.objects.matching("l'epine")) == [oisy]
    assert "name" in Entry.objects.get(event="territory.commune_renamed").details["changed"]


@pytest.mark.parametrize(
    "name", ["Oisy #1", "*Oisy*", "$Oisy$", "_Oisy_", "Oisy @ref", "[Oisy](x)", "=Oisy", "<b>Oisy", "Oi\\sy", "`Oisy`"]
)
def test_marks_of_a_text_are_refused_in_a_name(coordinator: User, oisy: Commune, name: str) -> None:
    with pytest.raises(ValidationError, match="Aucune commune ne s’écrit avec"):
        rename_commune(actor=coordinator, commune=oisy, name=PlaceName(bare=name))

    oisy.refresh_from_db()
    assert str(oisy) == "Oisy"


def test_an_action_that_changes_nothing_leaves_no_trace(coordinator: User, oisy: Commune) -> None:
    rename_commune(actor=coordinator, commune=oisy, name=oisy.place_name)

    assert not Entry.objects.filter(event="territory.commune_renamed").exists()


def test_a_position_is_whole_and_on_earth(coordinator: User, oisy: Commune) -> None:
    for latitude, longitude in [(50.3, None), (95.0, 3.4), (50.3, 181.0)]:
        with pytest.raises(ValidationError, match="latitude et la longitude ensemble"):
            place_commune(actor=coordinator, commune=oisy, latitude=latitude, longitude=longitude)
        oisy.refresh_from_db()

    place_commune(actor=coordinator, commune=oisy, latitude=50.3523, longitude=3.4335)

    assert oisy.position == (50.3523, 3.4335)


def test_ages_stay_within_the_population(coordinator: User, oisy: Commune) -> None:
    given: dict[str, Any] = {"actor": coordinator, "commune": oisy, "source": " Insee,  recensement ", "year": 2023}
    for more, less, words in [(700, None, "ceux|population"), (None, 700, "population"), (560, 561, "60 ans")]:
        with pytest.raises(ValidationError, match=words):
            write_ages_of_commune(**given, population_15=more, population_60=less)
        oisy.refresh_from_db()
    for wrong in ({"source": " "}, {"year": 2097}, {"year": None}):
        with pytest.raises(ValidationError, match=next(iter(wrong))):
            write_ages_of_commune(**{**given, **wrong}, population_15=560, population_60=180)

    write_ages_of_commune(**given, population_15=560, population_60=180)

    oisy.refresh_from_db()
    assert (oisy.population_15, oisy.population_60, oisy.ages_source) == (560, 180, "Insee, recensement")

    write_ages_of_commune(**{**given, "source": "", "year": None}, population_15=None, population_60=None)
    oisy.refresh_from_db()
    assert (oisy.population_15, oisy.ages_source, oisy.ages_year) == (None, "", None)


def test_the_ages_of_a_territory_stay_within_its_communes(
    coordinator: User, epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    given: dict[str, Any] = {"actor": coordinator, "epci": epci, "source": "Insee", "year": 2023}
    with pytest.raises(ValidationError, match="1038 habitants"):
        write_ages_of_epci(**given, population_15=1039, population_60=None)

    write_ages_of_epci(**given, population_15=830, population_60=240)

    epci.refresh_from_db()
    assert (epci.population_15, epci.population_60, epci.ages_year) == (830, 240, 2023)


def test_a_commune_goes_from_one_epci_to_another(epci: Epci, elsewhere: Epci, oisy: Commune) -> None:
    with pytest.raises(ValidationError, match="clore d’abord"):
        start_membership(actor=SYSTEM, epci=elsewhere, commune=oisy, starts=NEW_YEAR)

    end_membership(actor=SYSTEM, membership=oisy.memberships.get(), ends=NEW_YEARS_EVE)
    start_membership(actor=SYSTEM, epci=elsewhere, commune=oisy, starts=NEW_YEAR)

    assert (epci_of(oisy, NEW_YEARS_EVE), epci_of(oisy, NEW_YEAR)) == (epci, elsewhere)
    assert list(Commune.objects.members_of(epci, NEW_YEAR, dt.date.max)) == []
    assert list(Commune.objects.members_of(epci, NEW_YEARS_EVE, NEW_YEAR)) == [oisy]


def test_a_membership_does_not_end_before_it_starts(oisy: Commune) -> None:
    with pytest.raises(ValidationError, match="La fin est avant le début"):
        end_membership(actor=SYSTEM, membership=oisy.memberships.get(), ends=dt.date(2023, 12, 31))


def test_a_commune_merges_into_another(coordinator: User, epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    merge_commune(actor=coordinator, commune=oisy, into=bousignies, on=NEW_YEAR)

    oisy.refresh_from_db()
    assert (oisy.ends, oisy.merged_into) == (NEW_YEARS_EVE, bousignies)
    assert oisy.memberships.get().ends == NEW_YEARS_EVE
    assert list(Commune.objects.members_of(epci, NEW_YEAR, NEW_YEAR)) == [bousignies]


def test_a_commune_merges_only_into_another_that_exists(oisy: Commune, bousignies: Commune) -> None:
    with pytest.raises(ValidationError, match="elle-même"):
        merge_commune(actor=SYSTEM, commune=oisy, into=oisy, on=NEW_YEAR)
    bousignies.ends = NEW_YEARS_EVE
    with pytest.raises(ValidationError, match="n’existe pas le 1er janvier 2027"):
        merge_commune(actor=SYSTEM, commune=oisy, into=bousignies, on=NEW_YEAR)


def test_a_merger_that_contradicts_an_arrival_is_refused_whole(elsewhere: Epci, oisy: Commune, bousignies: Commune) -> None:
    membership = oisy.memberships.get()
    end_membership(actor=SYSTEM, membership=membership, ends=NEW_YEARS_EVE)
    start_membership(actor=SYSTEM, epci=elsewhere, commune=oisy, starts=NEW_YEAR)

    with pytest.raises(ValidationError, match="après cette date"):
        merge_commune(actor=SYSTEM, commune=oisy, into=bousignies, on=dt.date(2026, 7, 1))

    membership.refresh_from_db()
    assert membership.ends == NEW_YEARS_EVE


def test_only_a_coordinator_of_the_epci_writes(lawyer: User, referent_oisy: User, stranger: User, oisy: Commune) -> None:
    for actor in (lawyer, referent_oisy, stranger):
        with pytest.raises(PermissionDenied):
            place_commune(actor=actor, commune=oisy, latitude=50.0, longitude=3.0)


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "5944"},
        {"siren": "12"},
        {"name": ""},
        {"article": "El"},
        {"article": "La", "elides": True},
        {"contracts": True},
        {"latitude": 50.0},
        {"starts": NEW_YEAR, "ends": NEW_YEARS_EVE},
        {"population": 10, "population_15": 11, "ages_source": "Insee", "ages_year": 2023},
        {"population": 10, "population_60": 11, "ages_source": "Insee", "ages_year": 2023},
        {"population_15": 10, "population_60": 11, "ages_source": "Insee", "ages_year": 2023},
        {"population_15": 10, "ages_source": "Insee"},
    ],
)
def test_the_database_refuses_a_commune_that_cannot_be(fields: dict[str, object]) -> None:
    values: dict[str, object] = {"code": "59446", "name": "Oisy", "sort_key": "oisy", "search": "oisy"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.bulk_create([Commune(**(values | fields))])


def test_two_communes_that_come_to_bear_one_name_change_their_addresses(
    coordinator: User, oisy: Commune, bousignies: Commune
) -> None:
    rename_commune(actor=coordinator, commune=bousignies, name=propose("Oisy"))
    oisy.refresh_from_db()
    assert (oisy.slug, bousignies.slug) == (f"oisy-{oisy.code}", f"oisy-{bousignies.code}")

    rename_commune(actor=coordinator, commune=bousignies, name=propose("Bousignies"))
    oisy.refresh_from_db()
    assert (oisy.slug, bousignies.slug) == ("oisy", "bousignies")


def test_a_list_of_fifty_communes_costs_the_queries_of_one(coordinator: User, epci: Epci, oisy: Commune) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert [str(commune) for commune in Commune.objects.visible_to(coordinator)]
            memberships = Membership.objects.visible_to(coordinator).select_related("commune", "epci")
            assert [str(membership) for membership in memberships.between(NEW_YEAR, NEW_YEAR)]
        return len(queries)

    one = count()
    for number in range(50):
        make_commune(epci, f"{10_000 + number}", f"Commune {number}")

    assert count() == one
