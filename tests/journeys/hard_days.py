"""What comes unasked: a morning that goes wrong and is made up, a workshop, an urgency, then the days when all is forgotten."""

from __future__ import annotations

import re

from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from escale.apps.booking.models import Appointment
from escale.apps.messaging.models import Message, MessageState
from escale.apps.workshops.models import Registration
from tests.journeys.forms import press
from tests.journeys.half_day import MOBILE, OTHER_MOBILE, describe, prints
from tests.journeys.month import Stage

PUBLIC = "/communes/denain/"
"""What a resident of Denain reads."""
TITLE = "Premiers pas avec les courriels"


def fill_the_morning(stage: Stage) -> None:
    """Let the desk of the second commune book one person by telephone and one whom only the mairie reaches."""
    stage.clock.go("2026-12-16", "10:00")
    with stage.seen("/mairie/", stage.desk_of_denain) as page:
        for name, reached in (("Ancolie", MOBILE), ("Lilas", "via la mairie")):
            page.get_by_role("link", name="Inscrire quelqu’un").first.click()
            describe(page, name, reached)
            press(page, "Inscrire la personne")
            page.get_by_role("link", name="Prochain passage").click()
        expect(page.get_by_text("C’est complet.")).to_be_visible()
    stage.pass_a_round()


def give_up_the_morning(stage: Stage) -> None:
    """Say from the road that the half-day is not held: a colleague is proposed, people are called, everyone reads it at once."""
    stage.clock.go("2027-01-07", "07:50")
    with stage.seen(PUBLIC) as page:
        expect(page.get_by_role("heading", name="La prochaine aide à Denain")).to_be_visible()
        expect(page.locator(".when")).to_have_text("jeudi 7 janvier 2027")
    with stage.in_the_field("/terrain/", stage.sacha) as page:
        page.get_by_role("link", name="Ce passage n’aura pas lieu").click()
        expect(page.get_by_label("Camille", exact=True)).to_be_visible()
        page.get_by_label("Panne ou transport").check()
        press(page, "Annuler ce passage")
        expect(page.get_by_role("heading", level=1)).to_have_text("Le passage de Denain n’a pas lieu")
        call = page.get_by_role("region", name="Qui appeler")
        expect(call.get_by_role("listitem")).to_contain_text(["Ancolie", "Lilas"])
        expect(call).to_contain_text(MOBILE)
        assert prints(page, "Imprimer l’affichette pour la porte")
        call.get_by_role("button", name="C’est fait : Ancolie").click()
        expect(call.get_by_role("button")).to_have_count(1)
    with stage.seen(PUBLIC) as page:
        expect(page.get_by_text("Annulé : personne ne vient à Denain")).to_be_visible()
    with stage.seen("/mairie/rendez-vous/a-prevenir/", stage.desk_of_denain) as page:
        expect(page.locator("main")).to_contain_text("Lilas : le rendez-vous du jeudi 7 janvier 2027")
        press(page, "C’est dit")
        expect(page.get_by_text("Personne à prévenir")).to_be_visible()


def make_up(stage: Stage) -> None:
    """Plan the half-day that is owed on the first date that is proposed; it is proposed to those who had a slot."""
    stage.clock.go("2027-01-07", "11:00")
    with stage.seen("/pilotage/service/?voir=a-rattraper", stage.village.coordinator) as page:
        page.get_by_role("link", name="Denain").click()
        page.get_by_role("link", name="Prévoir le rattrapage").click()
        proposed = page.get_by_role("region", name="Demi-journées libres").get_by_role("link").first
        day = proposed.inner_text().partition(",")[0]
        proposed.click()
        press(page, "Prévoir ce rattrapage")
        expect(page.get_by_role("status").filter(has_text=f"Rattrapage prévu le {day}")).to_be_visible()
        page.goto(stage.walk.address + "/pilotage/service/?voir=a-rattraper")
        expect(page.get_by_text("Aucun passage à montrer")).to_be_visible()
    with stage.seen(PUBLIC) as page:
        expect(page.locator(".when")).to_have_text(day)
    with stage.seen("/mairie/demandes/", stage.desk_of_denain) as page:
        ancolie = page.get_by_role("listitem").filter(has_text="Ancolie")
        expect(ancolie).to_contain_text(f"À proposer : le passage du {day}")
        ancolie.get_by_role("link", name="Voir ce qui peut être proposé").click()
        page.get_by_role("button", name=f"inscrire, {day}").first.click()
        expect(page.locator(".when")).to_contain_text(day)


def open_a_workshop(stage: Stage) -> None:
    """Prepare a workshop and open it; the mairie of Oisy registers two people."""
    stage.clock.go("2027-01-08", "09:00")
    with stage.seen("/pilotage/service/ateliers/nouveau/", stage.village.coordinator) as page:
        page.get_by_label("Titre").fill(TITLE)
        page.get_by_label("E-mail").check()
        page.get_by_label("Date", exact=True).fill("2027-01-21")
        page.get_by_label("De", exact=True).fill("09:30")
        page.get_by_label("À", exact=True).fill("11:30")
        page.get_by_role("group", name="Qui anime ?").get_by_label("Camille").check()
        place = page.get_by_label("Lieu de la commune")
        place.select_option(place.locator("optgroup[label=Oisy] option").last.get_attribute("value"))
        press(page, "Préparer")
        press(page, "Ouvrir les inscriptions")
    with stage.seen("/mairie/ateliers/", stage.village.referent) as page:
        page.get_by_role("link", name=TITLE).first.click()
        for name in ("Capucine", "Genêt"):
            page.get_by_role("link", name="Inscrire quelqu’un").first.click()
            page.get_by_label("Nom, ou alias").fill(name)
            page.get_by_label("Téléphone ou adresse électronique").fill(MOBILE)
            press(page, "Inscrire")


def help_at_once(stage: Stage) -> None:
    """Let a mairie report what does not work, and the mediator on call answer, solve and close it."""
    stage.clock.go("2027-01-12", "14:30")
    with stage.seen("/mairie/urgence/", stage.desk_of_denain) as page:
        expect(page.get_by_text("En ce moment : Camille")).to_be_visible()
        page.get_by_label("imprimante").check()
        page.get_by_label("Numéro à rappeler").fill("03 53 01 04 00")
        press(page, "Demander de l’aide")
        expect(page.get_by_role("heading", level=2).first).to_contain_text("mprimante")
    stage.pass_a_round()
    letter = next(letter for letter in mail.outbox if letter.to == [stage.village.mediator.email])
    link = re.search(r"/terrain/urgences/\S+", str(letter.body))
    assert link is not None
    with stage.in_the_field(link[0], stage.village.mediator) as page:
        press(page, "Je m’en occupe")
        stage.clock.go("2027-01-12", "14:50")
        press(page, "C’est résolu")
        page.get_by_label("Un mot à la mairie").first.fill("Pilote réinstallé.")
        press(page, "Clore et prévenir la mairie")
    with stage.seen("/mairie/urgence/", stage.desk_of_denain) as page:
        expect(page.get_by_text("« Pilote réinstallé. »")).to_be_visible()
    with stage.seen("/pilotage/service/urgences/", stage.village.coordinator) as page:
        expect(page.get_by_role("listitem").filter(has_text="Denain")).to_contain_text(re.compile(r"solution\D+20\smin"))


def lead_the_workshop(stage: Stage) -> None:
    """Note who was there, with the telephone; the mairie gives the certificate."""
    stage.clock.go("2027-01-21", "11:35")
    with stage.in_the_field("/terrain/ateliers/", stage.village.mediator) as page:
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_role("link", name="Noter la présence").click()
        page.get_by_role("group", name="Capucine").get_by_label("Présent").check()
        page.get_by_role("group", name="Genêt").get_by_label("Absent").check()
        press(page, "Clore l’atelier")
    stage.clock.go("2027-01-22", "10:00")
    with stage.seen("/mairie/ateliers/?voir=passes", stage.village.referent) as page:
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_role("link", name="Capucine").click()
        assert prints(page, "Attestation de participation (PDF)")


def forget(stage: Stage) -> None:
    """Come back 90 days later: the daily round has erased how to reach anybody, and receipts say no more to whom they went."""
    address = f"/mairie/rendez-vous/{Appointment.objects.get(name='Réséda').uid}/"
    for day, is_known in (("2027-04-05", True), ("2027-04-06", False)):
        stage.clock.go(day, "03:00")
        call_command("daily")
        with stage.seen(address, stage.village.referent) as page:
            expect(page.get_by_text(OTHER_MOBILE)).to_have_count(int(is_known))
    stage.clock.go("2027-05-10", "03:00")
    call_command("daily")
    assert not Appointment.objects.exclude(contact="").exists()
    assert not Registration.objects.exclude(contact="").exists()
    assert set(Message.objects.values_list("to", flat=True)) == {""}
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}
