"""What may stand on the command line of `manage.py tour`; what may not is refused with its place, in French."""

from __future__ import annotations

import argparse
import datetime as dt
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.faults import ProblemError
from escale.core.planning.presets import PRESETS, PresetName

T = TypeVar("T")

SUBCOMMANDS = {
    "capacity": "measuring",
    "solve": "solving",
    "check": "checking",
    "repair": "repairing",
    "explain": "explaining",
    "country": "country",
}
"""Each subcommand and the module that runs it."""

IN_FRENCH = (
    (r"the following arguments are required: (.+)", r"il manque \1"),
    (r"unrecognized arguments: (.+)", r"option inconnue : \1"),
    (r"ambiguous option: (\S+) could match (.+)", r"l’option \1 est ambiguë : \2"),
    (r"argument \S+: expected one argument", "une valeur est attendue ici"),
    (r"argument \S+: expected at least one argument", "au moins une valeur est attendue ici"),
    (r"argument \S+: expected (\d+) arguments", r"\1 valeurs sont attendues ici"),
    (r"argument \S+: invalid choice: (\S+) \(choose from (.+)\)", r"\1 n’existe pas ; choisir parmi \2"),
    (r"argument \S+: not allowed with argument (.+)", r"ne va pas avec \1"),
    (r"argument \S+: (.+)", r"\1"),
)


class TourParser(argparse.ArgumentParser):
    """A parser that raises ProblemError, in French, instead of leaving."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        option = re.match(r"argument (\S+):", message)
        words = next((re.sub(english, french, message) for english, french in IN_FRENCH if re.match(english, message)), message)
        raise ProblemError(
            place=option[1].partition("/")[0] if option else "ligne de commande", message=f"{words} (aide : {self.prog} --help)"
        )


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Read a command line. Raise ProblemError when it says something else."""
    return _parser().parse_args(arguments)


def valid(read: Callable[[str], T], advice: str) -> Callable[[str], T]:
    """Return a reader that refuses what `read` cannot, with a piece of advice."""

    def reader(text: str) -> T:
        try:
            return read(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"« {text} » ne convient pas ; {advice}") from None

    return reader


def _positive(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(text)
    return value


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value < 1:
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


seconds = valid(_positive, "donner un nombre de secondes plus grand que 0")
share = valid(_share, "donner une part de 0 à 1, comme 0.01 pour 1 %")
count = valid(_count, "donner un nombre entier plus grand que 0")
seed = valid(lambda text: abs(int(text)), "donner un nombre entier")
day = valid(dt.date.fromisoformat, "une date s’écrit « 2026-03-09 »")
months = valid(Month.range, "des mois s’écrivent « 2027-01..2027-12 »")
window = valid(Window.parse, "une demi-journée s’écrit « TUE_AM » (mardi matin) ou « WED_PM » (mercredi après-midi)")
siren = valid(lambda text: f"{int(text):09d}", "un SIREN a neuf chiffres")


def _parser() -> TourParser:
    parser = TourParser(prog="manage.py tour", description="La tournée de l’année.")
    commands = parser.add_subparsers(dest="subcommand", required=True, metavar="SOUS-COMMANDE")
    _add_capacity(commands.add_parser("capacity", help="places et besoins de chaque mois, sous chaque lecture de l’article 4"))
    _add_solve(commands.add_parser("solve", help="planifier l’année, avec une borne démontrée"))
    _add_check(commands.add_parser("check", help="dire si un plan respecte les règles, et ce qu’il coûte"))
    _add_repair(commands.add_parser("repair", help="réparer un plan publié en déplaçant le moins de visites"))
    _add_explain(commands.add_parser("explain", help="« pourquoi pas le mardi matin ? »"))
    _add_country(commands.add_parser("country", help="planifier tous les EPCI d’un dossier, par la file des tâches"))
    return parser


def _add_problem(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--problem", type=Path, help="fichier du problème")
    parser.add_argument("--epci", type=siren, help="ou SIREN d’un EPCI de la base")
    parser.add_argument("--months", type=months, help="ses mois, « 2027-01..2027-12 »")


def _add_seed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=seed, default=0, help="graine (par défaut : %(default)s)")


def _add_period(parser: argparse.ArgumentParser, option: str, who: str, words: str) -> None:
    parser.add_argument(option, nargs=3, action="append", default=[], metavar=(who, "DU", "AU"), help=words)


def _add_capacity(parser: argparse.ArgumentParser) -> None:
    _add_problem(parser)
    _add_period(parser, "--leave", "POSTE", "congé demandé")
    parser.add_argument("--more-communes", type=count, default=1, help="communes de plus (par défaut : %(default)s)")
    parser.add_argument("--more-mediators", type=count, default=1, help="médiateurs de plus (par défaut : %(default)s)")


def _add_solve(parser: argparse.ArgumentParser) -> None:
    _add_problem(parser)
    parser.add_argument("--out", type=Path, required=True, help="où écrire le plan")
    parser.add_argument("--time-limit", type=seconds, help="durée de toute la commande, en secondes (par défaut : 60)")
    parser.add_argument("--work-limit", type=count, help="ou nombre d’essais : le même plan pour la même graine, partout")
    parser.add_argument("--stop-at-gap", type=share, help="s’arrêter dès que cet écart est démontré, comme 0.01")
    _add_seed(parser)
    parser.add_argument("--start", type=Path, help="plan dont partir")
    parser.add_argument(
        "--preset",
        choices=[name.value for name in PresetName],
        help=", ".join(f"{name.value} : {preset.label}" for name, preset in PRESETS.items()),
    )
    parser.add_argument("--free", action="append", default=[], metavar="CODE", help="commune libérée de son jour convenu")


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_problem(parser)
    parser.add_argument("--plan", type=Path, required=True, help="fichier du plan")


def _add_repair(parser: argparse.ArgumentParser) -> None:
    _add_check(parser)
    _add_period(parser, "--away", "POSTE", "absence")
    _add_period(parser, "--vacant", "POSTE", "poste vacant : service réduit")
    _add_period(parser, "--closed", "CODE", "salle fermée")
    _add_period(parser, "--other-room", "CODE", "salle fermée, une autre de la commune sert")
    parser.add_argument("--join", nargs=2, action="append", default=[], metavar=("CODE", "DATE"), help="commune qui arrive")
    parser.add_argument(
        "--move",
        nargs=5,
        action="append",
        default=[],
        metavar=("CODE", "ETAIT", "DATE", "MOITIE", "POSTE"),
        help="visite déplacée à la main : l’ancienne date (ou « - »), la nouvelle, AM ou PM, le poste",
    )
    parser.add_argument("--since", type=day, help="rien ne change avant ce jour")
    parser.add_argument("--out", type=Path, required=True, help="où écrire le nouveau plan")
    parser.add_argument(
        "--time-limit", type=seconds, default=3.0, help="durée de la recherche, en secondes (par défaut : %(default)s)"
    )
    _add_seed(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    _add_check(parser)
    parser.add_argument("--commune", required=True, metavar="CODE", help="code INSEE")
    parser.add_argument("--window", type=window, required=True, help="demi-journée souhaitée, « TUE_AM »")
    parser.add_argument("--exact", action="store_true", help="le coût exact, plus long")
    parser.add_argument(
        "--time-limit", type=seconds, help="durée de la recherche, en secondes (par défaut : 0,8, ou 15 avec --exact)"
    )
    _add_seed(parser)


def _add_country(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--problems", type=Path, required=True, help="dossier des problèmes, un fichier .json chacun")
    parser.add_argument("--out", type=Path, required=True, help="dossier où écrire les plans")
    parser.add_argument("--name", help="nom du lot (par défaut : le dossier des problèmes)")
    effort = parser.add_mutually_exclusive_group()
    effort.add_argument("--time-per-epci", type=seconds, help="durée de chaque recherche, en secondes")
    effort.add_argument("--work-per-commune", type=count, help="essais par commune (par défaut : 80 000)")
    _add_seed(parser)
    parser.add_argument("--prove", action="store_true", help="démontrer une borne pour chacun, plus long")
    parser.add_argument(
        "--processes", type=int, default=2, choices=range(65), metavar="N", help="processus d’ici ; 0 : seulement mettre en file"
    )
