"""Conventions signed before the product: all those of a file are written, or none; each faulty cell is named."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.importing import FaultyLinesError, import_conventions
from escale.apps.conventions.importing import file_to_fill, lines_of
from escale.apps.conventions.imports.columns import Column
from escale.apps.conventions.journal import first_broken_line
from escale.apps.conventions.models import Act, Convention, JournalEntry, Original, Paper, Signatory
from escale.apps.conventions.queries import state_of
from escale.apps.documents.files import bytes_of
from escale.apps.documents.reading.files import read_tables
from escale.apps.documents.spreadsheets import csv_lines
from escale.apps.schedule.models import AnnexedPattern, Participation
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.life import State
from tests.apps.conventions.imports.table import preview, row, table
from tests.apps.conventions.paper import day, in_force

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

SECOND = {
    Column.COMMUNE: "Bousignies",
    Column.COUNCIL_NUMBER: "2025-11",
    Column.LETTER_NUMBER: "1A 000 000 0002 0",
    Column.COMMUNE_LAST_NAME: "Essai",
    Column.USUAL: "",
}


def brought_in(epci: Epci, *rows: dict[Column, str]) -> list[Convention]:
    lines = lines_of(epci, table(*rows))
    return import_conventions(actor=SYSTEM, epci=epci, title="conventions.csv", lines=lines)


def test_a_file_becomes_conventions_in_force_with_their_acts_and_letters(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    made = brought_in(epci, row(), row(SECOND))

    assert [convention.commune for convention in made] == [oisy, bousignies]
    convention = Convention.objects.get(commune=oisy)
    assert (convention.notified_on, convention.frozen_on) == (day("2025-03-17"), day("2025-02-24"))
    assert state_of(convention, day("2026-11-23")).state is State.IN_FORCE
    assert Act.objects.count() == 3, "one act of the Bureau authorises both"
    assert Signatory.objects.count() == 3, "one president has signed both"
    assert first_broken_line(convention) is None
    assert JournalEntry.objects.filter(event="conventions.imported").count() == 2


def test_the_text_is_rebuilt_from_its_model_and_kept_as_such(epci: Epci, oisy: Commune) -> None:
    (convention,) = brought_in(epci, row())

    assert "Camille Exemple" in convention.text
    assert "2025-07" in convention.text
    assert "deuxième mardi" in convention.text.lower()
    paper = Paper.objects.get(convention=convention)
    assert (paper.note, paper.is_made_here) == ("texte reconstitué à l’import", True)
    assert bytes_of(paper.file).startswith(b"%PDF")
    assert paper.values["commune_deliberation_number"] == "2025-07"


def test_the_tour_follows_from_the_day_of_effect(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    brought_in(epci, row(), row(SECOND))

    firm = {part.commune: part.starts for part in Participation.objects.firm().select_related("commune")}
    assert firm == {oisy: day("2025-03-17"), bousignies: day("2025-03-17")}
    assert AnnexedPattern.objects.get().commune == oisy


def test_a_denunciation_and_the_originals_come_with_it(epci: Epci, oisy: Commune) -> None:
    told = {
        Column.DENOUNCED_BY: "commune",
        Column.DENOUNCED_NUMBER: "1A 000 000 0009 9",
        Column.DENOUNCED_SENT: "05/10/2026",
        Column.DENOUNCED_DELIVERED: "08/10/2026",
        Column.EPCI_ORIGINAL: "Archives, armoire 3",
    }

    (convention,) = brought_in(epci, row(told))

    assert convention.denonciations.get().author == "commune"
    assert Convention.objects.get(commune=oisy).ends_on == day("2027-06-30")
    assert Original.objects.get().place == "Archives, armoire 3"


LATE = {
    Column.DENOUNCED_BY: "commune",
    Column.DENOUNCED_NUMBER: "1A 000 000 0009 9",
    Column.DENOUNCED_SENT: "29/04/2026",
    Column.DENOUNCED_PRESENTED: "30/04/2026",
    Column.DENOUNCED_DELIVERED: "05/05/2026",
}


@pytest.mark.parametrize(("said", "ends_on"), [("", None), ("non", None), ("oui", "2027-06-30")])
def test_a_late_denunciation_holds_for_the_next_term_only_if_it_says_so(
    epci: Epci, oisy: Commune, said: str, ends_on: str | None
) -> None:
    (convention,) = brought_in(epci, row({**LATE, Column.DENOUNCED_FALLBACK: said}))

    assert Convention.objects.get(pk=convention.pk).ends_on == (ends_on and day(ends_on))


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({Column.COMMUNE: "Oizy"}, Column.COMMUNE, "vouliez-vous dire Oisy"),
        ({Column.MODEL: "2019"}, Column.MODEL, "n’est pas un modèle connu"),
        ({Column.COMMUNE_GENDER: ""}, Column.COMMUNE_GENDER, "écrire F ou M"),
        ({Column.COUNCIL_NUMBER: "=A1"}, Column.COUNCIL_NUMBER, "une formule n’est pas lue"),
        ({Column.COUNCIL_ON: "31/02/2025"}, Column.COUNCIL_ON, "n’existe pas dans le calendrier"),
        ({**LATE, Column.DENOUNCED_FALLBACK: "peut-être"}, Column.DENOUNCED_FALLBACK, "ni oui ni non"),
        ({Column.COUNCIL_ON: "26/02/0205"}, Column.COUNCIL_ON, "vérifier l’année"),
        ({Column.COUNCIL_TRANSMITTED: "20/02/2025"}, Column.COUNCIL_TRANSMITTED, "précède la séance"),
        ({Column.COMMUNE_SIGNED: "01/03/2025"}, Column.COMMUNE_SIGNED, "exécutoire"),
        ({Column.SENT: "08/03/2025"}, Column.SENT, "une fois signée"),
        ({Column.PRESENTED: "13/03/2025"}, Column.PRESENTED, "avant son envoi"),
        ({Column.DELIVERED: ""}, Column.DELIVERED, "la date de remise manque"),
        ({Column.DELIVERED: "02/07/2026"}, Column.SENT, "terme"),
        ({Column.DELIVERED: "17/03/2027"}, Column.DELIVERED, "pas encore venu"),
        ({Column.CHANNEL: "courriel"}, Column.CHANNEL, "ne prouve pas"),
        ({Column.LETTER_NUMBER: ""}, Column.LETTER_NUMBER, "numéro de la lettre"),
        ({Column.USUAL: "1er lundi, matin"}, Column.USUAL, "article 4"),
    ],
)
def test_a_faulty_cell_is_named_with_what_to_do(
    epci: Epci, oisy: Commune, cells: dict[Column, str], column: Column, words: str
) -> None:
    found = preview(epci, row(cells))

    assert [(fault.line, fault.column) for fault in found.faults] == [(2, column.value)], found.faults
    assert words in found.faults[0].words
    assert not found.may_be_imported
    assert not Convention.objects.exists()


def test_a_commune_twice_and_a_letter_twice_are_told_by_their_lines(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    same_letter = {**SECOND, Column.LETTER_NUMBER: "1A 000 000 0001 0"}

    found = preview(epci, row(), row(), row(same_letter))

    assert [(fault.line, fault.column) for fault in found.faults] == [(3, "Commune"), (4, "Notification : n° de la lettre")]
    assert "déjà ligne 2" in found.faults[0].words


def test_one_faulty_line_leaves_the_whole_file_out(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    in_force(epci, oisy)
    lines = lines_of(epci, table(row(), row({**SECOND, Column.BUREAU_NUMBER: "B25/099"})))

    with pytest.raises(FaultyLinesError) as caught:
        import_conventions(actor=SYSTEM, epci=epci, title="conventions.csv", lines=lines)

    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, "Commune")]
    assert "déjà une convention en vigueur" in caught.value.faults[0].words
    assert not Convention.objects.filter(commune=bousignies).exists()


def test_a_faulty_line_brings_no_fault_to_the_next_one(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    found = preview(epci, row({Column.DELIVERED: "06/07/2026", Column.SENT: "03/07/2026", Column.PRESENTED: ""}), row(SECOND))

    assert [fault.line for fault in found.faults] == [2]


def test_the_file_to_fill_does_not_guess_who_signed_before_an_election(epci: Epci, oisy: Commune) -> None:
    people = {"first_name": "Rose", "title": "Maire", "gender": "f", "epci": epci, "commune": oisy}
    Signatory.objects.create(last_name="Hier", ends=day("2026-03-20"), **people)
    Signatory.objects.create(last_name="Demain", starts=day("2026-03-21"), **people)

    columns, rows = file_to_fill(epci)

    assert all(cells[columns.index(Column.COMMUNE_LAST_NAME.value)] == "" for cells in rows)


def test_the_preview_tells_what_the_tour_becomes_and_writes_nothing(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    found = preview(epci, row(), row(SECOND))

    assert found.may_be_imported
    assert [(ready.commune, ready.effect, ready.state) for ready in found.ready] == [
        ("Oisy", day("2025-03-17"), "en vigueur"),
        ("Bousignies", day("2025-03-17"), "en vigueur"),
    ]
    assert found.joining == 2
    assert not Convention.objects.exists()
    assert not Participation.objects.exists()


def test_the_file_that_is_asked_for_names_each_commune_and_waits_to_be_filled(
    epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    columns, rows = file_to_fill(epci)
    content = "".join(csv_lines(columns, rows)).encode()

    (found,) = read_tables(content, "modele.csv", keeps_formulas=True)

    assert [line.cells[1] for line in found.rows[1:]] == ["Bousignies", "Oisy"]
    assert {line.cells[2] for line in found.rows[1:]} == {"porte-du-hainaut-2025"}
    assert lines_of(epci, found) == []


def test_a_letter_that_was_never_claimed_counts_from_its_presentation(epci: Epci, oisy: Commune) -> None:
    (convention,) = brought_in(epci, row({Column.DELIVERED: "", Column.RETURNED: "non réclamé"}))

    assert convention.notified_on == dt.date(2025, 3, 15)
