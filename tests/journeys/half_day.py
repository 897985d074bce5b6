"""The half-day that goes well: prepared, booked, waited for, held, counted, closed; then one point, answered in one click."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from escale.apps.booking.models import Appointment
from escale.apps.messaging.models import Message, MessageState
from tests.journeys.forms import press
from tests.journeys.month import Stage, count_taps, taps_of

MOBILE, OTHER_MOBILE = "06 12 34 56 78", "06 98 76 54 32"


def prepare(stage: Stage) -> None:
    """Let the référent say that all is ready; the coordination reads it, the mediator reads who opens."""
    stage.clock.go("2026-12-15", "09:00")
    with stage.seen("/mairie/", stage.village.referent) as page:
        expect(page.get_by_role("heading", level=1)).to_contain_text("mardi 5 janvier 2027")
        page.get_by_role("link", name="Dire que tout est prêt").click()
        for words in ("La salle est libre", "Elle sera chauffée", "Les clés sont prêtes"):
            page.get_by_label(words).check()
        page.get_by_label("Qui ouvre").fill("Jeanne, à l’accueil")
        page.get_by_label("Son téléphone").fill("03 53 01 00 12")
        press(page, "Confirmer ce passage")
        expect(page.get_by_role("status").filter(has_text="C’est confirmé")).to_be_visible()
    with stage.seen("/pilotage/service/?voir=tous", stage.village.coordinator) as page:
        expect(page.get_by_role("row", name="Oisy").filter(has_text="5 janvier")).to_contain_text("Confirmé par la commune")


def take_appointments(stage: Stage) -> None:
    """Book two residents, each in one screen, then note who wants one when there is none left; print what is read on paper."""
    stage.clock.go("2026-12-15", "09:30")
    with stage.seen("/mairie/", stage.village.referent) as page:
        count_taps(page)
        page.get_by_role("link", name="Inscrire quelqu’un").first.click()
        page.get_by_label("Nom, ou alias").click()
        page.keyboard.type("Tournesol")
        page.get_by_label("Téléphone ou adresse électronique").click()
        page.keyboard.type(MOBILE)
        page.get_by_label("Retraite").check()
        press(page, "Inscrire la personne")
        expect(page.get_by_role("heading", name="C’est noté : rendez-vous pris")).to_be_visible()
        assert taps_of(page) <= 5
        assert prints(page, "Imprimer le rappel")
        page.get_by_role("link", name="Inscrire quelqu’un d’autre").click()
        describe(page, "Pivoine", "via la mairie")
        press(page, "Inscrire la personne")
        page.get_by_role("link", name="Prochain passage").click()
        expect(page.get_by_text("C’est complet.")).to_be_visible()
        page.get_by_role("link", name="Noter une demande").click()
        describe(page, "Réséda", OTHER_MOBILE)
        press(page, "Noter la demande")
        page.goto(stage.walk.address + "/mairie/")
        page.get_by_role("link", name="La feuille du jour").click()
        expect(page.get_by_role("row", name="16 h")).to_contain_text([MOBILE, "via la mairie"])
        assert prints(page, "La feuille à imprimer (PDF)")
    with stage.seen("/pilotage/service/demandes/", stage.village.coordinator) as page:
        expect(page.get_by_role("row", name="Oisy")).to_contain_text("1")
        expect(page.locator("main")).not_to_contain_text("Réséda")
    stage.pass_a_round()
    assert told_about("Tournesol") == [MessageState.SENT]
    (text,) = stage.texts_of_today()
    assert "5 janvier" in text
    assert "Tournesol" not in text


def describe(page: Page, name: str, reached: str) -> None:
    """Say who comes, how they are reached and why."""
    page.get_by_label("Nom, ou alias").fill(name)
    if reached == "via la mairie":
        page.get_by_label(reached, exact=True).check()
    else:
        page.get_by_label("Téléphone ou adresse électronique").fill(reached)
    page.get_by_label("Retraite").check()


def prints(page: Page, link: str) -> bool:
    """Tell whether a link of the page gives a PDF."""
    response = page.request.get(page.get_by_role("link", name=link).evaluate("link => link.href"))
    return response.ok and response.body().startswith(b"%PDF")


def told_about(name: str) -> list[str]:
    """Return what became of the messages of the appointments of someone, the first one first."""
    rows = Appointment.objects.filter(name=name).values_list("tellings", flat=True)
    about = [f"telling:{key}" for key in rows]
    return list(Message.objects.filter(about__in=about).order_by("pk").values_list("state", flat=True))


def free_a_slot(stage: Stage) -> None:
    """Cancel an appointment: its slot is kept for the oldest request, and nobody is booked before the desk says so."""
    stage.clock.go("2026-12-21", "10:00")
    with stage.seen("/mairie/", stage.village.referent) as page:
        page.get_by_role("link", name="Voir le rendez-vous de 16 h", exact=True).click()
        page.get_by_role("link", name="Annuler le rendez-vous").click()
        page.get_by_label("la personne", exact=False).first.check()
        press(page, "Annuler ce rendez-vous")
        page.get_by_role("link", name="Demandes").first.click()
        expect(page.get_by_text("Un créneau se libère")).to_be_visible()
        assert not Appointment.objects.filter(name="Réséda").exists()
        press(page, "Elle vient : l’inscrire")
        expect(page.get_by_role("heading", name="C’est noté : rendez-vous pris")).to_be_visible()
    stage.pass_a_round()
    assert told_about("Réséda") == [MessageState.SENT]


def remind(stage: Stage) -> None:
    """Remind whoever comes to the half-day, two days before it, of the next day alone."""
    stage.clock.go("2027-01-04", "09:00")
    stage.pass_a_round()
    assert len(stage.texts_of_today()) == 1


def hold(stage: Stage) -> None:
    """Hold the half-day with one thumb: arrive, note, tally, mark, close; then count the kit."""
    stage.clock.go("2027-01-05", "13:55")
    with stage.in_the_field("/terrain/", stage.village.mediator) as page:
        expect(page.locator("main")).to_contain_text("Jeanne, à l’accueil")
        expect(page.locator("main")).to_contain_text("Réséda")
        arrive(page)
        page.get_by_role("link", name="Aujourd’hui").first.click()
        log_walk_ins(page)
        press(page, "+ 1 repartie sans aide")
        stage.clock.go("2027-01-05", "16:50")
        mark(page, "Réséda", "Présent·e")
        mark(page, "Pivoine", "Absent·e")
        close(page)
        page.get_by_role("link", name="Malle", exact=True).first.click()
        press(page, "Tout est comme ci-dessous")
        expect(page.get_by_text("Complète", exact=True)).to_be_visible()
    with stage.seen("/pilotage/equipe/malles/", stage.village.coordinator) as page:
        expect(page.get_by_text("Complète", exact=True)).to_be_visible()
        page.goto(stage.walk.address + "/pilotage/service/?voir=tous")
        page.get_by_role("link", name="5 janvier 2027").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tenu")
        expect(page.get_by_text("Malle complète : oui")).to_be_visible()


def arrive(page: Page) -> None:
    """Say what was found on arrival, and that the key was not there."""
    page.get_by_role("link", name="J’arrive").click()
    for field in ("was_heated", "had_private_office", "had_room", "had_power", "had_network", "is_kit_complete"):
        page.locator(f"[name={field}][value=oui]").check()
    press(page, "Noter mon arrivée")
    expect(page.get_by_role("status").filter(has_text="Arrivée notée")).to_be_visible()
    page.get_by_role("link", name="Aujourd’hui").first.click()
    page.get_by_role("link", name="Le lieu, à l’arrivée").click()
    page.get_by_text("Noter un autre point").click()
    page.get_by_label("Ce qui a manqué").select_option(label="le lieu n’était pas ouvert")
    page.get_by_label("En quelques mots").fill("clé absente")
    press(page, "Noter ce point")
    expect(page.get_by_text("Déjà noté pour la mairie")).to_contain_text("le lieu n’était pas ouvert")


def log_walk_ins(page: Page) -> None:
    """Note two people who walk in, in a few taps each."""
    count_taps(page)
    for number in (1, 2):
        page.get_by_role("link", name="Noter une personne", exact=True).click()
        page.get_by_label("E-mail", exact=True).check()
        page.get_by_label("15 min", exact=True).check()
        page.get_by_label("70 ans et plus", exact=True).check()
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text(f"{number} personne{'s' if number > 1 else ''}", exact=True)).to_be_visible()
    assert taps_of(page) <= 10


def mark(page: Page, name: str, button: str) -> None:
    """Say whether someone with an appointment came."""
    expected = page.locator(".expected").filter(has_text=name)
    expected.get_by_role("button", name=button).click()
    expect(expected.locator(".pill")).to_have_text(button)


def close(page: Page) -> None:
    """Close the half-day on one screen."""
    page.get_by_role("link", name="Compléter et clore").click()
    page.get_by_role("button", name="Clore la demi-journée").click()
    expect(page.get_by_text("Demi-journée close", exact=True)).to_be_visible()


def answer_the_point(stage: Stage) -> None:
    """Let the mairie answer in one click; the coordination reads both."""
    stage.clock.go("2027-01-06", "09:00")
    with stage.seen("/mairie/", stage.village.referent) as page:
        page.get_by_role("link", name="Répondre en un clic").click()
        expect(page.locator("main")).to_contain_text("« clé absente »")
        count_taps(page)
        page.get_by_role("button", name="c’est réglé").click()
        expect(page.get_by_text("Aucun point n’attend votre réponse.")).to_be_visible()
        assert taps_of(page) == 1
    with stage.seen("/pilotage/service/points/?voir=tous", stage.village.coordinator) as page:
        expect(page.get_by_role("listitem").filter(has_text="le lieu n’était pas ouvert")).to_contain_text("C’est réglé")
