"""The page of the convention of a mairie: where it stands in plain words, what is expected, what it brings, what happened."""

from __future__ import annotations

from typing import Any

from django.test import Client
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce, withdraw_denunciation
from escale.apps.conventions.actions.electing import open_election_round
from escale.apps.conventions.actions.terminating import put_on_notice, terminate_for_general_interest
from escale.apps.conventions.models import Convention, Denonciation, PaperKind, Party
from escale.apps.territory.models import Referent, Room
from tests.apps.conventions.filed import filed
from tests.apps.conventions.paper import day, drafted, frozen, in_force, letter, voted
from tests.web.cast import Cast
from tests.web.commune.conftest import PAGE, words
from tests.web.counting import queries_of

COLD: Any = {"articles": ["7"], "facts": "La salle est froide.", "expected": "La chauffer."}


def test_a_commune_without_a_convention_is_told_what_will_stand_here(referent: Client) -> None:
    text = words(referent)

    assert "Pas de convention pour l’instant" in text
    assert "Vous n’avez rien à faire pour l’instant." in text


def test_a_draft_is_not_shown(cast: Cast, referent: Client) -> None:
    drafted(cast.epci, cast.oisy)

    assert "Pas de convention pour l’instant" in words(referent)


def test_one_in_force_says_until_when_and_what_happens_without_a_letter(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.oisy)

    text = words(referent)

    assert "Votre convention est en vigueur jusqu’au 30 juin 2027." in text
    assert (
        "Sans lettre de votre part ou de La Porte du Hainaut reçue au plus tard le vendredi 30 avril 2027, "
        "elle continue un an, jusqu’au 30 juin 2028."
    ) in text
    assert "Une demi-journée chaque mois , 3 h : 2 h sans rendez-vous, 1 h sur rendez-vous" in text


def test_after_the_last_day_to_denounce_it_says_that_it_goes_on(cast: Cast, referent: Client, settings: Settings) -> None:
    in_force(cast.epci, cast.oisy)
    settings.ESCALE_TODAY = day("2027-05-02")

    assert "Elle continue ensuite jusqu’au 30 juin 2028" in words(referent)


def test_one_that_is_denounced_says_its_last_day_and_that_nothing_changes_before(cast: Cast, referent: Client) -> None:
    convention = in_force(cast.epci, cast.oisy)
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-12", "2026-10-14"))

    text = words(referent)

    assert "Votre convention s’arrête le 30 juin 2027" in text
    assert "les passages continuent" in text
    assert "Dénonciation envoyée par la commune" in text


def test_a_denunciation_that_both_withdrew_leaves_the_convention_in_force(cast: Cast, referent: Client) -> None:
    convention = in_force(cast.epci, cast.oisy)
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-12", "2026-10-14"))
    on = day("2026-11-20")
    row = Denonciation.objects.get()
    withdraw_denunciation(actor=SYSTEM, denonciation=row, epci_accepts_on=on, commune_accepts_on=on)

    assert "Votre convention est en vigueur jusqu’au 30 juin 2027." in words(referent)


def test_one_that_is_over_says_why_and_until_when_that_may_be_contested(cast: Cast, referent: Client) -> None:
    convention = in_force(cast.epci, cast.oisy)
    terminate_for_general_interest(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        reasons="La cause de la convention a disparu.",
        posting=letter("2026-11-16", "2026-11-18"),
        last_day=day("2026-11-18"),
        document="Décision",
    )

    text = words(referent)

    assert "s’est arrêtée le 18 novembre 2026" in text
    assert "le dernier jour est le mardi 19 janvier 2027. Un recours gracieux n’arrête pas ce délai." in text


def test_the_council_is_asked_to_vote_and_then_nothing_more(cast: Cast, referent: Client) -> None:
    frozen(cast.epci, cast.oisy)
    assert "Faire voter la convention par votre conseil municipal" in words(referent)


def test_a_text_that_is_voted_is_to_be_signed(cast: Cast, referent: Client) -> None:
    voted(cast.epci, cast.oisy)

    text = words(referent)

    assert "Il reste à la signer." in text
    assert "Signer la convention, puis déposer la copie signée" in text
    assert "Dire qui signe pour la commune" in text


def test_what_is_not_known_of_people_and_places_is_expected(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.oisy)
    assert "Vos lieux d’accueil sont-ils toujours exacts" in words(referent)
    Referent.objects.all().delete()
    Room.objects.update(is_private=False)

    text = words(referent)

    assert "Nommer votre référent" in text
    assert "Dire où l’on reçoit : un bureau à l’abri des regards" in text


def test_after_elections_people_are_asked_again(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.oisy)
    open_election_round(actor=SYSTEM, epci=cast.epci, ends=day("2026-11-20"))

    text = words(referent)

    assert "Dire qui signe pour la commune" in text
    assert "Nommer votre référent" in text
    assert "les mandats ont pris fin le 20 novembre 2026" in text


def test_what_a_letter_asks_is_a_point_to_settle_by_its_last_day(cast: Cast, referent: Client) -> None:
    put_on_notice(
        actor=SYSTEM,
        convention=in_force(cast.epci, cast.oisy),
        author=Party.EPCI,
        articles=["3-1"],
        facts="Le bureau donne sur le hall.",
        expected="Un bureau fermé.",
        posting=letter("2026-11-10", "2026-11-12"),
    )

    text = words(referent)

    assert "Un point à régler avant le lundi 14 décembre 2026 inclus : Un bureau fermé." in text


def test_the_first_page_says_that_something_is_expected(cast: Cast, referent: Client) -> None:
    assert "Votre convention :" not in words(referent, "/mairie/")
    frozen(cast.epci, cast.oisy)

    assert "Votre convention : 2 points attendent une réponse de votre part" in words(referent, "/mairie/")


def test_the_desk_reads_what_is_in_force_without_letters_nor_things_to_do(cast: Cast, desk: Client) -> None:
    convention = in_force(cast.epci, cast.oisy)
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-12", "2026-10-14"))

    text = words(desk)

    assert "Votre convention s’arrête le 30 juin 2027" in text
    assert "Dénonciation" not in text
    assert "C’est le référent de la commune qui répond pour la convention." in text
    assert desk.get("/mairie/convention/signataire/").status_code == 403


def test_the_desk_downloads_the_text_in_force_and_no_letter(cast: Cast, desk: Client) -> None:
    convention = in_force(cast.epci, cast.oisy)
    text = filed(convention, PaperKind.TEXT, filed_for=Party.EPCI, words="texte")
    letter_filed = filed(convention, PaperKind.DENUNCIATION, filed_for=Party.EPCI, words="lettre")

    assert "Le texte et les pièces" in words(desk)
    assert desk.get(f"/mairie/convention/pieces/{text.pk}/").status_code == 200
    assert desk.get(f"/mairie/convention/pieces/{letter_filed.pk}/").status_code == 404


def test_the_desk_does_not_see_one_that_is_not_in_force(cast: Cast, desk: Client) -> None:
    frozen(cast.epci, cast.oisy)

    assert "Pas de convention pour l’instant" in words(desk)


def test_a_commune_does_not_see_the_convention_of_another(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.denain)

    assert "Pas de convention pour l’instant" in words(referent)


def test_a_commune_nouvelle_reads_the_conventions_that_it_takes_over(cast: Cast, referent: Client) -> None:
    in_force(cast.epci, cast.denain)
    cast.denain.merged_into = cast.oisy
    cast.denain.ends = day("2026-08-31")
    cast.denain.save()

    text = words(referent)

    assert "Signée par la commune de Denain : votre commune la reprend jusqu’à son terme." in text
    assert Convention.objects.visible_to(cast.referent).count() == 1


def test_the_page_costs_the_same_whatever_happened(cast: Cast, referent: Client) -> None:
    convention = in_force(cast.epci, cast.oisy)

    def asked_of(*days: str) -> int:
        for sent in days:
            posting = letter(sent, sent, number=f"MED{sent}")
            put_on_notice(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=posting, **COLD)
        return queries_of(referent, PAGE)

    assert asked_of("2026-10-01") == asked_of("2026-10-05", "2026-10-08", "2026-10-12")
