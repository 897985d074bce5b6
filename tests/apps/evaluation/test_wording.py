"""What a report says stays true where a convention begins in the middle of a period."""

from __future__ import annotations

import datetime as dt

from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.wording import essentials, lines_of


def test_half_days_held_before_the_convention_are_never_told_out_of_those_due() -> None:
    figures = Figures(
        period="2025",
        until=dt.date(2026, 1, 10),
        commune="Bousignies",
        code="59100",
        population=339,
        epci="La Porte du Hainaut",
        service="Aide numérique",
        effect=dt.date(2025, 8, 14),
        counts={"due": 4, "proposed": 4, "held": 12, "urgencies": 1},
    )

    words = {line.label: line.words for line in lines_of(figures)}
    said = list(essentials(figures))

    assert (words["demi-journées proposées"], words["demi-journées tenues"]) == ("4 sur 4", "12")
    assert said[0] == "4 demi-journées proposées sur 4 dues, 12 tenues en tout (art. 4)."
    assert "1 urgence technique, pas encore résolue (art. 4)." in said
