"""The page of one convention: one sentence, what comes next, its life, its parties, its obligations, its journal."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.communication.actions import Coordinated, record_coordination
from escale.apps.conventions.actions.amending import Change, draft_avenant
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.terminating import put_on_notice
from escale.apps.conventions.models import Convention, JournalEntry, Party
from escale.apps.territory.models import Commune
from escale.core.activity.vocabulary import Mission
from escale.web.steering.conventions.journal import EVENT_WORDS
from tests.apps.conventions.paper import day, drafted, frozen, in_force, letter, signed, voted
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain


@pytest.fixture(autouse=True)
def _in_november(settings: Settings) -> None:
    settings.ESCALE_TODAY = day("2026-11-23")


@pytest.fixture
def client(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.lawyer)


def address(convention: Convention, below: str = "") -> str:
    return f"/pilotage/conventions/{convention.pk}/{below}"


def words(client: Client, path: str) -> str:
    """Return what a page says, without its tags, on one line."""
    response = client.get(path)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main[0])))


def test_where_a_convention_in_force_stands_is_one_sentence(client: Client, cast: Cast) -> None:
    told = words(client, address(in_force(cast.epci, cast.oisy)))

    assert "En vigueur depuis le 17 mars 2025 : 1re reconduction, jusqu’au 30 juin 2027, puis reconduite" in told


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (drafted, "Le texte est en préparation"),
        (frozen, "Le texte est devant les assemblées depuis le 6 janvier 2025"),
        (voted, "Les deux délibérations sont exécutoires : les deux parties peuvent signer."),
        (signed, "Les deux parties ont signé ; la convention prendra effet à sa notification."),
    ],
)
def test_each_state_before_the_effect_has_its_sentence(
    client: Client, cast: Cast, make: Callable[..., Convention], told: str
) -> None:
    assert told in words(client, address(make(cast.epci, cast.oisy)))


def test_the_life_goes_from_the_first_act_to_the_terms_that_come(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)

    stops = client.get(address(convention)).context["stops"]
    told = {stop.day.isoformat(): " ; ".join(stop.words) for stop in stops}

    assert "Texte" not in told["2025-02-24"]
    assert "délibération du Bureau" in told["2025-02-24"]
    assert "signature par la commune" in told["2025-03-10"]
    assert "notification, prise d’effet" in told["2025-03-17"]
    assert "1re reconduction" in told["2026-07-01"]
    assert told["2026-11-23"] == "aujourd’hui"
    assert "poster" in told["2027-04-09"]
    assert "dernier jour pour notifier une dénonciation" in told["2027-04-30"]
    assert "terme" in told["2027-06-30"]
    assert any("évaluation" in happened for happened in told.values())
    assert [stop.day for stop in stops] == sorted(stop.day for stop in stops)


def test_the_picture_says_what_it_draws(client: Client, cast: Cast) -> None:
    page = client.get(address(in_force(cast.epci, cast.oisy)))

    picture = page.context["picture"]

    assert "période initiale, du 17 mars 2025 au 30 juin 2026" in picture.description
    assert picture.description in plain(page)
    places = [band.x for band in picture.bands if band.kind != "notice"]
    assert places == sorted(places)
    assert all(band.x >= 0 and band.x + band.width <= picture.width for band in picture.bands)


def test_a_draft_has_no_picture_yet(client: Client, cast: Cast) -> None:
    assert client.get(address(drafted(cast.epci, cast.oisy))).context["picture"] is None


@pytest.mark.parametrize(
    ("sent", "presented", "delivered", "told"),
    [
        ("2026-10-05", "2026-10-06", "2026-10-07", "Dans les délais, de façon certaine"),
        ("2026-04-29", "2026-04-30", "2026-05-05", "Contestable"),
        ("2026-05-11", "2026-05-12", "2026-05-13", "Tardive, de façon certaine"),
    ],
)
def test_a_denunciation_is_qualified_with_its_reasons(
    client: Client, cast: Cast, sent: str, presented: str, delivered: str, told: str
) -> None:
    convention = in_force(cast.epci, cast.oisy)
    posting = letter(sent, delivered, presented=day(presented), number="1A 000 000 0009 9")
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting)

    page = words(client, address(convention))

    assert f"Dénonciation {told}" in page
    assert "elle devait être notifiée au plus tard le" in page


def test_a_denunciation_under_way_asks_what_became_of_the_letter(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    posting = letter("2026-11-20", None, "1A 000 000 0009 9")
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting)

    assert "Dire quand la lettre a été remise" in words(client, address(convention))


def test_a_mise_en_demeure_tells_until_when_to_answer(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    put_on_notice(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        articles=["3-1"],
        facts="Le bureau est resté fermé.",
        expected="Ouvrir le bureau.",
        posting=letter("2026-10-28", "2026-10-30", "1A 000 000 0009 9"),
    )

    told = words(client, address(convention))

    assert "À régulariser jusqu’au 30 novembre 2026" in told
    assert "Ouvrir le bureau." in told


def test_an_avenant_on_its_way_is_told(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    draft_avenant(
        actor=SYSTEM, convention=convention, purpose="Données personnelles", changes=[Change(article="3-2", wording="Texte.")]
    )

    assert "Brouillon Données personnelles." in words(client, address(convention))


def test_the_counts_of_obligations_have_their_denominators(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)

    told = words(client, address(convention))
    listed = words(client, address(convention, "obligations/"))

    assert re.search(r"\d+ tenues? sur \d+ mesurées? ; 9 en tout", told)
    assert "20 en tout" in told
    assert "Pas encore mesurée" in listed
    assert "art. 3-1" in listed


def test_the_faults_of_the_text_are_shown_and_its_clauses_with_their_articles(client: Client, cast: Cast) -> None:
    told = words(client, address(in_force(cast.epci, cast.oisy)))

    assert "fautes connues du texte" in told
    assert "Huit participants au plus à un atelier." in told


def test_a_convention_held_by_a_commune_nouvelle_says_so(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    Commune.objects.filter(pk=cast.oisy.pk).update(merged_into=cast.denain, ends=day("2025-12-31"))

    assert "elle engage aujourd’hui la commune nouvelle de Denain" in words(client, address(convention))


def test_a_reader_sees_no_act_no_letter_and_no_name(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    convention = in_force(cast.epci, cast.oisy)
    posting = letter("2026-11-20", None, "1A 000 000 0009 9")
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting)
    reader = logged_in(cast.reader)

    told = words(reader, address(convention))

    assert "En vigueur depuis le 17 mars 2025" in told
    for hidden in ("Dénonciation", "Délibération", "Exemple", "originaux", "Obligations", "fautes connues"):
        assert hidden not in told, hidden


def test_a_draft_is_not_there_for_a_reader(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    assert logged_in(cast.reader).get(address(drafted(cast.epci, cast.oisy))).status_code == 404


def test_the_journal_tells_who_did_what_and_that_its_chain_holds(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)

    told = words(client, address(convention, "journal/"))

    assert f"La chaîne est intacte : {JournalEntry.objects.filter(convention=convention).count()} lignes" in told
    assert "Notification, prise d’effet" in told
    assert "conventions." not in told, "every event has its name in French"


def test_every_event_of_a_journal_has_its_name() -> None:
    written = {
        event
        for path in (Path(settings.BASE_DIR) / "escale" / "apps" / "conventions").rglob("*.py")
        for event in re.findall(r"journal\.record\(\s*\"(conventions\.\w+)\"", path.read_text())
    }

    assert "conventions.signed" in written
    assert written <= set(EVENT_WORDS)


def test_a_broken_chain_is_told_with_its_line(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    convention = in_force(cast.epci, cast.oisy)
    monkeypatch.setattr("escale.web.steering.conventions.journal.first_broken_line", lambda _: 3)

    assert "La chaîne est rompue à la ligne 3" in words(client, address(convention, "journal/"))


def test_the_page_asks_as_many_queries_whatever_happened(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)
    queries_of(client, address(convention))
    quiet = queries_of(client, address(convention))

    for article in ("3-1", "3-2", "7"):
        draft_avenant(actor=SYSTEM, convention=convention, purpose="Objet", changes=[Change(article=article, wording="Texte.")])

    assert queries_of(client, address(convention)) <= quiet + 1, "the clauses of all avenants are read at once"


def test_obligations_are_told_on_the_day_that_is_asked_for(client: Client, cast: Cast) -> None:
    convention = in_force(cast.epci, cast.oisy)

    then = words(client, address(convention, "obligations/?au=2025-03-20"))
    wrong = words(client, address(convention, "obligations/?au=hier"))
    everywhere = words(client, "/pilotage/conventions/obligations/?au=2025-03-16")

    assert "Les obligations, au jeudi 20 mars 2025" in then
    assert "Les obligations, au lundi 23 novembre 2026" in wrong
    assert "Écrire une date, par exemple « 30/06/2026 »." in wrong
    assert "Aucune convention n’est en vigueur" in everywhere


def test_one_obligation_is_told_commune_by_commune_with_what_shows_it(client: Client, cast: Cast) -> None:
    for commune in (cast.oisy, cast.denain):
        in_force(cast.epci, commune)
    told = Coordinated(what="réunion des référents", day=day("2026-11-02"), communes=[cast.oisy], missions=[Mission.AWARENESS])
    record_coordination(actor=SYSTEM, epci=cast.epci, told=told)

    board = words(client, "/pilotage/conventions/obligations/")
    coordination = words(client, "/pilotage/conventions/obligations/C-3.2-3/")
    earlier = words(client, "/pilotage/conventions/obligations/C-3.2-3/?au=2026-11-01")
    missions = words(client, "/pilotage/conventions/obligations/C-3.2-4/")
    free = words(client, "/pilotage/conventions/obligations/C-7-1/")

    assert "1 tenue sur 1 mesurée 1 pas encore mesurée" in board
    assert "1 tenue 1 pas encore mesurée sur 2 conventions en vigueur" in coordination
    assert coordination.index("Oisy Tenue") < coordination.index("Denain Pas encore mesurée")
    assert "Réunion des référents" in coordination
    assert "Réunion des référents" not in earlier
    assert "M2 · faire comprendre le numérique 0 1" in missions
    assert "la grille de densité de l’Insee n’y est pas" in missions
    assert "Partout : aucun prix n’est demandé" in free
    assert client.get("/pilotage/conventions/obligations/C-0/").status_code == 404
