"""The team of the demonstration: the two full-time posts of art. 7, who holds them, and their leave."""

from __future__ import annotations

import datetime as dt

from escale.apps.accounts.models import User
from escale.apps.team.actions import add_mediator, occupy_post, open_post, record_leave
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR, SURNAME, fiction_phone

BASE = "59491"
"""Raismes, where the mediators have their office (art. 4)."""
TEAM = (("Camille", 21, "mediateur1", (7, 16, 36, 42)), ("Sacha", 22, "mediateur2", (11, 25, 34, 52)))
"""Who they are, their telephone, their account, and the ISO weeks of their leave: four a year, never both at once."""
MONDAY, FRIDAY = 1, 5


def gather_team(epci: Epci, since: dt.date, years: range) -> None:
    """Open the two posts and put in each one somebody who does not exist."""
    if Post.objects.filter(epci=epci).exists():
        return
    base = Commune.objects.get(code=BASE)
    for number, (first_name, phone, account, weeks) in enumerate(TEAM, start=1):
        post = open_post(actor=ACTOR, epci=epci, label=f"Poste {number}", base=base)
        mediator = add_mediator(
            actor=ACTOR,
            epci=epci,
            first_name=first_name,
            last_name=SURNAME,
            phone=fiction_phone(phone),
            user=User.objects.get(email=f"{account}@example.org"),
        )
        occupy_post(actor=ACTOR, post=post, mediator=mediator, starts=since)
        _grant_leave(mediator, years, weeks)


def _grant_leave(mediator: Mediator, years: range, weeks: tuple[int, ...]) -> None:
    for year in years:
        for week in weeks:
            first, last = (dt.date.fromisocalendar(year, week, weekday) for weekday in (MONDAY, FRIDAY))
            record_leave(actor=ACTOR, mediator=mediator, starts=first, ends=last)
