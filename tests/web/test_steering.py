"""The coordinator sees the territory and the team of the EPCI, and corrects them; a refusal stands beside its field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Protocol

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.schedule.models import Plan, PlanOrigin, Remark, Run, RunStatus
from escale.apps.team.models import Leave, Mediator, Occupancy, Post
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci, Membership, Premises, Referent
from escale.apps.visits.models import Visit
from escale.core.calendar.french import weekday_date_words
from escale.core.calendar.months import Month
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def text(response: Answer) -> str:
    return plain(response)


def test_the_first_page_counts_the_communes_and_the_people(cast: Cast, logged_in: LogIn) -> None:
    shown = text(logged_in(cast.coordinator).get("/pilotage/"))

    assert "3 communes" in shown
    assert "3 000 habitants" in shown
    assert "2 communes sans lieu indiqué" in shown
    assert "Ici se verra qui va où" in shown


def test_the_list_costs_as_many_queries_with_fifty_communes(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.coordinator)
    few = queries_of(client, "/pilotage/communes/")

    for number in range(50):
        commune = make_commune(cast.epci, f"99{number:03}", f"Commune {number}")
        Premises.objects.create(commune=commune, name="Mairie")
        Referent.objects.create(
            commune=commune, first_name="Jo", last_name="Exemple", phone="0353010000", starts=dt.date(2026, 1, 1)
        )

    assert queries_of(client, "/pilotage/communes/") == few


def test_a_list_without_any_commune_says_how_to_begin(cast: Cast, logged_in: LogIn) -> None:
    Membership.objects.all().delete()

    shown = text(logged_in(cast.coordinator).get("/pilotage/communes/"))

    assert "Aucune commune pour le moment" in shown
    assert "import_territory 200042190" in shown


def test_a_reader_sees_no_name_of_anyone(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.reader)

    for path in ("/pilotage/", "/pilotage/communes/", "/pilotage/communes/59446/"):
        shown = text(client.get(path))
        assert "Rose" not in shown
        assert cast.camille.phone not in shown


def test_a_commune_of_another_epci_is_not_there(cast: Cast, logged_in: LogIn) -> None:
    make_commune(Epci.objects.create(siren="200030633", name="Autre"), "59350", "Lille")

    assert logged_in(cast.coordinator).get("/pilotage/communes/59350/").status_code == 404


def test_the_other_writing_of_a_name_is_kept_everywhere(cast: Cast, logged_in: LogIn) -> None:
    response = logged_in(cast.coordinator).post("/pilotage/communes/59446/nom/", {"written": "other"}, follow=True)

    assert Commune.objects.get(code="59446").place_name.de == "de Oisy"
    assert "C’est noté : la mairie de Oisy." in text(response)


def test_a_name_without_a_choice_is_refused_beside_the_field(cast: Cast, logged_in: LogIn) -> None:
    response = logged_in(cast.coordinator).post("/pilotage/communes/59446/nom/", {"written": ""})

    assert "Choisir l’une des deux écritures." in text(response)
    assert not Entry.objects.exists()


def test_a_place_is_added(cast: Cast, logged_in: LogIn) -> None:
    place = {"name": "Médiathèque", "address": "1 place Verte", "steps": "2", "morning_start": "08:30"}

    response = logged_in(cast.coordinator).post("/pilotage/communes/59172/lieux/nouveau/", place, follow=True)

    assert "le matin à 8 h 30" in text(response)
    assert Premises.objects.get(name="Médiathèque").steps == 2


def test_a_place_with_a_name_that_is_taken_is_refused(cast: Cast, logged_in: LogIn) -> None:
    response = logged_in(cast.coordinator).post("/pilotage/communes/59446/lieux/nouveau/", {"name": "Mairie"})

    assert "La commune a déjà un lieu de ce nom." in text(response)
    assert Premises.objects.count() == 1


def test_a_morning_that_begins_after_noon_is_refused(cast: Cast, logged_in: LogIn) -> None:
    place = Premises.objects.get()

    response = logged_in(cast.coordinator).post(
        f"/pilotage/communes/59446/lieux/{place.pk}/", {"name": "Mairie", "morning_start": "14:00"}
    )

    assert "Le matin commence avant midi" in text(response)
    place.refresh_from_db()
    assert place.morning_start is None


def test_a_place_is_reached_by_its_own_commune_alone(cast: Cast, logged_in: LogIn) -> None:
    place = Premises.objects.get()

    assert logged_in(cast.coordinator).get(f"/pilotage/communes/59172/lieux/{place.pk}/").status_code == 404


def test_a_lawyer_reads_and_changes_nothing(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.lawyer)

    assert client.get("/pilotage/communes/59446/").status_code == 200
    assert client.post("/pilotage/communes/59446/nom/", {"written": "other"}).status_code == 403
    assert Commune.objects.get(code="59446").place_name.de == "d’Oisy"


def test_the_team_shows_who_holds_each_post(cast: Cast, logged_in: LogIn) -> None:
    Post.objects.create(epci=cast.epci, label="Poste 2", base=cast.denain)

    shown = text(logged_in(cast.coordinator).get("/pilotage/equipe/"))

    assert "Camille Exemple" in shown
    assert "Vacant" in shown


def test_a_team_without_any_post_says_what_a_post_is(cast: Cast, logged_in: LogIn) -> None:
    Occupancy.objects.all().delete()
    Post.objects.all().delete()

    assert "Aucun poste pour le moment" in text(logged_in(cast.coordinator).get("/pilotage/equipe/"))


def test_the_team_costs_as_many_queries_with_fifty_posts_and_leaves(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.coordinator)
    Leave.objects.create(mediator=cast.camille, starts=dt.date(2099, 1, 1), ends=dt.date(2099, 1, 2))
    few = queries_of(client, "/pilotage/equipe/")

    for number in range(50):
        post = Post.objects.create(epci=cast.epci, label=f"Siège {number}", base=cast.denain)
        jo = Mediator.objects.create(epci=cast.epci, first_name=f"Jo{number}", last_name="Exemple")
        Occupancy.objects.create(post=post, mediator=jo, starts=dt.date(2026, 1, 5))
        Leave.objects.create(mediator=jo, starts=dt.date(2099, 1, 1), ends=dt.date(2099, 1, 2))

    assert queries_of(client, "/pilotage/equipe/") == few


def leave(cast: Cast, starts: str, ends: str) -> dict[str, str]:
    return {"mediator": str(cast.camille.pk), "kind": "LEAVE", "starts": starts, "ends": ends}


def test_a_leave_is_recorded(cast: Cast, logged_in: LogIn) -> None:
    response = logged_in(cast.coordinator).post(
        "/pilotage/equipe/absences/nouvelle/", leave(cast, "2099-03-02", "2099-03-06"), follow=True
    )

    assert "congé du 2 mars 2099 au 6 mars 2099" in text(response)


def test_a_leave_that_was_noted_by_mistake_is_taken_back(cast: Cast, logged_in: LogIn) -> None:
    taken = Leave.objects.create(mediator=cast.camille, starts=dt.date(2099, 3, 2), ends=dt.date(2099, 3, 6))
    address = f"/pilotage/equipe/absences/{taken.pk}/retirer/"

    assert logged_in(cast.reader).post(address).status_code in {403, 404}
    response = logged_in(cast.coordinator).post(address, follow=True)

    assert "Absence retirée pour Camille Exemple, du 2 mars 2099 au 6 mars 2099." in text(response)
    assert not Leave.objects.exists()


def test_a_leave_that_meets_another_is_refused_beside_its_first_day(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.coordinator)
    client.post("/pilotage/equipe/absences/nouvelle/", leave(cast, "2099-03-02", "2099-03-06"))

    response = client.post("/pilotage/equipe/absences/nouvelle/", leave(cast, "2099-03-06", "2099-03-09"))

    beside = text(response).split('id="id_starts_error"')[1].split("</div>")[0]
    assert "du 2 mars 2099 au 6 mars 2099" in beside
    assert Leave.objects.count() == 1


def test_a_leave_that_ends_before_it_starts_is_refused_beside_its_last_day(cast: Cast, logged_in: LogIn) -> None:
    response = logged_in(cast.coordinator).post("/pilotage/equipe/absences/nouvelle/", leave(cast, "2099-03-06", "2099-03-02"))

    assert "Le dernier jour est avant le premier" in text(response).split('id="id_ends_error"')[1].split("</div>")[0]
    assert not Leave.objects.exists()


def test_a_leave_of_someone_of_another_epci_is_refused(cast: Cast, logged_in: LogIn) -> None:
    other = Epci.objects.create(siren="200030633", name="Autre")
    jo = Mediator.objects.create(epci=other, first_name="Jo", last_name="Ailleurs")

    response = logged_in(cast.coordinator).post(
        "/pilotage/equipe/absences/nouvelle/",
        {"mediator": str(jo.pk), "kind": "LEAVE", "starts": "2099-03-02", "ends": "2099-03-02"},
    )

    assert 'id="id_mediator_error"' in text(response)
    assert not Leave.objects.exists()


def test_the_first_page_says_who_goes_where_next(cast: Cast, logged_in: LogIn) -> None:
    day = clock.today(cast.epci) + dt.timedelta(days=1)
    visit = {"epci": cast.epci, "post": Post.objects.get(), "for_month": str(Month.of(day))}
    Visit.objects.create(**visit, commune=cast.oisy, date=day, half="AM", origin_date=day, origin_half="AM")

    shown = text(logged_in(cast.coordinator).get("/pilotage/"))

    assert weekday_date_words(day) in shown
    assert re.search(r"Camille Exemple.*Oisy</a>, 9 h – 12 h", shown)
    assert "Camille Exemple" not in text(logged_in(cast.reader).get("/pilotage/"))


def test_the_first_page_says_what_waits_for_the_coordinator_alone(cast: Cast, logged_in: LogIn) -> None:
    today = clock.today(cast.epci)
    month = str(Month.of(today))
    plan = Plan.objects.create(
        epci=cast.epci, number=3, first_month=month, last_month=month, origin=PlanOrigin.FIRST, created_by="test"
    )
    Remark.objects.create(plan=plan, commune=cast.oisy, text="Plutôt le jeudi.")
    empty = Post.objects.create(epci=cast.epci, label="Poste 2", base=cast.denain)
    Visit.objects.create(
        epci=cast.epci, post=empty, commune=cast.oisy, date=today, half="PM", for_month=month, origin_date=today, origin_half="PM"
    )

    shown = text(logged_in(cast.coordinator).get("/pilotage/"))

    assert "Un passage n’a personne pour venir" in shown
    assert "Une mairie attend une réponse à sa remarque sur la tournée n° 3." in shown
    assert "Un brouillon attend d’être publié ou écarté." in shown
    assert f"La tournée {today.year} n’est pas encore publiée." in shown
    seen_by_lawyer = text(logged_in(cast.lawyer).get("/pilotage/"))
    assert "Rien n’attend." in seen_by_lawyer
    assert "remarque" not in seen_by_lawyer


def test_a_search_that_failed_is_told_with_its_reason(cast: Cast, logged_in: LogIn) -> None:
    year = clock.today(cast.epci).year
    Run.objects.create(
        epci=cast.epci,
        first_month=f"{year}-01",
        last_month=f"{year}-12",
        status=RunStatus.FAILED,
        error="les processus sont morts",
        problem={},
        fingerprint="0" * 64,
        finished_at=dt.datetime(2025, 12, 1, tzinfo=dt.UTC),
    )

    shown = text(logged_in(cast.coordinator).get("/pilotage/"))

    assert "La recherche a échoué : les processus sont morts" in shown
    assert "hx-get" not in shown


def test_a_search_under_way_shows_its_progress(cast: Cast, logged_in: LogIn) -> None:
    year = clock.today(cast.epci).year
    Run.objects.create(
        epci=cast.epci,
        first_month=f"{year}-01",
        last_month=f"{year}-12",
        status=RunStatus.QUEUED,
        problem={},
        fingerprint="0" * 64,
    )

    shown = text(logged_in(cast.coordinator).get("/pilotage/"))

    assert "<progress" in shown
    assert "hx-get" in shown
