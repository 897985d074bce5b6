"""`manage.py convention`: sentences to read, then one line to parse; bad input is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from tests.apps.conventions.command import Answer, convention

NOTIFIED = "--notified 2025-03-17"
LETTER = f"denunciation {NOTIFIED} --sent 2026-04-29 --presented 2026-04-30"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{NOTIFIED} --on 2027-05-02", ("EN_VIGUEUR", 1, "2026-07-01", "2027-06-30", "2027-04-30", "2027-04-09")),
        (f"{NOTIFIED} --on 2025-03-17", ("EN_VIGUEUR", 0, "2025-03-17", "2026-06-30", "2026-04-30", "2026-04-09")),
        (f"{NOTIFIED} --on 2028-06-30", ("EN_VIGUEUR", 2, "2027-07-01", "2028-06-30", "2028-04-30", "2028-04-07")),
        ("--notified 2026-06-30 --on 2026-07-01", ("EN_VIGUEUR", 1, "2026-07-01", "2027-06-30", "2027-04-30", "2027-04-09")),
        (f"{NOTIFIED} --on 2025-03-16", ("SIGNEE", None, None, None, None, None)),
    ],
)
def test_the_period_that_runs_is_told(line: str, told: tuple[Any, ...]) -> None:
    answer = convention(f"periods {line}")

    keys = ("state", "period", "start", "end", "last_day_to_denounce", "post_by")
    assert (answer.code, answer.told) == (0, dict(zip(keys, told, strict=True)))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"{NOTIFIED} --on 2027-05-02", "1re reconduction, du 1er juillet 2026 au 30 juin 2027"),
        (f"{NOTIFIED} --on 2027-05-02", "elle court jusqu’au 30 juin 2028, sauf accord des deux parties"),
        (f"{NOTIFIED} --on 2027-04-30", "doit être notifiée au plus tard le vendredi 30 avril 2027, ce jour compris"),
        (f"{NOTIFIED} --on 2027-04-30", "La poster au plus tard le vendredi 9 avril 2027"),
        (f"{NOTIFIED} --on 2028-01-01", "2e reconduction"),
        (f"{NOTIFIED} --on 2025-03-16", "n’est pas encore en vigueur : elle prend effet à sa notification, le 17 mars 2025"),
        ("--notified 2026-05-15 --on 2026-05-15", "ce jour était passé avant même la prise d’effet"),
    ],
)
def test_periods_are_told_in_sentences(line: str, words: str) -> None:
    assert words in convention(f"periods {line}").said


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{LETTER} --delivered 2026-04-30", ("CERTAIN_IN_TIME", True, "2026-06-30")),
        (f"{LETTER} --delivered 2026-05-05", ("CONTESTABLE", False, "2027-06-30")),
        (f"{LETTER} --delivered 2026-05-05 --not-stated", ("CONTESTABLE", False, "2027-06-30")),
        (f"{LETTER} --unclaimed", ("CONTESTABLE", True, "2026-06-30")),
        (f"{LETTER} --delivered 2026-05-05 --term 2027-06-30", ("CERTAIN_IN_TIME", True, "2027-06-30")),
        (f"denunciation {NOTIFIED} --sent 2026-05-04 --delivered 2026-05-06", ("CERTAIN_LATE", False, "2027-06-30")),
    ],
)
def test_a_denunciation_is_qualified(line: str, told: tuple[Any, ...]) -> None:
    answer = convention(line)

    assert (answer.code, answer.told) == (0, dict(zip(("certainty", "effective", "ends_on"), told, strict=True)))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"{LETTER} --delivered 2026-05-05", "par sa phrase de repli, la convention s’arrête le 30 juin 2027"),
        (f"{LETTER} --delivered 2026-05-05 --not-stated", "reconduite, au moins jusqu’au 30 juin 2027"),
        (f"{LETTER} --delivered 2026-05-05", "proposer un accord écrit"),
        (f"{LETTER} --delivered 2026-05-05", "Date d’envoi : notifiée le 29 avril 2026 : dans les délais"),
        (f"{LETTER} --unclaimed", "Selon la règle administrative, elle a effet : la convention s’arrête le 30 juin 2026"),
        (f"{LETTER} --unclaimed", "Remise seule : jamais notifiée"),
    ],
)
def test_denunciations_are_told_in_sentences(line: str, words: str) -> None:
    assert words in convention(line).said


def refused(answer: Answer) -> str:
    """Return the place of a refusal, told twice alike."""
    assert answer.code == 2
    assert set(answer.told) == {"error", "place"}
    assert answer.warned.strip() == f"{answer.told['place']} : {answer.told['error']}"
    return str(answer.told["place"])


@pytest.mark.parametrize(
    ("line", "place", "reason"),
    [
        (f"periods {NOTIFIED}", "ligne de commande", "il manque --on"),
        (f"periods {NOTIFIED} --on demain", "--on", "une date s’écrit"),
        (f"periods {NOTIFIED} --on 2026-02-30", "--on", "une date s’écrit"),
        (f"periods {NOTIFIED} --on 9999-12-31", "--on", "entre 2000 et 2199"),
        ("periods --notified 2026-07-06 --on 2026-07-06", "--notified", "faire délibérer un nouveau terme"),
        ("periode", "SOUS-COMMANDE", "n’existe pas"),
        (f"{LETTER}", "--delivered", "encore en chemin"),
        (f"{LETTER} --delivered 2026-04-29", "--delivered", "avant sa première présentation"),
        (f"{LETTER} --delivered 2026-05-05 --unclaimed", "--unclaimed", "ne va pas avec"),
        (f"denunciation {NOTIFIED} --sent 2026-04-29 --unclaimed", "--presented", "première présentation"),
        (f"{LETTER} --unclaimed --term 2027-06-29", "--term", "le prochain terme est le 30 juin 2026"),
        ("denunciation --notified 2026-05-15 --sent 2026-05-14 --delivered 2026-05-16", "--sent", "rien à dénoncer"),
    ],
)
def test_bad_input_is_refused_with_its_place(line: str, place: str, reason: str) -> None:
    answer = convention(line)

    assert refused(answer) == place
    assert reason in answer.told["error"]


@pytest.mark.parametrize("line", ["periods --help", "denunciation --help"])
def test_each_subcommand_explains_itself(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("convention", *line.split())

    assert ended.value.code == 0
    assert "--notified DATE" in capsys.readouterr().out
