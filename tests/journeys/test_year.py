"""A year of following, through the screens: an evaluation, the committee that its recommendation reaches, a report put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from escale.apps.activity.actions import log_record
from escale.apps.audit.actors import SYSTEM
from escale.apps.committee.actions import plan_meeting
from escale.apps.conventions.models import Avenant
from escale.apps.evaluation.actions import lead_evaluations, prepare_due_reports
from escale.apps.evaluation.models import Evaluation, Questionnaire, Report
from escale.apps.visits.models import Holding, Visit
from escale.core.visits.life import VisitState
from tests.apps.activity.writing import entry
from tests.apps.booking.service import Clock
from tests.apps.conventions.paper import in_force
from tests.apps.schedule.sketch import a_draft, as_published
from tests.journeys.forms import fill, press
from tests.journeys.month import Stage, make_stage
from tests.journeys.queue import work_off
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.play, pytest.mark.django_db(transaction=True)]

MEETINGS = (dt.date(2027, 3, 30), dt.date(2027, 6, 15), dt.date(2027, 10, 5))
REPORT = "/pilotage/rapports/2027-T1/59446/"


@pytest.fixture
def stage(
    transactional_db: None,
    browser: Browser,
    live_server: LiveServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Generator[Stage]:
    """Oisy has its convention since March 2025; Camille held its first half-day of 2027, and helped eight people."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    settings.ESCALE_TODAY = None
    settings.ADDRESS = live_server.url
    walk = Walk(browser=browser, address=live_server.url)
    stage = make_stage(walk, clock, settings.VAR_DIR)
    in_force(stage.village.epci, stage.village.oisy)
    as_published(a_draft(stage.village.epci, months=("2027-01", "2027-03")))
    clock.go("2027-01-05", "16:50")
    visit = Visit.objects.get(commune=stage.village.oisy, for_month="2027-01")
    for _ in range(8):
        log_record(actor=stage.village.mediator, record=entry(visit))
    noon = dt.datetime(2027, 1, 5, 13, tzinfo=dt.UTC)
    Holding.objects.create(visit=visit, started_at=noon, ended_at=noon + dt.timedelta(hours=3), was_heated=True)
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.HELD.value)
    yield stage
    walk.close()


def test_a_year_is_followed_through_the_screens(stage: Stage) -> None:
    stage.clock.go("2027-02-20")
    lead_evaluations(actor=SYSTEM, now=stage.clock.now)
    answer_by_the_link(stage)
    stage.clock.go("2027-03-18")
    page = stage.walk.open("/pilotage/evaluations/", user=stage.village.coordinator)
    page.set_default_timeout(60_000)
    evaluate(stage, page)
    carry_to_the_committee(stage, page)
    refuse_a_fourth_meeting(stage, page)
    stage.clock.go("2027-04-12")
    prepare_due_reports(actor=SYSTEM, now=stage.clock.now)
    # Three weeks later, everyone enters again.
    page = stage.walk.open(REPORT, user=stage.village.coordinator)
    hold_and_send(page)
    acknowledge_by_the_link(stage)
    put_right(stage, page)


def answer_by_the_link(stage: Stage) -> None:
    """The mairie of Oisy opens the link of its letter, and answers without an account."""
    work_off()
    row = Questionnaire.objects.get(commune=stage.village.oisy)
    assert any(f"/repondre/evaluation/{row.key}/" in str(letter.body) for letter in mail.outbox)
    with stage.seen(f"/repondre/evaluation/{row.key}/", width=360) as page:
        stage.walk.look_at(page)
        fill(page, {"dates": "well", "premises": "mostly", "residents": "On demande le prénom de la dame.", "overall": "well"})
        press(page, "Envoyer les réponses")
        expect(page.locator("main")).to_contain_text("sont enregistrées")


def evaluate(stage: Stage, page: Page) -> None:
    """The coordinator freezes the figures, recommends, is refused with an empty criterion, then validates."""
    evaluation = Evaluation.objects.get(convention__commune=stage.village.oisy)
    page.goto(f"{stage.walk.address}/pilotage/evaluations/{evaluation.pk}/")
    expect(page.locator("main")).to_contain_text("Oisy : a répondu")
    press(page, "Arrêter les chiffres")
    expect(page.locator("main")).to_contain_text("8 accompagnements")
    stage.walk.look_at(page)

    page.get_by_role("link", name="Ajouter une recommandation").click()
    fill(page, {"words": "Deux demi-journées par mois à Oisy", "articles": "4"})
    press(page, "Ajouter")

    fill(page, {"functioning": "La demi-journée est tenue.", "number": "Huit personnes.", "effectiveness": ""})
    press(page, "Enregistrer et valider")
    expect(page.locator("main")).to_contain_text("une évaluation ne se valide pas sans lui")
    assert Evaluation.objects.get(pk=evaluation.pk).validated_at is None
    fill(page, {"effectiveness": "Trop tôt pour le dire."})
    press(page, "Enregistrer et valider")
    expect(page.locator("main")).to_contain_text("Validée")


def carry_to_the_committee(stage: Stage, page: Page) -> None:
    """What the evaluation recommends becomes a proposal, then the draft of an avenant, which alone changes a convention."""
    press(page, "Porter au comité")
    expect(page.locator("main")).to_contain_text("Vient de la recommandation n° 1")
    page.get_by_role("link", name="Indiquer les clauses touchées").click()
    fill(page, {"term_sessions_per_month": "2"})
    press(page, "Enregistrer")
    stage.walk.look_at(page)

    page.get_by_role("link", name="Ouvrir un avenant pour chaque commune concernée").click()
    stage.walk.look_at(page)
    press(page, "Ouvrir ce brouillon")
    expect(page.locator("main")).to_contain_text("Oisy, avenant n° 1")
    avenant = Avenant.objects.get()
    assert list(avenant.clauses.values_list("article", "name", "new")) == [("4", "sessions_per_month", 2)]


def refuse_a_fourth_meeting(stage: Stage, page: Page) -> None:
    """Three meetings fill the year (art. 6): the fourth is refused beside its date, and they are named."""
    for day in MEETINGS:
        plan_meeting(actor=stage.village.coordinator, epci=stage.village.epci, date=day, hour=dt.time(14), place="La Passerelle")
    page.goto(f"{stage.walk.address}/pilotage/comite/reunions/nouvelle/")
    fill(page, {"date": "2027-12-07", "hour": "14:00", "place": "La Passerelle"})
    press(page, "Prévoir cette réunion")
    expect(page.locator("main")).to_contain_text("au plus 3 fois par an (art. 6)")
    expect(page.locator("main")).to_contain_text("5 octobre 2027")


def hold_and_send(page: Page) -> None:
    """The coordinator keeps a report back, reads it, lets it go, and sends it."""
    page.get_by_role("link", name="Le retenir").click()
    fill(page, {"because": "À relire avec la médiatrice."})
    press(page, "Retenir")
    expect(page.locator("main")).to_contain_text("À relire avec la médiatrice.")
    press(page, "Ne plus le retenir")
    press(page, "Envoyer à la commune")
    expect(page.locator("main")).to_contain_text("Envoyé")


def acknowledge_by_the_link(stage: Stage) -> None:
    """The mairie reads its report behind its letter, and says so."""
    report = Report.objects.get(commune=stage.village.oisy)
    with stage.seen(f"/rapport/{report.key}/") as page:
        expect(page.locator("main")).to_contain_text("8 accompagnements")
        press(page, "Bien reçu")
        expect(page.locator("main")).to_contain_text("La commune l’a dit le")


def put_right(stage: Stage, page: Page) -> None:
    """Someone who was helped in March is noted in April: what was sent stays, a numbered rectification says what changed."""
    late = entry(None, commune="59446", entered_at=dt.datetime(2027, 3, 30, 9, tzinfo=dt.UTC))
    log_record(actor=stage.village.mediator, record=late)
    page.reload()
    expect(page.locator("main")).to_contain_text("recompter donne un autre résultat")
    page.get_by_role("link", name="Rectifier").click()
    fill(page, {"because": "Un accompagnement noté en retard."})
    press(page, "Préparer la rectification")
    expect(page.locator("main")).to_contain_text("9 accompagnements")
    press(page, "Envoyer à la commune")
    stage.walk.look_at(page)

    first, second = Report.objects.filter(commune=stage.village.oisy).order_by("number")
    assert (first.contents.count("people"), second.contents.count("people"), second.number) == (8, 9, 1)
    assert first.is_intact
    with stage.seen(f"/rapport/{first.key}/") as old:
        expect(old.locator("main")).to_contain_text("ectification")
