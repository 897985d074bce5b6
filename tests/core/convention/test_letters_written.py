"""The letters around a convention: what each one has to say, and all that it names as missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from escale.core.convention.filling import MissingValuesError
from escale.core.convention.letter_text import Correspondence, Correspondent
from escale.core.convention.letters_written import (
    Why,
    agreement_to_end,
    denunciation_letter,
    formal_notice_letter,
    notification_slip,
    termination_letter,
)
from escale.core.convention.placeholders import Gender, Signatory
from escale.core.documents.plain import plain_text
from escale.core.documents.tree import Document, Letterhead
from tests.core.convention.models import MAIRE, Named

PRESIDENT = Signatory(name="Luc PETIT", title="Président", gender=Gender.MASCULINE)
COMMUNE = Correspondent(name="la commune d’Oisy", seat=("Mairie", "59195 Oisy"), signatory=MAIRE, called="Madame la Maire")
EPCI = Correspondent(name="Un EPCI", seat=("1 rue Haute", "59000 Lille"), signatory=PRESIDENT, called="Monsieur le Président")
LETTER = Correspondence(
    sender=COMMUNE,
    recipient=EPCI,
    written_on=dt.date(2027, 4, 1),
    commune=Named(),
    issuer="Un EPCI",
    notified_on=dt.date(2025, 3, 17),
    act="délibération n° 2027-12 du 3 mars 2027",
    contact="Mairie, 03 00 00 00 00",
)
NOBODY = replace(
    LETTER,
    sender=replace(COMMUNE, signatory=None, seat=()),
    recipient=replace(EPCI, seat=()),
    notified_on=None,
    act="",
    contact="",
)
TERM, NEXT = dt.date(2027, 6, 30), dt.date(2028, 6, 30)


def said(document: Document) -> str:
    return plain_text(document).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_denunciation_names_its_authority_its_term_and_what_it_is_worth_otherwise() -> None:
    words = said(denunciation_letter(LETTER, term=TERM, next_term=NEXT))

    assert (
        "Dénonciation de la convention de médiation numérique entre Un EPCI et la commune d’Oisy, notifiée le 17 mars 2025"
        in words
    )
    assert "Commune d’Oisy\nMairie\n59195 Oisy" in words
    assert "Monsieur le Président\nUn EPCI\n1 rue Haute\n59000 Lille" in words
    assert "en qualité de Maire (délibération n° 2027-12 du 3 mars 2027)" in words
    assert "en application de son article 5-1" in words
    assert "Cette dénonciation vise le terme du 30 juin 2027" in words
    assert "À défaut d’effet au 30 juin 2027, la présente vaut dénonciation pour le 30 juin 2028." in words
    assert "- Copie : délibération n° 2027-12 du 3 mars 2027" in words


def test_a_denunciation_may_leave_the_next_term_out() -> None:
    assert "À défaut d’effet" not in said(denunciation_letter(LETTER, term=TERM, next_term=NEXT, states_fallback=False))


def test_a_denunciation_names_all_that_it_lacks() -> None:
    with pytest.raises(MissingValuesError) as caught:
        denunciation_letter(NOBODY, term=None, next_term=None)

    assert caught.value.missing == (
        "Adresse du siège, pour l’expéditeur (la commune d’Oisy)",
        "Signataire en fonction (la commune d’Oisy)",
        "Acte qui autorise cette lettre : nature, numéro et date",
        "Adresse du siège, pour le destinataire (Un EPCI)",
        "Date de notification de la convention",
        "Terme visé",
        "Terme suivant, pour la phrase « à défaut d’effet »",
    )


def test_a_formal_notice_says_facts_articles_what_is_expected_the_month_and_what_follows() -> None:
    facts = "Le 3 mars 2027 :\n- salle fermée ;\n- pas de chauffage."
    words = said(formal_notice_letter(LETTER, articles=["3-1", "4", "7"], facts=facts, expected="Ouvrir la salle."))

    assert "Le 3 mars 2027 :\n\n- salle fermée ;\n- pas de chauffage." in words
    assert "Ces faits méconnaissent les articles 3-1, 4 et 7 de la convention." in words
    assert "Ouvrir la salle." in words
    assert "un délai d’un mois à compter de la réception de la présente" in words
    assert "résiliée de manière anticipée, en application de son article 5-2" in words
    assert (
        "présenter vos observations, par écrit ou lors d’un entretien, dans le même délai, auprès de : Mairie, 03 00 00 00 00"
        in words
    )


def test_a_formal_notice_names_all_that_it_lacks() -> None:
    with pytest.raises(MissingValuesError) as caught:
        formal_notice_letter(NOBODY, articles=[], facts=" ", expected="")

    assert caught.value.missing[-4:] == (
        "Faits reprochés, avec leurs dates",
        "Articles méconnus",
        "Ce qui est attendu",
        "Contact pour les observations",
    )


def test_a_termination_for_breach_rests_on_the_notice_and_says_how_it_is_contested() -> None:
    words = said(
        termination_letter(
            LETTER,
            why=Why.BREACH,
            last_day=dt.date(2027, 6, 1),
            reasons="La salle est restée fermée.",
            notice_sent=dt.date(2027, 3, 1),
            notice_received=dt.date(2027, 3, 3),
            cure_ended=dt.date(2027, 4, 5),
            number="1A123",
        )
    )

    assert "adressée le 1er mars 2027, n° 1A123. Elle a été reçue le 3 mars 2027 (avis de réception joint)" in words
    assert "le délai a pris fin le 5 avril 2027. Elle est restée sans effet :\n\nLa salle est restée fermée." in words
    assert "La convention cesse après le 1er juin 2027" in words
    assert "dans un délai de deux mois à compter de sa notification" in words
    assert "- Mise en demeure et avis de réception" in words


def test_a_termination_for_breach_names_the_notice_as_missing() -> None:
    with pytest.raises(MissingValuesError) as caught:
        termination_letter(LETTER, why=Why.BREACH, last_day=None)

    assert caught.value.missing == (
        "Mise en demeure : date d’envoi",
        "Mise en demeure : date de réception prouvée",
        "Mise en demeure : fin du délai",
        "Constat que la mise en demeure est restée sans effet",
        "Date d’effet de la résiliation",
    )


def test_a_termination_for_the_general_interest_says_which() -> None:
    words = said(termination_letter(LETTER, why=Why.GENERAL_INTEREST, last_day=TERM, reasons="Le service ferme."))

    assert "pour le motif d’intérêt général suivant :\n\nLe service ferme." in words
    with pytest.raises(MissingValuesError, match="Motif d’intérêt général"):
        termination_letter(LETTER, why=Why.GENERAL_INTEREST, last_day=TERM)


def test_an_end_that_both_agree_to_is_signed_by_both() -> None:
    document = agreement_to_end(LETTER, last_day=TERM)
    words = said(document)

    assert not any(isinstance(block, Letterhead) for block in document.blocks)
    assert "est résiliée d’un commun accord, en application de son article 5-2" in words
    assert "Pour la commune d’Oisy\nAnne DURAND\nMaire" in words
    assert "Pour Un EPCI\nLuc PETIT\nPrésident" in words
    with pytest.raises(MissingValuesError, match="Dernier jour"):
        agreement_to_end(LETTER, last_day=None)


def test_a_slip_says_what_the_notification_brings_about() -> None:
    words = said(notification_slip(LETTER, what="la convention", signed_on=dt.date(2025, 3, 10), effect="Elle prend effet."))

    assert "je vous notifie la convention, dont un exemplaire original signé des deux parties est joint." in words
    assert "Elle prend effet." in words
    assert "- Un exemplaire original, signé le 10 mars 2025" in words
    with pytest.raises(MissingValuesError, match="Date de la dernière signature"):
        notification_slip(LETTER, what="la convention", signed_on=None, effect="")
