"""The coordinator asks the mairies, follows who answered, submits a draft to them and answers their remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.models import Message, MessageState
from escale.apps.schedule.actions.inquiring import invite_communes, open_inquiry
from escale.apps.schedule.actions.remarking import remark_dates, send_for_remarks
from escale.apps.schedule.links import LinkHolder
from escale.apps.schedule.models import (
    Inquiry,
    Participation,
    PersonalLink,
    Plan,
    PlannedVisit,
    PlanOrigin,
    PlanState,
    Remark,
    RemarkState,
    Standing,
    Wish,
)
from escale.apps.schedule.review import dates_of
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Membership, Referent, Setting
from escale.core.calendar.months import Month
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
TODAY, CLOSES = dt.date(2026, 10, 1), dt.date(2026, 10, 14)
CONSULTATION = "/pilotage/tournee/consultation/"


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def client(cast: Cast, logged_in: LogIn) -> Client:
    """The browser of the coordinator; the référent of Oisy has an address, nobody else has one."""
    Referent.objects.filter(commune=cast.oisy).update(email="rose@exemple.fr")
    return logged_in(cast.coordinator)


@pytest.fixture
def inquiry(cast: Cast) -> Inquiry:
    return open_inquiry(actor=SYSTEM, epci=cast.epci, months=Month.range("2027-01..2027-12"), closes_on=CLOSES)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A draft of two months, with a date for Oisy in each."""
    plan = Plan.objects.create(
        epci=cast.epci, number=3, first_month="2027-01", last_month="2027-02", origin=PlanOrigin.FIRST.value, created_by="test"
    )
    for date in ("2027-01-12", "2027-02-09"):
        plan_visit(plan, cast.oisy, date)
    return plan


def plan_visit(plan: Plan, commune: Commune, date: str, half: str = "AM") -> None:
    Participation.objects.get_or_create(epci=plan.epci, commune=commune, standing=Standing.FIRM.value, starts=dt.date(2026, 1, 1))
    post = Post.objects.get()
    PlannedVisit.objects.create(
        plan=plan, commune=commune, post=post, date=dt.date.fromisoformat(date), half=half, for_month=date[:7]
    )


def submitted(plan: Plan) -> LinkHolder:
    send_for_remarks(actor=SYSTEM, plan=plan, until=CLOSES)
    link = PersonalLink.objects.select_related("epci", "commune", "plan").get(plan=plan)
    return LinkHolder(link=link, day=TODAY)


def remarked(plan: Plan, commune: Commune, text: str) -> Remark:
    holder = submitted(plan)
    seen = dates_of(plan, commune).seen
    return remark_dates(actor=holder, plan=plan, commune=commune, agrees=not text, text=text, seen=seen)


def text(response: object) -> str:
    return plain(response)


def test_without_a_question_the_page_says_how_to_begin(client: Client) -> None:
    page = text(client.get(CONSULTATION))

    assert "Aucune mairie n’est encore consultée" in page
    assert "Ouvrir une consultation" in page


def test_a_question_is_opened_with_the_telephone_of_the_coordination(client: Client) -> None:
    typed = {"first_month": "2027-01", "last_month": "2027-12", "closes_on": "2026-10-14", "phone": "03 53 01 00 10"}

    page = text(client.post(f"{CONSULTATION}ouvrir/", typed, follow=True))

    assert "Il reste à envoyer la question." in page
    assert "Aucune mairie n’a encore répondu sur 3" in page
    assert Setting.objects.get(key="COORDINATION_PHONE").value == "03 53 01 00 10"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closes_on": "2026-09-30"}, "closes_on"),
        ({"closes_on": ""}, "closes_on"),
        ({"last_month": "2026-12"}, "last_month"),
        ({"first_month": "1999-01"}, "first_month"),
        ({"phone": "appelez-nous"}, "phone"),
    ],
)
def test_a_question_that_cannot_be_is_refused_beside_its_field(client: Client, wrong: dict[str, str], field: str) -> None:
    typed = {"first_month": "2027-01", "last_month": "2027-12", "closes_on": "2026-10-14", "phone": ""}

    page = text(client.post(f"{CONSULTATION}ouvrir/", typed | wrong))

    assert f'id="id_{field}_error"' in page
    assert not Inquiry.objects.exists()
    assert not Setting.objects.exists()


def test_the_question_is_sent_once_and_those_without_an_address_are_named(client: Client, inquiry: Inquiry) -> None:
    page = text(client.post(f"{CONSULTATION}envoyer/", follow=True))

    assert "1 mairie reçoit un courriel." in page
    assert "Sans adresse électronique : Denain, La Sentinelle." in page
    assert "2 communes sans adresse" in page
    client.post(f"{CONSULTATION}envoyer/")
    assert Message.objects.count() == 1


def test_the_list_counts_the_answers(cast: Cast, client: Client, inquiry: Inquiry) -> None:
    for commune in (cast.oisy, cast.denain):
        Wish.objects.create(epci=cast.epci, inquiry=inquiry, commune=commune)

    page = text(client.get(CONSULTATION))

    assert "2 mairies ont répondu sur 3" in page
    assert page.count("réponse reçue") == 2


def test_a_letter_that_did_not_leave_is_told_with_its_reason(cast: Cast, client: Client, inquiry: Inquiry) -> None:
    invite_communes(actor=SYSTEM, inquiry=inquiry, communes=[cast.oisy])
    Message.objects.update(state=MessageState.FAILED.value, error="Le serveur a refusé : 550 inconnue")

    assert "courriel pas parti" in text(client.get(CONSULTATION))
    assert "550 inconnue" in text(client.get(f"{CONSULTATION}59446/"))


def test_an_answer_is_read_on_one_page(cast: Cast, client: Client, inquiry: Inquiry) -> None:
    Wish.objects.create(epci=cast.epci, inquiry=inquiry, commune=cast.oisy, impossible=["TUE_AM"], comment="Au fond de la cour.")

    page = text(client.get(f"{CONSULTATION}59446/"))

    assert "La commune ne peut pas ouvrir : mardi matin." in page
    assert "Au fond de la cour." in page
    assert "Salle du conseil : à l’abri des regards, chauffée." in page


def test_a_link_is_shown_to_be_copied_and_replaced(cast: Cast, client: Client, inquiry: Inquiry) -> None:
    client.post(f"{CONSULTATION}59172/lien/")
    first = PersonalLink.objects.get(commune=cast.denain)
    assert f"/repondre/{first.key}/" in text(client.get(f"{CONSULTATION}59172/"))

    client.post(f"{CONSULTATION}59172/lien/")

    second = PersonalLink.objects.get(commune=cast.denain, revoked_at=None)
    page = text(client.get(f"{CONSULTATION}59172/"))
    assert second.key in page
    assert first.key not in page


def test_a_question_is_closed_and_opened_again(client: Client, inquiry: Inquiry) -> None:
    assert "La consultation est close." in text(client.post(f"{CONSULTATION}clore/", follow=True))
    assert "Cette consultation est close" in text(client.post(f"{CONSULTATION}envoyer/", follow=True))
    assert 'id="id_closes_on_error"' in text(client.post(f"{CONSULTATION}date/", {"closes_on": "2026-09-01"}))

    page = text(client.post(f"{CONSULTATION}date/", {"closes_on": "2026-10-20"}, follow=True))

    assert "jusqu’au 20 octobre 2026 inclus" in page
    assert "Envoyer la question aux mairies" in page


def test_a_territory_without_any_commune_says_so(client: Client, inquiry: Inquiry) -> None:
    Membership.objects.all().delete()

    assert "Aucune commune ne participe à ces mois" in text(client.get(CONSULTATION))


def test_the_list_costs_as_many_queries_with_fifty_communes(cast: Cast, client: Client, inquiry: Inquiry) -> None:
    client.post(f"{CONSULTATION}envoyer/")
    client.get(CONSULTATION)
    few = queries_of(client, CONSULTATION)

    communes = [make_commune(cast.epci, f"99{number:03}", f"Commune {number}") for number in range(50)]
    for commune in communes:
        Referent.objects.create(
            commune=commune, first_name="Jo", last_name="Exemple", email="jo@exemple.fr", starts=dt.date(2026, 1, 1)
        )
        Wish.objects.create(epci=cast.epci, inquiry=inquiry, commune=commune)
    invite_communes(actor=SYSTEM, inquiry=inquiry, communes=communes)

    assert queries_of(client, CONSULTATION) == few


def test_a_commune_that_is_not_asked_has_no_page(client: Client, inquiry: Inquiry) -> None:
    assert client.get(f"{CONSULTATION}62041/").status_code == 404


def test_a_draft_that_was_not_submitted_says_what_submitting_does(client: Client, plan: Plan) -> None:
    page = text(client.get("/pilotage/tournee/3/remarques/"))

    assert "pas encore été soumis" in page
    assert "Soumettre ce brouillon aux mairies" in page


def test_a_draft_is_submitted_with_a_word(client: Client, plan: Plan) -> None:
    sent = {"until": "2026-10-14", "message": "Bonne lecture."}

    page = text(client.post("/pilotage/tournee/3/remarques/envoyer/", sent, follow=True))

    assert "1 mairie reçoit un courriel." in page
    assert "Aucune mairie n’a encore dit d’accord sur 1" in page
    plan.refresh_from_db()
    assert plan.state == PlanState.SENT
    assert "Bonne lecture." in Message.objects.get().body


def test_a_draft_is_not_submitted_until_a_day_that_is_past(client: Client, plan: Plan) -> None:
    page = text(client.post("/pilotage/tournee/3/remarques/envoyer/", {"until": "2026-09-30", "message": "Mot"}))

    assert 'id="id_until_error"' in page
    assert "Mot" in page
    assert not PersonalLink.objects.exists()


def test_a_remark_is_read_with_the_dates_and_answered(cast: Cast, client: Client, plan: Plan) -> None:
    remarked(plan, cast.oisy, "Le 12 janvier, la salle est prise.")
    assert "1 remarque à lire" in text(client.get("/pilotage/tournee/3/remarques/"))
    page = text(client.get("/pilotage/tournee/3/remarques/59446/"))
    assert "Le 12 janvier, la salle est prise." in page
    assert "mardi 12 janvier 2027" in page

    answered = text(
        client.post("/pilotage/tournee/3/remarques/59446/", {"state": "followed", "answer": "Ce sera le 14."}, follow=True)
    )

    assert "La mairie d’Oisy reçoit votre réponse." in answered
    assert Remark.objects.get().state == RemarkState.FOLLOWED


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"answer": "x"}, "state"), ({"state": "open"}, "state"), ({"state": "declined", "answer": " "}, "answer")],
)
def test_an_answer_that_says_nothing_is_refused(cast: Cast, client: Client, plan: Plan, sent: dict[str, str], field: str) -> None:
    remarked(plan, cast.oisy, "Plutôt le matin.")

    page = text(client.post("/pilotage/tournee/3/remarques/59446/", sent))

    assert f'id="id_{field}_error"' in page
    assert Remark.objects.get().state == RemarkState.OPEN


def test_the_remarks_cost_as_many_queries_with_fifty_communes(cast: Cast, client: Client, plan: Plan) -> None:
    remarked(plan, cast.oisy, "")
    path = "/pilotage/tournee/3/remarques/"
    client.get(path)
    few = queries_of(client, path)

    for number in range(50):
        commune = make_commune(cast.epci, f"99{number:03}", f"Commune {number}")
        plan_visit(plan, commune, str(dt.date(2027, 1, 1) + dt.timedelta(days=number)), "PM")
    send_for_remarks(actor=SYSTEM, plan=plan, until=CLOSES)

    assert queries_of(client, path) == few


def test_a_mairie_reads_its_own_dates_and_agrees(cast: Cast, client: Client, plan: Plan) -> None:
    plan_visit(plan, cast.denain, "2027-01-14")
    send_for_remarks(actor=SYSTEM, plan=plan, until=CLOSES)
    path = f"/repondre/{PersonalLink.objects.get(commune=cast.oisy).key}/"
    mairie = Client()

    page = text(mairie.get(path))
    assert "Deuxième mardi du mois, matin" in page
    assert "mardi 12 janvier 2027" in page
    assert "14 janvier" not in page
    assert "Ces dates nous conviennent" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]

    page = text(mairie.post(path, {"seen": seen, "agrees": "1"}, follow=True))

    assert "que ces dates conviennent" in page
    assert Remark.objects.get().agrees


def test_a_remark_without_words_is_refused_beside_its_field(plan: Plan, client: Client) -> None:
    holder = submitted(plan)

    page = text(Client().post(f"/repondre/{holder.link.key}/", {"seen": dates_of(plan, holder.link.commune).seen, "text": " "}))

    assert "Écrire ce qui ne va pas" in page.split('id="id_text_error"')[1]
    assert not Remark.objects.exists()


def test_dates_that_moved_are_shown_again_before_anybody_agrees(plan: Plan, client: Client) -> None:
    holder = submitted(plan)
    seen = dates_of(plan, holder.link.commune).seen
    PlannedVisit.objects.filter(date="2027-01-12").update(date="2027-01-19")

    page = text(Client().post(f"/repondre/{holder.link.key}/", {"seen": seen, "agrees": "1"}))

    assert "Ces dates ont changé entre-temps" in page
    assert "mardi 19 janvier 2027" in page
    assert not Remark.objects.exists()


def test_a_remark_that_comes_too_late_is_shown_back(plan: Plan, client: Client, settings: Settings) -> None:
    holder = submitted(plan)
    settings.ESCALE_TODAY = CLOSES + dt.timedelta(days=1)

    response = Client().post(f"/repondre/{holder.link.key}/", {"seen": "", "text": "Plutôt le matin."})

    assert response.status_code == 409
    assert "étaient attendues jusqu’au 14 octobre 2026" in text(response)
    assert "Plutôt le matin." in text(response)
    assert not Remark.objects.exists()


def test_a_referent_reads_and_remarks_without_the_link(cast: Cast, plan: Plan, client: Client, logged_in: LogIn) -> None:
    submitted(plan)
    mairie = logged_in(cast.referent)
    page = text(mairie.get("/mairie/dates/proposees/"))
    seen = page.split('name="seen" value="')[1].split('"')[0]

    page = text(mairie.post("/mairie/dates/proposees/", {"seen": seen, "text": "Plutôt le matin."}, follow=True))

    assert "« Plutôt le matin. »" in page
    assert Remark.objects.get().commune == cast.oisy


def test_the_first_page_of_a_mairie_leads_its_referent_to_the_dates(
    cast: Cast, plan: Plan, client: Client, logged_in: LogIn
) -> None:
    submitted(plan)

    assert "/mairie/dates/proposees/" in text(logged_in(cast.referent).get("/mairie/"))
    assert "/mairie/dates/proposees/" not in text(logged_in(cast.desk).get("/mairie/"))


def test_a_referent_without_a_draft_has_nothing_to_do(cast: Cast, logged_in: LogIn) -> None:
    assert "Aucune date n’attend votre avis" in text(logged_in(cast.referent).get("/mairie/dates/proposees/"))
