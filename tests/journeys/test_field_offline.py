"""A mediator in a hall without network: what is typed is kept on the telephone, sent once, and lost by nothing."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role, User
from escale.apps.activity.models import Record, Tally
from escale.apps.audit.actors import SYSTEM
from escale.apps.territory import clock
from escale.apps.visits.actions import close_holding
from escale.apps.visits.answers import HoldingReport
from escale.apps.visits.models import Holding, Visit
from tests.journeys.device import DATA, Device, words
from tests.journeys.test_login import log_in
from tests.journeys.walk import Walk, let_in
from tests.web.cast import PASSWORD, Cast
from tests.web.offline.hall import open_hall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENT = "Tout est envoyé"


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return open_hall(cast)


@pytest.fixture
def device(walk: Walk, cast: Cast, visit: Visit) -> Device:
    return Device.of(walk, cast.mediator, visit)


@pytest.mark.play
def test_three_people_are_noted_without_network_and_written_once_when_it_is_back(walk: Walk, cast: Cast, visit: Visit) -> None:
    device = Device(walk=walk, page=walk.open("/compte/login/?next=/terrain/", width=360, keeps=True), visit=visit)
    log_in(device.page, cast.mediator.email)
    device.page.wait_for_url("**/terrain/")
    device.wait_for_pages()
    device.log_unsent(3)
    device.page.reload()
    device.expect_pill(f"Pas de réseau · {words(3)} ici")
    assert Record.objects.count() == 0

    device.come_back()

    device.expect_pill(SENT)
    assert Record.objects.filter(visit=visit).count() == 3
    assert device.stored("items") == 0
    assert device.walk.faults_of(device.page) == []


def test_pages_that_were_never_opened_are_there_and_others_say_so(device: Device) -> None:
    device.cut()

    for path, heading in (
        ("/terrain/", "Bonjour Camille mediator"),
        (f"/terrain/passages/{device.visit.uid}/", "Oisy, la demi-journée"),
        ("/terrain/danger/", "Personne en danger"),
        (f"/terrain/passages/{device.visit.uid}/hors-cadre/", "Hors cadre"),
        ("/terrain/agenda/", "Fiches gardées ici"),
    ):
        device.go(path)
        expect(device.page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(device.page.get_by_text("la page demandée n’est pas gardée")).to_be_visible()


def test_a_batch_whose_answers_are_lost_is_sent_again_and_written_once(device: Device, visit: Visit) -> None:
    device.log_unsent(2)
    sent = device.lose_answers(2)
    device.come_back()
    for _ in range(2):
        device.page.reload()
        device.page.wait_for_timeout(300)

    device.expect_pill(SENT)

    assert len(sent) == 3
    assert Record.objects.filter(visit=visit).count() == 2


def test_a_tab_that_is_closed_while_it_sends_loses_and_doubles_nothing(device: Device, visit: Visit) -> None:
    device.log_unsent()
    context = device.page.context
    sent = device.lose_answers(1)
    device.come_back()
    device.page.wait_for_timeout(300)
    device.page.close()

    device.page = context.new_page()
    device.go("/terrain/")

    device.expect_pill(SENT)
    assert len(sent) >= 1
    assert Record.objects.filter(visit=visit).count() == 1


def test_an_expired_session_keeps_all_until_its_owner_is_back(device: Device, cast: Cast, visit: Visit) -> None:
    device.open_log()
    Session.objects.all().delete()

    device.log()
    device.expect_pill(f"Reconnectez-vous pour envoyer · {words(1)} ici")
    device.go("/terrain/fiches-gardees/")
    device.page.get_by_role("link", name="Reconnectez-vous pour envoyer").click()
    log_in(device.page, cast.mediator.email)

    expect(device.page.get_by_text("Rien n’attend : tout est envoyé.")).to_be_visible()
    assert Record.objects.filter(visit=visit).count() == 1


def test_leaving_sends_first_then_leaves_nothing(device: Device, visit: Visit) -> None:
    device.log_unsent()
    device.page.context.route(DATA, lambda route: route.abort())
    device.come_back()
    device.page.context.unroute(DATA)

    leave(device)

    device.page.wait_for_url(device.walk.address + "/")
    assert Record.objects.filter(visit=visit).count() == 1
    assert [device.stored(store) for store in ("items", "pages", "facts")] == [0, 0, 0]
    assert device.page.evaluate("caches.keys()") == []


def test_leaving_asks_about_what_cannot_be_sent(device: Device) -> None:
    device.log_unsent()
    device.page.context.route(DATA, lambda route: route.abort())
    device.come_back()

    leave(device)
    dialog = device.page.get_by_role("dialog")
    expect(dialog).to_contain_text("1\u00a0fiche pas encore envoyée")
    device.walk.look_at(device.page)
    dialog.get_by_role("button", name="Rester connecté·e").click()
    assert device.stored("items") == 1
    leave(device, is_open=True)
    dialog.get_by_role("button", name="Me déconnecter et effacer 1\u00a0fiche").click()

    device.page.wait_for_url(device.walk.address + "/")
    assert device.stored("items") == 0
    assert Record.objects.count() == 0


def test_another_person_on_this_telephone_neither_reads_nor_sends_it(device: Device, cast: Cast, visit: Visit) -> None:
    device.log_unsent(2)
    come_in(device, colleague(cast))
    device.come_back()
    device.go("/terrain/")

    device.expect_pill("Tout est envoyé · 2\u00a0fiches d’une autre personne")
    device.wait_for_pages()
    device.go("/terrain/fiches-gardees/")
    expect(device.page.get_by_text("2\u00a0fiches qui ne sont pas les vôtres")).to_be_visible()
    expect(device.page.get_by_text("Une personne, Oisy")).to_have_count(0)
    assert Record.objects.count() == 0

    come_in(device, cast.mediator)
    device.go("/terrain/")
    device.expect_pill(SENT)
    device.wait_for_pages()
    assert Record.objects.filter(visit=visit).count() == 2


def test_someone_who_was_removed_keeps_it_and_hands_it_over_as_a_file(device: Device, cast: Cast, tmp_path: Path) -> None:
    device.log_unsent()
    yesterday = clock.today(cast.epci) - dt.timedelta(days=1)
    Role.objects.filter(user=cast.mediator).update(ends=yesterday)
    device.come_back()
    device.expect_pill(f"Envoi refusé · {words(1)} ici")

    device.go("/terrain/fiches-gardees/")
    expect(device.page.get_by_role("alert")).to_contain_text("Enregistrez le fichier et remettez-le à la coordination")
    with device.page.expect_download() as download:
        device.page.get_by_role("button", name="Enregistrer dans un fichier").click()
    download.value.save_as(tmp_path / "fiches.json")

    [kept] = json.loads((tmp_path / "fiches.json").read_text())["fiches"]
    assert (kept["words"], kept["values"]["themes"], kept["values"]["minutes"]) == ("Une personne, Oisy", ["email"], "30")
    assert device.stored("items") == 1
    assert Record.objects.count() == 0


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_telephone_two_hours_wrong_writes_the_right_moment(device: Device, hours: int) -> None:
    device.page.clock.set_fixed_time(timezone.now() + dt.timedelta(hours=hours))
    device.open_log()

    device.log()

    expect(device.page.get_by_text("C’est noté.")).to_be_visible()
    device.wait_for_pages()
    row = Record.objects.get()
    assert abs(timezone.now() - row.entered_at) < dt.timedelta(minutes=5)
    assert abs(row.device_time - row.entered_at - dt.timedelta(hours=hours)) < dt.timedelta(minutes=5)


def test_what_the_server_refuses_stays_with_its_reason_until_it_is_mended(device: Device, visit: Visit) -> None:
    device.cut()
    device.open_log()
    device.page.evaluate("document.querySelector('[name=themes][value=email]').value = 'poterie'")
    device.log()
    device.expect_pill(f"Pas de réseau · {words(1)} ici")
    device.come_back()
    device.expect_pill("1\u00a0fiche à reprendre")

    device.page.locator("[data-net]").click()
    expect(device.page.get_by_text("Ce choix n’est pas dans la liste")).to_be_visible()
    device.walk.look_at(device.page)
    device.page.get_by_role("link", name="Corriger").click()
    expect(device.page.locator("[data-refusal]")).to_contain_text("Ce choix n’est pas dans la liste")
    device.page.get_by_role("checkbox", name="Santé", exact=True).check()
    device.page.get_by_role("button", name="Enregistrer").click()

    device.expect_pill(SENT)
    row = Record.objects.get()
    assert ([theme.value for theme in row.theme_set], row.minutes) == (["sante"], 30)


def test_a_tap_without_network_is_noted_beside_its_button_and_counted_once(device: Device) -> None:
    device.cut()
    device.go("/terrain/")
    left = device.page.get_by_role("button", name="+ 1 repartie sans aide")

    left.click()
    expect(device.page.get_by_text("noté ici, pas encore envoyé")).to_be_visible()
    left.click()
    expect(device.page.get_by_text("2 × noté ici, pas encore envoyé")).to_be_visible()
    device.come_back()

    device.expect_pill(SENT)
    assert Tally.objects.total() == 2


def test_a_half_day_closed_twice_shows_both_versions_and_lets_one_choose(device: Device, visit: Visit) -> None:
    device.cut()
    device.go(f"/terrain/passages/{visit.uid}/")
    device.page.get_by_label("Commencé à").fill("00:00")
    device.page.get_by_label("Fini à").fill("00:02")
    device.page.get_by_role("button", name="Clore la demi-journée").click()
    device.expect_pill(f"Pas de réseau · {words(1)} ici")
    midnight = dt.datetime.combine(visit.date, dt.time(), tzinfo=timezone.get_default_timezone())
    told = HoldingReport(started_at=midnight, ended_at=midnight + dt.timedelta(minutes=1))
    close_holding(actor=SYSTEM, visit=visit, report=told)
    device.come_back()
    device.expect_pill("1\u00a0fiche à reprendre")

    device.page.locator("[data-net]").click()
    expect(device.page.get_by_text("0\u202fh\u202f01")).to_be_visible()
    expect(device.page.get_by_text("0\u202fh\u202f02")).to_be_visible()
    device.walk.look_at(device.page)
    device.page.get_by_role("button", name="Remplacer par ma version").click()

    expect(device.page.get_by_text("Rien n’attend : tout est envoyé.")).to_be_visible()
    assert Holding.objects.get().ended_at == midnight + dt.timedelta(minutes=2)


def leave(device: Device, *, is_open: bool = False) -> None:
    if not is_open:
        device.page.locator("details.me summary").click()
    device.page.get_by_role("button", name="Se déconnecter").click()


def come_in(device: Device, user: User) -> None:
    device.page.context.clear_cookies()
    let_in(device.page.context, user, device.walk.address)


def colleague(cast: Cast) -> User:
    user = User(email="collegue@example.org", name="Sacha")
    user.set_password(PASSWORD)
    user.save()
    Role.objects.create(user=user, kind=Kind.MEDIATOR, epci=cast.epci, place=cast.epci.siren)
    return user
