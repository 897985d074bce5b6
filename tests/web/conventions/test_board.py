"""The board: each convention with its state and what comes next, filters, as many queries for one as for sixty."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.disputing import open_dispute
from escale.apps.conventions.models import Convention, Party
from escale.apps.territory.models import Commune, Membership
from tests.apps.conventions.paper import day, drafted, frozen, in_force, letter, written
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of

BOARD = "/pilotage/conventions/"


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.coordinator)


def shown(client: Client, **asked: str) -> str:
    """Return what the board says, without its tags, on one line."""
    response = client.get(BOARD, asked)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main[0])))


def listed(client: Client, **asked: str) -> list[str]:
    """Return the communes of the lines, in their order."""
    page = client.get(BOARD, asked).context["page"]
    return [str(row.convention.commune) for row in page]


def test_a_line_tells_the_state_the_period_and_the_next_act(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    told = shown(client)

    assert "En vigueur" in told
    assert "1re reconduction, jusqu’au 30 juin 2027" in told
    assert "Rien à faire avant le 9 avril 2027" in told


def test_who_owes_the_next_act_is_told_and_filters(client: Client, cast: Cast) -> None:
    drafted(cast.epci, cast.denain)
    in_force(cast.epci, cast.oisy)

    assert listed(client, attendu="epci") == ["Denain"]
    assert "L’EPCI" in shown(client)


def test_the_count_of_a_state_is_what_its_link_shows(client: Client, cast: Cast) -> None:
    frozen(cast.epci, cast.denain)
    in_force(cast.epci, cast.oisy)
    counts = {one.value: one.count for one in client.get(BOARD).context["counts"]}

    assert counts == {"en_cours": 2, "en_deliberation": 1, "en_vigueur": 1}
    assert {value: len(listed(client, etat=value)) for value in counts} == counts


def test_a_state_that_there_is_not_shows_nothing_and_says_how_to_go_on(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    assert "Aucune convention ne répond à cette recherche" in shown(client, etat="ailleurs")


def test_the_search_knows_neither_accents_nor_articles(client: Client, cast: Cast) -> None:
    rosieres = make_commune(cast.epci, "59554", "Sars-et-Rosières")
    for commune in (rosieres, cast.oisy):
        drafted(cast.epci, commune)

    assert listed(client, q="ROSIERES sars") == ["Sars-et-Rosières"]


def test_a_model_that_there_is_not_is_told_beside_its_field(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    assert "Choisir dans la liste." in shown(client, modele="inconnu")
    assert listed(client, modele="porte-du-hainaut-2025") == ["Oisy"]


def test_a_contestable_denunciation_is_a_point_to_settle(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.denain)
    convention = Convention.objects.get()
    posting = letter("2026-04-29", "2026-05-05", "1A 000 000 0009 9", presented=day("2026-04-30"))
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting)

    assert listed(client, voir="souci") == ["Denain"]
    assert "Dénonciation contestable" in shown(client)


def test_a_dispute_that_goes_on_is_a_point_to_settle(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.denain)
    convention = Convention.objects.get()
    open_dispute(actor=SYSTEM, convention=convention, subject="Locaux", opened_on=day("2026-11-02"))

    assert listed(client, voir="souci") == ["Denain"]
    assert "Litige ouvert" in shown(client)


def test_lines_are_sorted_by_the_day_of_the_next_act_on_request(client: Client, cast: Cast) -> None:
    drafted(cast.epci, cast.denain)
    in_force(cast.epci, cast.oisy)

    assert listed(client) == ["Denain", "Oisy"]
    assert listed(client, tri="date") == ["Oisy", "Denain"]


def test_what_is_over_is_apart_and_its_commune_has_no_convention_any_more(client: Client, cast: Cast) -> None:
    written(cast.epci, cast.oisy, abandoned_on="2025-02-03").save()

    assert listed(client) == []
    assert listed(client, etat="abandonnee") == ["Oisy"]
    assert "3 communes sans convention" in shown(client)


def test_the_communes_without_convention_are_told(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)

    told = shown(client)

    assert "2 communes sans convention" in told
    assert told.index("La Sentinelle") > told.index("2 communes sans convention")


def test_an_empty_board_says_how_to_begin(client: Client, cast: Cast) -> None:
    told = shown(client)

    assert "Aucune convention pour le moment" in told
    assert "Celles qui sont déjà signées s’importent" in told
    assert "3 communes sans convention" in told


def test_a_convention_seen_through_a_commune_nouvelle_says_so(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    Commune.objects.filter(pk=cast.oisy.pk).update(merged_into=cast.denain, ends=day("2025-12-31"))
    Membership.objects.filter(commune=cast.oisy).update(ends=day("2025-12-31"))

    told = shown(client)

    assert "aujourd’hui Denain" in told
    assert "1 commune sans convention" in told
    assert listed(client, q="denain") == ["Oisy"], "whoever looks for the commune of today finds it"


def test_a_reader_sees_what_is_notified_and_nothing_of_the_letters(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    drafted(cast.epci, cast.denain)
    in_force(cast.epci, cast.oisy)
    convention = Convention.objects.get(commune=cast.oisy)
    open_dispute(actor=SYSTEM, convention=convention, subject="Locaux", opened_on=day("2026-11-02"))
    reader = logged_in(cast.reader)

    told = shown(reader)

    assert listed(reader) == ["Oisy"]
    assert "Litige" not in told
    assert "Prochain acte" not in told
    assert "Denain" not in told


def test_a_thousand_lines_come_by_hundreds(client: Client, cast: Cast) -> None:
    many(cast, 120)

    assert len(listed(client)) == 100
    assert len(listed(client, page="2")) == 20
    assert "lignes 101 à 120" in shown(client, page="2")


def test_the_board_costs_as_many_queries_for_one_line_as_for_sixty(client: Client, cast: Cast) -> None:
    in_force(cast.epci, cast.oisy)
    queries_of(client, BOARD)
    one = queries_of(client, BOARD)

    many(cast, 60)

    assert queries_of(client, BOARD) == one


def test_drafts_ask_nothing_more_each(client: Client, cast: Cast) -> None:
    drafted(cast.epci, cast.oisy)
    queries_of(client, BOARD)
    one = queries_of(client, BOARD)

    drafted(cast.epci, cast.denain)

    assert queries_of(client, BOARD) == one


def many(cast: Cast, count: int) -> None:
    """Write conventions before the councils, at once."""
    named = {"sort_key": "exemple", "search": "exemple"}
    communes = Commune.objects.bulk_create(
        Commune(code=f"6{number:04}", name=f"Exemple {number}", **named) for number in range(count)
    )
    Membership.objects.bulk_create(Membership(epci=cast.epci, commune=commune) for commune in communes)
    Convention.objects.bulk_create(written(cast.epci, commune) for commune in communes)
