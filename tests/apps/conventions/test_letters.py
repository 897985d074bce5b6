"""The letters around a convention, filled with what is recorded of both parties."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.conventions.models import Ground, Party
from escale.apps.conventions.papers import (
    denunciation_document,
    formal_notice_document,
    slip_document,
    termination_document,
)
from escale.apps.territory.models import Commune, Epci, Setting
from escale.core.convention.filling import MissingValuesError
from escale.core.documents.plain import plain_text
from escale.core.documents.tree import Document
from tests.apps.conventions.paper import frozen, in_force, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

ON = dt.date(2026, 11, 23)


def said(document: Document) -> str:
    return plain_text(document).replace("\u00a0", " ").replace("\u202f", " ")


def seat(epci: Epci, commune: Commune) -> None:
    Setting.objects.create(epci=epci, key="EPCI_SEAT", value="Site minier, rue Haute, 59135 Wallers")
    Setting.objects.create(epci=epci, key="COORDINATION_EMAIL", value="coordination@example.org")
    commune.postal_codes = ["59195"]
    commune.save()


def test_a_denunciation_aims_at_the_period_that_runs(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    seat(epci, oisy)

    words = said(denunciation_document(convention, author=Party.EPCI, on=ON, act="délibération n° 26/200 du 9 novembre 2026"))

    assert "La Porte du Hainaut\nSite minier\nrue Haute\n59135 Wallers" in words
    assert "Madame, Monsieur le Maire\nCommune d’Oisy\nMairie\n59195 Oisy" in words
    assert "en qualité de Présidente (délibération n° 26/200 du 9 novembre 2026)" in words
    assert "À défaut d’effet au 30 juin 2027, la présente vaut dénonciation pour le 30 juin 2028." in words


def test_a_mayor_out_of_office_denounces_nothing(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)

    with pytest.raises(MissingValuesError) as caught:
        denunciation_document(convention, author=Party.COMMUNE, on=ON)

    assert "Signataire en fonction (la commune d’Oisy)" in caught.value.missing
    assert "Acte qui autorise cette lettre : nature, numéro et date" in caught.value.missing


def test_the_epci_is_answered_at_its_coordination(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    seat(epci, oisy)

    document = formal_notice_document(
        convention, author=Party.EPCI, on=ON, articles=["7"], facts="Salle fermée.", expected="L’ouvrir."
    )

    assert "auprès de : La Porte du Hainaut, coordination@example.org." in said(document)


def test_an_end_by_agreement_names_both_signatories(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)

    with pytest.raises(MissingValuesError, match="Signataire en fonction"):
        termination_document(convention, ground=Ground.AGREEMENT, author=Party.EPCI, on=ON, last_day=dt.date(2026, 12, 31))


def test_a_slip_goes_with_what_both_have_signed(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    seat(epci, oisy)
    convention = signed(epci, oisy)

    words = said(slip_document(convention, on=dt.date(2025, 3, 14)))

    assert "Madame la Maire\nCommune d’Oisy" in words
    assert "(délibération du Bureau n° B25/014 du 24 février 2025)" in words
    assert "La convention prend effet le jour où la commune reçoit la présente (article 5-1)" in words
    with pytest.raises(MissingValuesError, match="dernière signature"):
        slip_document(frozen(epci, bousignies), on=ON)
