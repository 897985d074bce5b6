"""A date off the usual day says why, as far as the calendar tells."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.core.calendar.months import Month
from escale.web.steering.tour.reasons import Circumstances

COMMUNE, POST = 1, 2
DAY = dt.date(2027, 6, 1)
FIRST_TUESDAY = (1, 1, "AM")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (Circumstances(holidays={DAY: "Fête"}), "le mardi 1er juin est férié (Fête)"),
        (Circumstances(closures={DAY: "élections"}), "le mardi 1er juin, aucune salle du territoire : élections"),
        (Circumstances(halls={COMMUNE: {DAY: "travaux"}}), "salle fermée le mardi 1er juin : travaux"),
        (Circumstances(halls={COMMUNE: {DAY: ""}}), "salle fermée le mardi 1er juin"),
        (Circumstances(asked={COMMUNE: frozenset({DAY})}), "la mairie ne peut pas ouvrir le mardi 1er juin"),
        (Circumstances(away={POST: frozenset({DAY})}), "médiateur absent le mardi 1er juin"),
        (Circumstances(taken={(POST, DAY, "AM"): "Oisy"}), "place prise le mardi 1er juin par Oisy"),
        (Circumstances(taken={(POST, DAY, "PM"): "Oisy"}), "autre date retenue ce mois-là"),
        (Circumstances(halls={9: {DAY: "travaux"}}), "autre date retenue ce mois-là"),
    ],
)
def test_the_calendar_says_what_stands_against_the_usual_day(told: Circumstances, reason: str) -> None:
    assert told.against(COMMUNE, POST, FIRST_TUESDAY, Month(2027, 6)) == reason


def test_a_holiday_is_told_before_a_place_that_is_taken() -> None:
    told = Circumstances(holidays={DAY: "Fête"}, taken={(POST, DAY, "AM"): "Oisy"})

    assert "férié" in told.against(COMMUNE, POST, FIRST_TUESDAY, Month(2027, 6))


def test_a_month_without_a_fifth_tuesday_says_so() -> None:
    assert Circumstances().against(COMMUNE, POST, (5, 1, "AM"), Month(2027, 2)) == "pas de cinquième mardi ce mois-là"
