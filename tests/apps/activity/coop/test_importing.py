"""What was written in La Coop comes in once, without anyone's name, and nobody is counted twice."""

from __future__ import annotations

import datetime as dt
import zlib
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.activity.actions import choose_source, give_coop_file, log_record, take_coop_import, tally
from escale.apps.activity.actions.exchanging import read_coop_import, write_coop_import
from escale.apps.activity.models import CoopImport, ImportState, Record, Source, Tally, TouchedMonth
from escale.apps.activity.queries import counts_of_visits
from escale.apps.activity.tasks import go_on_with_coop_import
from escale.apps.audit.models import Entry
from escale.apps.documents.reading.tables import UnreadableFileError
from escale.apps.team.models import Mediator
from escale.apps.territory.models import Commune
from escale.apps.visits.models import Visit
from escale.core.activity.coop import Extra, Heading
from escale.core.activity.vocabulary import AgeBand, Autonomy, Gender, Place, Procedure, Status, TallyKind, Theme
from tests.apps.activity.coop.sheet import SECRET, line, sheet
from tests.apps.activity.writing import entry

pytestmark = pytest.mark.usefixtures("visit")


def give(coordinator: User, mediator: Mediator, *lines: dict[str, Any], **more: Any) -> CoopImport:
    return give_coop_file(actor=coordinator, mediator=mediator, name="activites.xlsx", content=sheet(*lines, **more))


def taken(coordinator: User, mediator: Mediator, *lines: dict[str, Any], **more: Any) -> CoopImport:
    return take_coop_import(actor=coordinator, row=give(coordinator, mediator, *lines, **more))


def test_a_line_becomes_a_record_of_its_half_day(coordinator: User, mediator: Mediator, visit: Visit) -> None:
    row = taken(coordinator, mediator, line())

    record = Record.objects.get()
    said = record.entry
    assert row.state == ImportState.DONE
    assert (record.date, record.visit, record.commune) == (dt.date(2027, 1, 5), visit, visit.commune)
    assert said.themes == {Theme.EMAIL, Theme.PROCEDURES}
    assert said.procedures == {Procedure.MONEY}
    assert (said.minutes, said.age, said.gender, said.status) == (30, AgeBand.FROM_60, Gender.FEMALE, Status.RETIRED)
    assert (said.autonomy, said.is_solved, said.orientation) == (Autonomy.GUIDED, True, None)
    assert TouchedMonth.objects.filter(commune=visit.commune, month="2027-01-01").exists()


def test_names_and_notes_are_kept_nowhere(coordinator: User, mediator: Mediator) -> None:
    row = give(coordinator, mediator, line(WORKSHOP=f"Atelier de {SECRET}"), line(PROCEDURE=f"Dossier de {SECRET}"))

    assert SECRET not in zlib.decompress(bytes(row.lines)).decode()
    assert SECRET not in str(row.report)
    taken_row = take_coop_import(actor=coordinator, row=row)
    assert bytes(taken_row.lines) == b""


def test_pressed_twice_it_is_taken_once_and_given_again_it_brings_nothing(coordinator: User, mediator: Mediator) -> None:
    row = give(coordinator, mediator, line(), line(MINUTES=45))
    for _ in range(2):
        take_coop_import(actor=coordinator, row=row)

    again = give(coordinator, mediator, line(), line(MINUTES=45), line(MINUTES=60))

    assert Record.objects.count() == 2
    assert (again.report["known"], again.report["taken"]) == (2, 1)
    assert Entry.objects.filter(event="activity.coop_imported").count() == 1


def test_what_was_noted_here_too_is_a_probable_double_as_many_times_as_it_was(
    coordinator: User, ines: User, mediator: Mediator, visit: Visit
) -> None:
    for _ in range(2):
        log_record(actor=ines, record=entry(visit, minutes=30))

    row = give(coordinator, mediator, line(), line(AGE="70 ans et plus"), line(AGE="40 - 59 ans"), line(MINUTES=15))

    assert (row.report["taken"], row.report["doubled"]) == (2, 2)
    assert row.report["doubles"][0]["words"] == "5 janvier 2027, Oisy, 30 min, 1 personne"
    take_coop_import(actor=coordinator, row=row, takes_doubles=True)
    assert Record.objects.count() == 6


def test_people_who_were_only_counted_are_not_counted_twice(
    coordinator: User, ines: User, mediator: Mediator, visit: Visit
) -> None:
    choose_source(actor=ines, mediator=mediator, source=Source.COOP)
    for _ in range(3):
        tally(actor=ines, visit=visit, kind=TallyKind.HELPED, key=uuid4())

    row = taken(coordinator, mediator, line(), line(MINUTES=45))

    assert row.report["replaced"] == 2
    assert Tally.objects.filter(visit=visit).of(TallyKind.HELPED).total() == 1
    assert counts_of_visits(coordinator, [visit])[visit.pk].received == 3


def test_a_workshop_is_counts_in_one_row_or_in_a_row_for_each_person(coordinator: User, mediator: Mediator) -> None:
    people = {"GENDER": "Féminin\nFéminin\nNon communiqué", "AGE": "-\n12 - 17 ans\n12 - 17 ans", "STATUS": ""}
    whole = line(KIND="Atelier collectif", PEOPLE=3, LEVEL="2/3", AUTONOMY="", **people)
    names = [*(heading for heading in Heading if heading is not Heading.WHERE), Extra.IDENTIFIER, Extra.COMMUNE]
    apart = [
        {**line(KIND="Atelier collectif", PEOPLE=f"{rank}/2", MINUTES=90), Extra.IDENTIFIER: "a-1", Extra.COMMUNE: "Oisy"}
        for rank in (1, 2)
    ]

    taken(coordinator, mediator, whole)
    taken(coordinator, mediator, *apart, headings=names)

    first, second = Record.objects.order_by("minutes")
    assert first.entry.people.total == 3
    assert first.counts == {"ages": {AgeBand.FROM_12: 2}, "genders": {Gender.FEMALE: 2, Gender.UNKNOWN: 1}}
    assert first.level == "intermediaire"
    assert second.entry.people.genders == {Gender.FEMALE: 2}
    assert second.people == 2


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"DATE": "31/02/2027"}, Heading.DATE, "n’existe pas dans le calendrier"),
        ({"DATE": "demain"}, Heading.DATE, "n’est pas une date"),
        ({"DATE": dt.date(2030, 1, 1)}, Heading.DATE, "pas encore venu"),
        ({"DATE": dt.date(2020, 1, 1)}, Heading.WHERE, "ce jour-là"),
        ({"WHERE": "Mairie, 75001 Paris"}, Heading.WHERE, "« 75001 Paris » n’existe pas"),
        ({"KIND": "Réunion"}, Heading.KIND, "n’est pas dans la liste"),
        ({"PLACE": ""}, Heading.PLACE, "vide"),
        ({"MINUTES": "longtemps"}, Heading.MINUTES, "en minutes"),
        ({"MINUTES": "=30+15"}, Heading.MINUTES, "formule"),
        ({"PEOPLE": 3}, Heading.PEOPLE, "une seule personne"),
        ({"THEMES": "Poterie"}, Heading.THEMES, "« Poterie » ; donner au moins un thème"),
    ],
)
def test_a_line_that_cannot_be_taken_says_where_and_why(
    coordinator: User, mediator: Mediator, changed: dict[str, Any], column: str, words: str
) -> None:
    row = give(coordinator, mediator, line(**changed), line())

    fault = row.report["faults"][0]
    assert (row.report["refused"], row.report["taken"]) == (1, 1)
    assert (fault["line"], fault["column"]) == (9, str(column))
    assert words in fault["words"]


def test_dates_are_read_as_people_write_them(coordinator: User, mediator: Mediator) -> None:
    ways = [
        dt.date(2027, 1, 5),
        dt.datetime.combine(dt.date(2027, 1, 5), dt.time(10, 30)),
        "5 janvier 2027",
        "mardi 5 janvier 2027",
        "2027-01-05T09:00",
    ]
    taken(coordinator, mediator, *(line(DATE=way, MINUTES=10 + rank) for rank, way in enumerate(ways)))

    assert set(Record.objects.values_list("date", flat=True)) == {dt.date(2027, 1, 5)}
    assert Record.objects.count() == len(ways)


def test_at_a_distance_the_commune_is_that_of_the_person(coordinator: User, mediator: Mediator, bousignies: Commune) -> None:
    far = line(PLACE="À distance", WHERE="Structure employeuse : La Porte du Hainaut, ", RESIDENCE="59178 Bousignies")
    taken(coordinator, mediator, far)

    record = Record.objects.get()
    assert (record.commune, record.place, record.visit) == (bousignies, Place.REMOTE, None)


def test_a_value_without_a_word_here_is_told_and_the_rest_is_taken(coordinator: User, mediator: Mediator) -> None:
    row = give(coordinator, mediator, line(THEMES="E-mail\nPoterie"), line(THEMES="Santé; Poterie"), line(AGE="vieux"))

    assert row.report["taken"] == 3
    assert row.report["left"] == [
        {"column": Heading.THEMES, "value": "Poterie", "count": 2, "line": 9},
        {"column": Heading.AGE, "value": "vieux", "count": 1, "line": 11},
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"pas un classeur", "n’est pas un classeur Excel"),
        (b"PK\x03\x04 coup\xc3\xa9", "abîmé"),
        (sheet(), "aucune activité"),
        (sheet(line(), headings=["Nom", "Ville", "Jour"]), "Aucune ligne ne porte les titres"),
        (
            sheet(line(), headings=[str(one).replace("Durée (min)", "Durées en minutes") for one in Heading]),
            "Ligne 8 : il manque la colonne « Durée (min) » (le plus proche est « Durées en minutes »).",
        ),
    ],
)
def test_a_file_that_is_not_one_of_la_coop_is_refused_in_words(
    coordinator: User, mediator: Mediator, content: bytes, words: str
) -> None:
    with pytest.raises(UnreadableFileError, match=words.replace("(", r"\(").replace(")", r"\)")):
        give_coop_file(actor=coordinator, mediator=mediator, name="activites.xlsx", content=content)

    assert not CoopImport.objects.exists()


def test_a_large_file_is_left_to_a_worker_which_ends_well_when_run_again(
    coordinator: User, mediator: Mediator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("escale.apps.activity.actions.exchanging.MOST_IN_A_PAGE", 1)
    row = give(coordinator, mediator, line(), line(MINUTES=45))
    assert row.state == ImportState.READING
    asked = Entry.objects.get(event="activity.coop_work_asked")

    go_on_with_coop_import.func(asked.pk)
    read_coop_import(key=row.pk)
    row.refresh_from_db()
    assert (row.state, row.done) == (ImportState.READY, 2)

    assert take_coop_import(actor=coordinator, row=row).state == ImportState.WRITING
    go_on_with_coop_import.func(asked.pk)
    write_coop_import(key=row.pk)
    assert Record.objects.count() == 2


def test_only_the_coordination_brings_in_and_only_what_there_is(coordinator: User, ines: User, mediator: Mediator) -> None:
    with pytest.raises(PermissionDenied):
        give(ines, mediator, line())
    row = taken(coordinator, mediator, line())

    with pytest.raises(ValidationError, match="Rien n’est à reprendre"):
        take_coop_import(actor=coordinator, row=give(coordinator, mediator, line()))

    assert row.report["taken"] == 1
