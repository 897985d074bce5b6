"""What a member of the committee opens behind a link, and what an import from La Coop tells, in a real browser."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from escale.apps.activity.actions import give_coop_file
from escale.apps.committee.actions import add_member, convene, plan_meeting, prepare_meeting, propose
from escale.apps.committee.models import Invitation
from escale.apps.team.models import Mediator
from tests.apps.activity.coop.sheet import line, sheet
from tests.apps.conventions.paper import in_force
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.visiting import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = ("ma-commune", "ce-qui-ne-va-pas", "ce-que-nous-decidons", "ce-que-cela-coute")


def test_the_papers_of_the_committee_are_open_to_everyone(walk: Walk, cast: Cast, settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY
    in_force(cast.epci, cast.oisy)
    said = {"first_name": "Paul", "last_name": "Exemple", "function": "maire", "email": "paul@exemple.fr"}
    add_member(actor=cast.coordinator, epci=cast.epci, commune=cast.oisy, starts=dt.date(2025, 1, 1), **said)
    propose(actor=cast.coordinator, epci=cast.epci, words="Un passage le samedi", commune=cast.oisy)
    meeting = plan_meeting(actor=cast.coordinator, epci=cast.epci, date=TODAY, hour=dt.time(14), place="Wallers")
    prepare_meeting(actor=cast.coordinator, meeting=meeting, agenda="1. Les dates", decisions="Un essai", costs="1 200 €")
    convene(actor=cast.coordinator, meeting=meeting)
    key = Invitation.objects.get().key

    found = walk.judge(f"/pilotage/comite/reunions/{meeting.pk}/", cast.coordinator)
    for page in FOLDER:
        found |= walk.judge_plainly(f"/repondre/comite/{key}/{page}/")

    assert found == {}


def test_what_an_import_tells_is_open_to_everyone(walk: Walk, cast: Cast) -> None:
    mediator = Mediator.objects.create(epci=cast.epci, first_name="Inès", last_name="Exemple")
    lines = [line(DATE="05/01/2026"), line(DATE="05/01/2026", THEMES="E-mail\nPoterie"), line(MINUTES="longtemps")]
    row = give_coop_file(actor=cast.coordinator, mediator=mediator, name="activites.xlsx", content=sheet(*lines))

    assert walk.judge_plainly(f"/pilotage/service/coop/{row.pk}/", cast.coordinator) == {}
