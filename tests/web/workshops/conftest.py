"""Workshops on the pages: Camille holds them for Oisy and Denain; the tests live on 1 December 2026."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.team.models import Mediator, Post
from escale.apps.workshops.actions import prepare_workshop
from escale.apps.workshops.models import Workshop
from tests.apps.booking.service import Clock, take_part
from tests.apps.workshops.service import make_hall, make_kit, make_open, plan_for
from tests.web.cast import Cast


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Clock:
    settings.ESCALE_TODAY = None
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def post(clock: Clock, cast: Cast) -> Post:
    """The post of Camille, who logs in as the mediator; the communes of the cast take part."""
    for commune in (cast.oisy, cast.denain):
        take_part(cast.epci, commune)
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    return Post.objects.get()


@pytest.fixture
def workshop(cast: Cast, post: Post) -> Workshop:
    """Open to the residents of Oisy, in a hall, with a kit."""
    room = make_hall(cast.oisy)
    plan = plan_for(cast.oisy, post, address="", premises=room.premises, room=room, kit=make_kit(post))
    return make_open(cast.epci, plan)


@pytest.fixture
def draft(cast: Cast, post: Post) -> Workshop:
    """A workshop of another day, that no mairie sees yet."""
    plan = plan_for(cast.oisy, post, title="Brouillon", date=plan_for(cast.oisy, post).date.replace(day=14))
    return prepare_workshop(actor=SYSTEM, epci=cast.epci, plan=plan)
