"""Workshops in a real browser: each page in each state that matters, for everyone, wide and narrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.team.models import Kit, Mediator, Post
from escale.apps.territory import clock
from escale.apps.workshops.actions import Attended, cancel_workshop, hold_workshop, prepare_workshop, withdraw_person
from escale.apps.workshops.models import Registration, Workshop
from tests.apps.booking.service import take_part
from tests.apps.workshops.service import by_phone, fill, make_kit, plan_for, register
from tests.journeys.walk import Walk
from tests.web.cast import Cast
from tests.web.workshops.world import make_workshop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshops:
    """One in each state: full and waited for, held, given up, being prepared."""

    full: Workshop
    held: Workshop
    cancelled: Workshop
    draft: Workshop
    person: Registration


@pytest.fixture
def workshops(cast: Cast) -> Workshops:
    for commune in (cast.oisy, cast.denain):
        take_part(cast.epci, commune)
    Mediator.objects.filter(pk=cast.camille.pk).update(user=cast.mediator)
    post = Post.objects.get()
    kit = make_kit(post)
    full = _next(cast, post, kit)
    rows = fill(SYSTEM, full, cast.oisy, 10)
    withdraw_person(actor=SYSTEM, registration=rows[0])
    held = make_workshop(cast.epci, cast.oisy, post)
    came, missed = register(SYSTEM, held, cast.oisy, "Venue"), register(SYSTEM, held, cast.oisy, **_phone())
    Workshop.objects.filter(pk=held.pk).update(date=clock.today())
    attended = Attended(present=frozenset({came.pk}), absent=frozenset({missed.pk}), walk_ins=2, known=1)
    hold_workshop(actor=SYSTEM, workshop=held, attended=attended)
    cancelled = cancel_workshop(actor=SYSTEM, workshop=_next(cast, post, None), reason="salle inondée")
    day = full.date + dt.timedelta(days=60)
    while day.weekday() > 4 or day.month == 5:
        day += dt.timedelta(days=1)
    plan = plan_for(cast.oisy, post, date=day, other_tool="WhatsApp", exception="Les gens l’ont déjà.")
    draft = prepare_workshop(actor=SYSTEM, epci=cast.epci, plan=plan)
    return Workshops(full=full, held=held, cancelled=cancelled, draft=draft, person=rows[1])


def _next(cast: Cast, post: Post, kit: Kit | None) -> Workshop:
    found = make_workshop(cast.epci, cast.oisy, post)
    if kit is not None:
        Workshop.objects.filter(pk=found.pk).update(kit=kit)
        found.refresh_from_db()
    return found


def _phone() -> dict[str, Any]:
    person = by_phone()
    return {"channel": person.channel, "contact": person.contact}


PAGES: dict[str, tuple[str, Callable[[Workshops], str]]] = {
    "mairie list": ("desk", lambda shown: "/mairie/ateliers/"),
    "mairie full": ("desk", lambda shown: f"/mairie/ateliers/{shown.full.uid}/"),
    "mairie register": ("desk", lambda shown: f"/mairie/ateliers/{shown.full.uid}/inscrire/"),
    "mairie person": ("desk", lambda shown: f"/mairie/ateliers/{shown.full.uid}/inscriptions/{shown.person.uid}/"),
    "mairie held": ("referent", lambda shown: f"/mairie/ateliers/{shown.held.uid}/"),
    "mairie cancelled": ("desk", lambda shown: f"/mairie/ateliers/{shown.cancelled.uid}/"),
    "service list": ("coordinator", lambda shown: "/pilotage/service/ateliers/"),
    "service past": ("coordinator", lambda shown: "/pilotage/service/ateliers/?voir=passes"),
    "service new": ("coordinator", lambda shown: "/pilotage/service/ateliers/nouveau/"),
    "service draft": ("coordinator", lambda shown: f"/pilotage/service/ateliers/{shown.draft.uid}/"),
    "service edit": ("coordinator", lambda shown: f"/pilotage/service/ateliers/{shown.draft.uid}/modifier/"),
    "service cancel": ("coordinator", lambda shown: f"/pilotage/service/ateliers/{shown.full.uid}/annuler/"),
    "field support": ("mediator", lambda shown: "/terrain/ateliers/appui/"),
    "field list": ("mediator", lambda shown: "/terrain/ateliers/"),
    "field full": ("mediator", lambda shown: f"/terrain/ateliers/{shown.full.uid}/"),
    "field attendance": ("mediator", lambda shown: f"/terrain/ateliers/{shown.full.uid}/presence/"),
}


def test_a_list_without_any_workshop_is_open_to_everyone(walk: Walk, cast: Cast) -> None:
    assert walk.judge("/mairie/ateliers/", cast.desk) == {}
    assert walk.judge("/pilotage/service/ateliers/", cast.coordinator) == {}
    assert walk.judge("/terrain/ateliers/", cast.mediator) == {}


def test_each_page_of_the_workshops_is_open_to_everyone(walk: Walk, cast: Cast, workshops: Workshops) -> None:
    found: dict[str, list[str]] = {}

    for who, path in PAGES.values():
        found |= walk.judge(path(workshops), getattr(cast, who))

    assert found == {}


def test_a_mairie_registers_someone_without_scripts(walk: Walk, cast: Cast, workshops: Workshops) -> None:
    page = walk.open(f"/mairie/ateliers/{workshops.full.uid}/inscrire/", user=cast.desk, scripts=False)

    page.get_by_label("Prénom").fill("Rose")
    page.get_by_label("Nom, ou alias").fill("Dernière")
    page.get_by_label("via la mairie").check()
    page.get_by_role("button", name="Inscrire en liste d’attente").click()

    assert "en position 2" in page.locator("main").inner_text()
