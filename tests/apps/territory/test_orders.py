"""Places and rooms change their order of preference, and the coordination says how it is reached."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.actions import add_premises, add_room, order_premises, order_rooms, set_setting
from escale.apps.territory.models import Commune, Epci, Premises, Room

pytestmark = pytest.mark.django_db


def names(commune: Commune) -> list[str]:
    return list(Premises.objects.filter(commune=commune).order_by("rank").values_list("name", flat=True))


def test_places_change_their_order_and_the_others_follow(oisy: Commune) -> None:
    hall, school, library = (add_premises(actor=SYSTEM, commune=oisy, name=name) for name in ("Mairie", "École", "Médiathèque"))

    order_premises(actor=SYSTEM, commune=oisy, premises=[library, hall])

    assert names(oisy) == ["Médiathèque", "Mairie", "École"]
    assert [place.rank for place in Premises.objects.filter(commune=oisy)] == [1, 2, 3]
    assert school.pk


def test_an_order_that_stays_leaves_no_trace(oisy: Commune) -> None:
    hall = add_premises(actor=SYSTEM, commune=oisy, name="Mairie")

    order_premises(actor=SYSTEM, commune=oisy, premises=[hall])

    assert not Entry.objects.filter(event="territory.premises_ordered").exists()


def test_rooms_change_their_order(oisy: Commune) -> None:
    hall = add_premises(actor=SYSTEM, commune=oisy, name="Mairie")
    first, second = (add_room(actor=SYSTEM, premises=hall, name=name) for name in ("Salle A", "Salle B"))

    order_rooms(actor=SYSTEM, premises=hall, rooms=[second, first])

    assert list(Room.objects.values_list("name", "rank")) == [("Salle B", 1), ("Salle A", 2)]


def test_another_commune_orders_nothing(oisy: Commune, referent_bousignies: User) -> None:
    hall = add_premises(actor=SYSTEM, commune=oisy, name="Mairie")

    with pytest.raises(PermissionDenied):
        order_premises(actor=referent_bousignies, commune=oisy, premises=[hall])
    with pytest.raises(PermissionDenied):
        order_rooms(actor=referent_bousignies, premises=hall, rooms=[])


@pytest.mark.parametrize(("key", "value"), [("COORDINATION_PHONE", "appelez-nous"), ("COORDINATION_EMAIL", "tournee@")])
def test_a_contact_that_is_none_is_refused(epci: Epci, key: str, value: str) -> None:
    with pytest.raises(ValidationError, match="écrire par exemple"):
        set_setting(actor=SYSTEM, epci=epci, key=key, value=value)


def test_a_contact_is_kept_as_people_write_it(epci: Epci) -> None:
    setting = set_setting(actor=SYSTEM, epci=epci, key="COORDINATION_PHONE", value=" 03 53 01  00 10 ")

    assert setting.value == "03 53 01 00 10"
