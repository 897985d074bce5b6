"""The pages of rights in a real browser: noting, finding, erasing; for everyone, wide and narrow."""

from __future__ import annotations

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.booking.actions import leave_demande
from escale.apps.booking.actions.rights import answer_rights_request, note_rights_request
from escale.apps.booking.kinds import Right
from escale.apps.booking.models import Demande
from escale.apps.territory import clock
from tests.apps.booking.service import reached_by_phone
from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("who", "path"), [("coordinator", "/pilotage/service/droits/"), ("referent", "/mairie/droits/")])
def test_the_register_is_open_to_everyone(walk: Walk, cast: Cast, who: str, path: str) -> None:
    commune = cast.oisy if who == "referent" else None
    walk.look_at(walk.open(path, user=getattr(cast, who)))
    for kind in (Right.ERASE, Right.ACCESS):
        noted = note_rights_request(
            actor=SYSTEM, epci=cast.epci, commune=commune, kind=kind, received_on=clock.today(), person="M. Exemple"
        )
    answer_rights_request(actor=SYSTEM, request=noted, answered_on=clock.today())

    walk.look_at(walk.open(path, user=getattr(cast, who)))
    walk.look_at(walk.open(f"{path}2/", user=getattr(cast, who)))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_is_found_and_erased_on_one_page(walk: Walk, cast: Cast, *, scripts: bool) -> None:
    note_rights_request(actor=SYSTEM, epci=cast.epci, kind=Right.ERASE, received_on=clock.today())
    leave_demande(actor=SYSTEM, commune=cast.oisy, person=reached_by_phone("Introuvable"))
    page = walk.open("/pilotage/service/droits/1/", user=cast.coordinator, scripts=scripts)

    page.get_by_label("Nom ou alias").fill("introuvable")
    page.get_by_role("button", name="Chercher ce qui est noté").click()
    page.get_by_text("Jean Introuvable").wait_for()
    if scripts:
        walk.look_at(page)
    page.get_by_label("Demande du").check()
    page.get_by_text("Effacer", exact=True).click()
    page.get_by_role("button", name="Effacer ce qui est coché").click()

    page.get_by_text("Le certificat est la ligne n° 1").wait_for()
    assert Demande.objects.get().person == ""
