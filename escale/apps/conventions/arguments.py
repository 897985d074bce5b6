"""What may stand on the command line of `manage.py convention`; what may not is refused with its place, in French."""

from __future__ import annotations

import argparse
import datetime as dt

from escale.apps.schedule.tours.arguments import TourParser, valid

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""The years in which a convention of this service can live."""


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read a command line. Raise ProblemError when it says something else."""
    parser = TourParser(prog="manage.py convention", description="Les délais d’une convention, aux clauses de celle de 2025.")
    commands = parser.add_subparsers(dest="subcommand", required=True, metavar="SOUS-COMMANDE")
    _add_periods(commands.add_parser("periods", help="la période qui court un jour donné, et jusqu’à quand la dénoncer"))
    _add_denunciation(commands.add_parser("denunciation", help="une dénonciation est-elle dans les délais ?"))
    return parser.parse_args(arguments)


def _civil_day(text: str) -> dt.date:
    found = dt.date.fromisoformat(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return found


day = valid(_civil_day, f"une date s’écrit « 2026-03-09 », entre {FIRST_YEAR} et {LAST_YEAR}")


def _add_day(parser: argparse.ArgumentParser, option: str, words: str, *, required: bool = False) -> None:
    parser.add_argument(option, type=day, required=required, metavar="DATE", help=words)


def _add_periods(parser: argparse.ArgumentParser) -> None:
    _add_day(parser, "--notified", "date de notification, qui est celle de la prise d’effet", required=True)
    _add_day(parser, "--on", "le jour dont on parle", required=True)


def _add_denunciation(parser: argparse.ArgumentParser) -> None:
    _add_day(parser, "--notified", "date de notification de la convention", required=True)
    _add_day(parser, "--sent", "envoi de la lettre, cachet de la poste", required=True)
    _add_day(parser, "--presented", "première présentation")
    fate = parser.add_mutually_exclusive_group()
    fate.add_argument("--delivered", type=day, metavar="DATE", help="remise au destinataire")
    fate.add_argument("--unclaimed", action="store_true", help="jamais retirée, revenue à l’expéditeur")
    _add_day(parser, "--term", "terme visé (par défaut : celui de la période qui court à l’envoi)")
    parser.add_argument("--not-stated", action="store_true", help="la lettre ne vaut pas, à défaut, pour le terme suivant")
