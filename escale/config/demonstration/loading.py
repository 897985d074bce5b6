"""Load the demonstration: what is missing is brought in, what is there stays as it was made."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.territory.actions import import_territory
from escale.apps.territory.clock import today
from escale.apps.territory.files import read_shipped
from escale.apps.territory.models import Epci
from escale.config.demonstration.accounts import open_accounts
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.bassins import draw_bassins
from escale.config.demonstration.circumstances import join_communes, mark_days, say_whom_to_call
from escale.config.demonstration.halls import open_halls
from escale.config.demonstration.means import equip_team
from escale.config.demonstration.reaching import say_who_answers
from escale.config.demonstration.team import gather_team

TERRITORY = "porte-du-hainaut"


@transaction.atomic
def load(password: str) -> Epci:
    """Bring in the territory, its halls, the team and the accounts."""
    source = read_shipped(TERRITORY)
    epci = Epci.objects.filter(siren=source.siren).first()
    if epci is None:
        import_territory(actor=ACTOR, source=source)
        epci = Epci.objects.get(siren=source.siren)
    this_year = today(epci).year
    since = dt.date(this_year - 1, 1, 1)
    open_accounts(epci, password)
    open_halls(epci, since)
    draw_bassins(epci)
    years = range(this_year - 1, this_year + 2)
    gather_team(epci, since, years)
    equip_team(epci, since, today(epci))
    join_communes(epci, this_year)
    mark_days(epci, years)
    say_whom_to_call(epci)
    say_who_answers(epci, today(epci))
    return epci
