"""Bassins de vie: communes of one EPCI, each in one at most; nothing is half written."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.territory.actions import add_bassin, change_bassin, remove_bassin
from escale.apps.territory.models import BassinDeVie, Commune, Epci, Membership
from tests.cast import make_commune

pytestmark = pytest.mark.django_db


def inside(bassin: BassinDeVie) -> set[str]:
    return {each.commune.code for each in Membership.objects.filter(bassin=bassin)}


def test_a_bassin_is_drawn_corrected_and_removed(coordinator: User, epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    bassin = add_bassin(actor=coordinator, epci=epci, name=" Denain  et environs ", communes=[oisy])
    first = (bassin.name, inside(bassin))
    change_bassin(actor=coordinator, bassin=bassin, name="Scarpe", communes=[bousignies])
    then = (BassinDeVie.objects.get().name, inside(bassin))
    remove_bassin(actor=coordinator, bassin=bassin)

    assert first == ("Denain et environs", {oisy.code})
    assert then == ("Scarpe", {bousignies.code})
    assert not BassinDeVie.objects.exists()
    assert not Membership.objects.exclude(bassin=None).exists()
    told = Entry.objects.filter(event__startswith="territory.bassin").order_by("pk").values_list("event", flat=True)
    assert [event.removeprefix("territory.bassin_") for event in told] == [
        "added",
        "assigned",
        "changed",
        "assigned",
        "assigned",
        "assigned",
        "removed",
    ]


def test_a_commune_is_in_one_bassin_at_most(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    taken = add_bassin(actor=SYSTEM, epci=epci, name="Scarpe", communes=[oisy])

    with pytest.raises(ValidationError, match="Oisy est dans le bassin de vie Scarpe"):
        add_bassin(actor=SYSTEM, epci=epci, name="Escaut", communes=[oisy, bousignies])

    assert inside(taken) == {oisy.code}
    assert BassinDeVie.objects.get() == taken


def test_a_bassin_holds_communes_of_its_epci_alone(epci: Epci, elsewhere: Epci, oisy: Commune) -> None:
    far = make_commune(elsewhere, "76384", "Lillebonne")

    with pytest.raises(ValidationError, match="Hors de La Porte du Hainaut aujourd’hui : Lillebonne"):
        add_bassin(actor=SYSTEM, epci=epci, name="Scarpe", communes=[oisy, far])

    assert not BassinDeVie.objects.exists()


def test_two_bassins_never_have_one_name(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    add_bassin(actor=SYSTEM, epci=epci, name="Scarpe", communes=[oisy])
    other = add_bassin(actor=SYSTEM, epci=epci, name="Escaut", communes=[bousignies])

    with pytest.raises(ValidationError, match="porte déjà ce nom"):
        change_bassin(actor=SYSTEM, bassin=other, name="scarpe ", communes=[bousignies])


def test_only_a_coordinator_of_the_epci_draws(lawyer: User, stranger: User, epci: Epci, oisy: Commune) -> None:
    bassin = add_bassin(actor=SYSTEM, epci=epci, name="Scarpe", communes=[oisy])

    for actor in (lawyer, stranger):
        with pytest.raises(PermissionDenied):
            add_bassin(actor=actor, epci=epci, name="Escaut", communes=[oisy])
        with pytest.raises(PermissionDenied):
            change_bassin(actor=actor, bassin=bassin, name="Escaut", communes=[oisy])
        with pytest.raises(PermissionDenied):
            remove_bassin(actor=actor, bassin=bassin)
