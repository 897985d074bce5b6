"""Serve the pages and run the tasks: the whole installation on one machine, as one command."""

from __future__ import annotations

import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from escale.config.processes import run_together


class Command(BaseCommand):
    """`manage.py serve`: gunicorn and a worker, which start and stop together."""

    help = "Sert les pages et exécute les tâches. S’arrête avec Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where to listen, and with how many hands."""
        parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (par défaut : %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port d’écoute (par défaut : %(default)s)")
        parser.add_argument("--processes", type=int, default=2, help="processus qui servent (par défaut : %(default)s)")

    def handle(self, *, host: str, port: int, processes: int, **_options: Any) -> None:
        """Serve until told to stop; exit status 1 when a part died."""
        _refuse_taken(host, port)
        programs = {"Le serveur des pages": _gunicorn(host, port, processes), "Le processus des tâches": _worker()}
        self.stdout.write(f"Escale : http://{host}:{port}/ (Ctrl-C pour arrêter)")
        if run_together(programs, say=self.stderr.write):
            raise CommandError("Escale s’est arrêté sans qu’on le demande ; la raison est au-dessus.")


def _refuse_taken(host: str, port: int) -> None:
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise CommandError(
            f"Le port {port} de {host} ne peut pas être ouvert ({error.strerror}) ; en choisir un autre avec --port."
        ) from error


def _gunicorn(host: str, port: int, processes: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "escale.config.wsgi"),
        *("--bind", f"{host}:{port}", "--workers", str(processes), "--threads", "4"),
        *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
    ]


def _worker() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
