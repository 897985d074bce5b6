"""Who takes part in the tour, changed for many communes at once, without any script."""

from __future__ import annotations

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import Participation, Plan, Standing
from escale.apps.territory.models import Commune, Epci, Membership
from tests.apps.schedule.team import day
from tests.cast import make_commune
from tests.web.counting import queries_of
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
PAGE = "/pilotage/tournee/participations/"


def test_each_commune_is_shown_with_how_it_takes_part(communes: dict[str, Commune], epci: Epci, client: Client) -> None:
    Participation.objects.filter(commune=communes["59003"]).update(standing=Standing.EXPECTED, starts=day("2027-01-01"))
    make_commune(epci, "59004", "Denain")

    shown = plain(client.get(PAGE))

    assert "1 hors de la tournée" in " ".join(shown.split())
    assert "à partir du 1er janvier 2027" in shown
    assert "2 participantes" in shown


def test_many_communes_are_changed_at_once(communes: dict[str, Commune], client: Client) -> None:
    sent = {"communes": ["59001", "59002"], "standing": "out", "starts": "2027-01-01"}

    response = client.post(PAGE, sent, follow=True)

    assert "C’est noté pour 2 communes, à partir du 1er janvier 2027." in plain(response)
    assert list(Participation.objects.order_by("commune__code").values_list("ends", flat=True)) == [
        day("2026-12-31"),
        day("2026-12-31"),
        None,
    ]


def test_what_becomes_of_published_visits_is_told(
    communes: dict[str, Commune], draft: Plan, coordinator: User, client: Client
) -> None:
    Participation.objects.filter(commune=communes["59003"]).update(standing=Standing.EXPECTED)
    publish_plan(actor=coordinator, plan=draft, version=draft.version, annex_missing=True)
    sent = {"communes": ["59003"], "starts": "2027-02-01"}

    joined = plain(client.post(PAGE, sent | {"standing": "firm"}, follow=True))
    left = plain(client.post(PAGE, sent | {"standing": "out", "starts": "2027-03-01"}, follow=True))

    assert "2 passages déjà prévus sont maintenant publiés." in joined
    assert "1 passage publié est annulé." in left


def test_a_link_ticks_all_or_those_outside(communes: dict[str, Commune], epci: Epci, client: Client) -> None:
    make_commune(epci, "59004", "Denain")

    counts = [client.get(f"{PAGE}?cocher={what}").content.count(b" checked>") for what in ("toutes", "dehors", "autre")]

    # One of the three answers is chosen beforehand, and is no commune.
    assert [count - counts[2] for count in counts] == [4, 1, 0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"communes": []}, "Cocher au moins une commune."),
        ({"communes": ["99999"]}, "n’est pas dans la liste"),
        ({"standing": "peut-être"}, "Choisir l’une des trois réponses."),
        ({"starts": "demain"}, "Écrire une date"),
        ({"starts": "2001-01-01"}, "n’est pas dans"),
    ],
)
def test_what_is_badly_written_is_refused_and_keeps_what_is_ticked(
    change: dict[str, object], told: str, communes: dict[str, Commune], epci: Epci, client: Client
) -> None:
    make_commune(epci, "59004", "Denain")
    sent = {"communes": ["59004"], "standing": "firm", "starts": "2027-01-01"}

    response = client.post(PAGE, sent | change)

    assert told in plain(response)
    assert Participation.objects.count() == 3
    if "communes" not in change:
        assert b'value="59004" checked' in response.content


def test_a_list_without_any_commune_says_so(epci: Epci, client: Client) -> None:
    Membership.objects.all().delete()

    assert "Aucune commune pour le moment" in plain(client.get(PAGE))


def test_the_list_costs_as_many_queries_with_fifty_communes(communes: dict[str, Commune], epci: Epci, client: Client) -> None:
    few = queries_of(client, PAGE)
    for number in range(50):
        Participation.objects.create(epci=epci, commune=make_commune(epci, f"99{number:03}", f"Commune {number}"))

    assert queries_of(client, PAGE) == few


def test_a_lawyer_says_who_takes_part_too(communes: dict[str, Commune], lawyer: User, client: Client) -> None:
    client.force_login(lawyer)

    client.post(PAGE, {"communes": ["59001"], "standing": "expected", "starts": "2027-01-01"})

    assert Participation.objects.filter(commune=communes["59001"], standing="expected", starts=day("2027-01-01")).exists()
