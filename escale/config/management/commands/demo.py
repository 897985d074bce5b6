"""Prepare the demonstration: the database, a real territory, a made-up team, an account for each role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from escale.apps.accounts.labels import KINDS
from escale.config.demonstration import ACCOUNTS, kept_password, load
from escale.config.demonstration.communication import make_known
from escale.config.demonstration.conventions import conclude_conventions
from escale.config.demonstration.coordination import coordinate
from escale.config.demonstration.following import evaluate_the_service, gather_the_committee, report_to_communes
from escale.config.demonstration.month import fill_workshops, live_the_month
from escale.config.demonstration.past import answer_the_question, live_the_past
from escale.config.demonstration.tours import improve_next_year, publish_years
from escale.config.demonstration.urgencies import ask_for_help


class Command(BaseCommand):
    """`manage.py demo`: run it as often as wanted, what is there stays."""

    help = "Prépare la démonstration et dit ses comptes ; ce qui existe déjà est gardé."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Bring the database up to date, load what is missing, say how to log in."""
        if settings.PRODUCTION:
            raise CommandError("La démonstration ouvre des comptes à un mot de passe connu : jamais en production.")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        password = kept_password(settings.VAR_DIR / "demonstration-password")
        epci = load(password)
        publish_years(epci)
        conclude_conventions(epci)
        make_known(epci)
        coordinate(epci)
        live_the_month(epci)
        live_the_past(epci)
        answer_the_question(epci)
        fill_workshops(epci)
        ask_for_help(epci)
        report_to_communes(epci)
        evaluate_the_service(epci)
        gather_the_committee(epci)
        improve_next_year(epci)
        self.stdout.write(f"Démonstration : {epci}. Les personnes sont inventées, les communes sont réelles.")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:<28} {KINDS[account.kind]}")
        self.stdout.write(f"  mot de passe de tous ces comptes : {password}")
