"""Where the problem of a command comes from: a file, or an EPCI of the database."""

from __future__ import annotations

import argparse

from escale.apps.schedule.tours.files import read_problem
from escale.core.planning.faults import ProblemError
from escale.core.planning.presets import PRESETS, PresetName
from escale.core.planning.problem import Problem


def problem_of(options: argparse.Namespace) -> Problem:
    """Return the problem that the command line names. Raise ProblemError when it names none, or two."""
    if (options.problem is None) == (options.epci is None):
        raise ProblemError(place="--problem", message="donner un fichier avec --problem, ou un EPCI avec --epci et --months")
    if options.problem is not None:
        if options.months is not None:
            raise ProblemError(place="--months", message="les mois d’un fichier sont dans le fichier ; retirer --months")
        return read_problem(options.problem)
    if options.months is None:
        raise ProblemError(place="--months", message="donner les mois à planifier, « 2027-01..2027-12 »")
    return _from_database(options)


def _from_database(options: argparse.Namespace) -> Problem:
    from django.db import DatabaseError

    from escale.apps.schedule.problems import build_problem
    from escale.apps.territory.models import Epci

    preset = PRESETS[PresetName(getattr(options, "preset", None) or PresetName.BALANCED)]
    try:
        epci = Epci.objects.filter(siren=options.epci).first()
        if epci is None:
            raise ProblemError(
                place="--epci", message=f"l’EPCI {options.epci} n’est pas dans la base ; l’importer avec import_territory"
            )
        return build_problem(epci, options.months, preset=preset.name)
    except DatabaseError as error:
        raise ProblemError(
            place="base de données", message=f"elle ne répond pas ({error}) ; lancer « manage.py migrate »"
        ) from error
