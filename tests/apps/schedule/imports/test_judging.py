"""The visits of a table against the rules of a legal plan: what breaks one is told beside its line, the rest is legal."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.schedule.imports.judging import judge, out_of_reach, plan_of_lines, span_of, usual_days
from escale.apps.schedule.imports.reading import Line
from escale.core.calendar.halfdays import Window
from escale.core.calendar.holidays import HolidayArea, holiday_dates
from escale.core.calendar.months import Month
from escale.core.planning.check import check
from escale.core.planning.problem import Annex, Commune, Mediator, Problem
from escale.core.planning.readings import WINDOWS, Reading
from tests.apps.schedule.imports.files import lines_of, read

WINDOW = WINDOWS[Reading.R1]
PROBLEM = Problem(
    name="essai",
    months=Month.range("2027-01..2027-12"),
    windows=WINDOW,
    holidays=holiday_dates([2027], HolidayArea.METROPOLE),
    mediators=(Mediator(id="P1", away=frozenset({dt.date(2027, 3, 16)})), Mediator(id="P2")),
    communes=(
        Commune(code="59446", name="Oisy", windows=WINDOW, closed=frozenset({dt.date(2027, 4, 9)})),
        Commune(code="59172", name="Denain", windows=WINDOW - {Window.parse("TUE_AM")}, until=dt.date(2027, 9, 30)),
    ),
    base_hm=(10.0, 10.0),
    between_hm=((0.0, 5.0), (5.0, 0.0)),
)


def lines(*rows: str) -> list[Line]:
    found = read(lines_of("Commune;Date;Demi-journée;Médiateur", *rows))
    assert found.faults == []
    return found.lines


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Oisy;11/11/2027;matin;Poste 1", "le jeudi 11 novembre 2027 est férié"),
        ("Oisy;08/03/2027;matin;Poste 1", "lundi 8 mars 2027, matin : l’article 4 ne donne pas cette demi-journée"),
        ("Oisy;10/03/2027;matin;Poste 1", "mercredi 10 mars 2027, matin : l’article 4 ne donne pas"),
        ("Oisy;16/03/2027;matin;Poste 1", "personne n’est présent à Poste 1 le mardi 16 mars 2027"),
        ("Oisy;09/04/2027;matin;Poste 1", "Oisy ne peut pas ouvrir de salle le vendredi 9 avril 2027"),
        ("Denain;09/03/2027;matin;Poste 1", "Denain a répondu qu’elle ne peut pas accueillir"),
        ("Denain;08/10/2027;matin;Poste 1", "Denain ne participe pas à la tournée le vendredi 8 octobre 2027"),
        ("La Sentinelle;09/03/2027;matin;Poste 1", "La Sentinelle ne participe pas à la tournée sur ces mois"),
    ],
)
def test_a_visit_that_cannot_stand_is_told_with_its_reason(row: str, told: str) -> None:
    (fault,) = judge(lines(row), PROBLEM).values()

    assert told in fault.sentence
    assert fault.sentence.startswith("ligne 2, colonne « Date » : ")


def test_a_commune_twice_in_a_month_names_the_line_that_came_first() -> None:
    (fault,) = judge(lines("Oisy;09/03/2027;matin;Poste 1", "Oisy;23/03/2027;matin;Poste 2"), PROBLEM).values()

    assert fault.sentence == (
        "ligne 3, colonne « Date » : Oisy a déjà un passage en mars 2027, ligne 2 (le 9 mars 2027) ; "
        "l’article 4 en donne un par mois."
    )


def test_two_communes_for_one_mediator_name_the_line_that_came_first() -> None:
    (fault,) = judge(lines("Oisy;09/03/2027;après-midi;Poste 1", "Denain;09/03/2027;PM;Camille"), PROBLEM).values()

    assert "ligne 3" in fault.sentence
    assert "Poste 1 est déjà à Oisy le 9 mars 2027, après-midi, ligne 2" in fault.sentence


def test_what_remains_is_legal() -> None:
    rows = lines(
        "Oisy;09/03/2027;matin;Poste 1",
        "Oisy;11/03/2027;matin;Poste 1",
        "Oisy;11/11/2027;matin;Poste 1",
        "Denain;09/03/2027;après-midi;Poste 1",
        "Oisy;06/04/2027;matin;Poste 1",
        "Denain;06/04/2027;après-midi;Poste 1",
    )

    faults = judge(rows, PROBLEM)

    kept = [line for line in rows if line not in faults]
    assert len(kept) == 4
    assert check(PROBLEM, plan_of_lines(kept)) == ()
    assert span_of(kept) == Month.range("2027-03..2027-04")


def test_a_slip_of_the_year_is_told_before_anything_is_reckoned() -> None:
    rows = lines("Oisy;09/03/2027;matin;Poste 1", "Oisy;09/03/2072;matin;Poste 1")

    (line, fault), *others = out_of_reach(rows, dt.date(2026, 11, 22)).items()

    assert not others
    assert line.date.year == 2072
    assert "vérifier l’année" in fault.sentence


def test_the_usual_day_is_the_one_that_is_written_else_the_one_of_most_visits() -> None:
    rows = lines(
        "Oisy;05/01/2027;matin;Poste 1",
        "Oisy;02/02/2027;matin;Poste 1",
        "Oisy;11/03/2027;matin;Poste 1",
        "Denain;06/01/2027;PM;Poste 1",
        "Denain;04/02/2027;PM;Poste 1",
        "La Sentinelle;07/01/2027;PM;Poste 1",
    )
    written = Annex(nth=3, window=Window.parse("FRI_AM"))

    found = usual_days(rows, {"59564": written})

    assert found == {"59446": Annex(nth=1, window=Window.parse("TUE_AM")), "59564": written}
