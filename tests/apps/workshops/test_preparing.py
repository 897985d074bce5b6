"""A workshop as it is wanted, and everything that stands in its way."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.team.models import Permanence, Post
from escale.apps.territory.models import BassinDeVie, Closure, Commune, Epci, Membership, TerritoryClosure
from escale.apps.workshops.actions import cancel_workshop, change_workshop, prepare_cycle, prepare_workshop
from escale.apps.workshops.models import Hold, Registration, Workshop
from escale.apps.workshops.plans import plan_of
from escale.core.activity.vocabulary import Mission, Public
from escale.core.workshops.cycles import Cycle, Rhythm
from escale.core.workshops.states import News
from tests.apps.booking.service import Clock, promise, settle
from tests.apps.workshops.service import DAY, by_phone, fill, make_hall, make_kit, make_open, plan_for, register


def refusal(epci: Epci, plan: Any, actor: Any = SYSTEM) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        prepare_workshop(actor=actor, epci=epci, plan=plan)
    assert not Workshop.objects.exists()
    return refused.value.message_dict


def test_a_workshop_has_its_places_its_missions_and_holds_its_half_day(ines: User, epci: Epci, oisy: Commune, post: Post) -> None:
    row = prepare_workshop(actor=ines, epci=epci, plan=plan_for(oisy, post, kit=make_kit(post)))

    assert row.seats.count() == row.places == 8
    assert row.mission_set == {Mission.QUALITY_OF_LIFE, Mission.AWARENESS}
    assert list(row.communes.all()) == [oisy]
    assert [(hold.post_id, hold.kit_id, hold.half) for hold in row.holds.order_by("pk")] == [
        (post.pk, None, "AM"),
        (None, row.kit_id, "AM"),
    ]


def test_what_lasts_over_noon_takes_both_halves(epci: Epci, oisy: Commune, post: Post) -> None:
    row = prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(oisy, post, starts=dt.time(10), ends=dt.time(15)))

    assert [hold.half for hold in row.holds.all()] == ["AM", "PM"]


def test_a_mairie_prepares_nothing(referent_oisy: User, epci: Epci, oisy: Commune, post: Post) -> None:
    with pytest.raises(PermissionDenied):
        prepare_workshop(actor=referent_oisy, epci=epci, plan=plan_for(oisy, post))


def test_a_workshop_of_a_bassin_takes_the_communes_that_have_a_convention(
    epci: Epci, oisy: Commune, bousignies: Commune, post: Post
) -> None:
    bassin = BassinDeVie.objects.create(epci=epci, name="Scarpe")
    Membership.objects.update(bassin=bassin)

    row = prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(oisy, post, communes=(), bassin=bassin, public=Public.AGENTS))

    assert set(row.communes.all()) == {oisy, bousignies}
    assert row.mission_set == {Mission.MODERN_COMMUNES, Mission.AWARENESS}


@pytest.mark.parametrize(
    ("choices", "field", "words"),
    [
        ({"title": " "}, "title", "Donner un titre"),
        ({"themes": frozenset()}, "themes", "au moins un thème"),
        ({"posts": ()}, "posts", "qui anime"),
        ({"communes": ()}, "communes", "pour quelles communes"),
        ({"address": ""}, "address", "Choisir un lieu"),
        ({"places": 9}, "places", "de 1 à 8 personnes (art. 3-1)"),
        ({"places": 0}, "places", "de 1 à 8"),
        ({"ends": dt.time(9, 30)}, "ends", "avant de commencer"),
        ({"ends": dt.time(9, 45)}, "ends", "30 minutes à 8 heures"),
        ({"other_tool": "WhatsApp"}, "exception", "pourquoi"),
        ({"exception": "mon mot de passe"}, "exception", "mot de passe"),
        ({"date": dt.date(2026, 11, 30)}, "date", "est passé"),
        ({"date": dt.date(2027, 7, 14)}, "date", "jour férié (Fête nationale)"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    epci: Epci, oisy: Commune, post: Post, choices: dict[str, Any], field: str, words: str
) -> None:
    found = refusal(epci, plan_for(oisy, post, **choices))

    assert words in " ".join(found[field])


def test_an_exception_to_free_and_libre_is_kept_with_its_reason(epci: Epci, oisy: Commune, post: Post) -> None:
    plan = plan_for(oisy, post, tools=frozenset({"firefox"}), other_tool="WhatsApp", exception="Les gens l’ont déjà.")

    row = prepare_workshop(actor=SYSTEM, epci=epci, plan=plan)

    assert (row.tools, row.other_tool, row.exception) == (["firefox"], "WhatsApp", "Les gens l’ont déjà.")


def test_a_commune_without_convention_is_named(epci: Epci, oisy: Commune, post: Post) -> None:
    oisy.participations.update(ends=dt.date(2026, 12, 31))

    found = refusal(epci, plan_for(oisy, post))

    assert "Oisy" in found["communes"][0]


def test_a_visit_of_the_same_half_day_is_in_the_way(epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> None:
    settle(epci, promise(bousignies, post, "2027-01-12", "AM"))

    found = refusal(epci, plan_for(oisy, post))

    why = "Mardi 12 janvier 2027, Poste 1 : un passage est prévu à Bousignies (matin)."
    assert found["date"] == [f"{why} Choisir une autre date, un autre poste ou lieu."]


def test_a_visit_of_the_other_half_is_not(epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> None:
    settle(epci, promise(bousignies, post, "2027-01-12", "PM"))

    assert prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(oisy, post)).pk


def test_another_workshop_a_kit_a_permanence_and_a_closed_hall_are_in_the_way(
    epci: Epci, oisy: Commune, bousignies: Commune, post: Post
) -> None:
    other = Post.objects.create(epci=epci, label="Poste 2", base=oisy)
    kit, room = make_kit(post), make_hall(oisy)
    prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(oisy, post, kit=kit))
    Permanence.objects.create(
        epci=epci,
        commune=oisy,
        post=other,
        place="Médiathèque",
        starts=dt.date(2027, 1, 13),
        opens=dt.time(9),
        closes=dt.time(12),
    )
    Closure.objects.create(premises=room.premises, starts=dt.date(2027, 1, 14), ends=dt.date(2027, 1, 15), reason="travaux")
    in_hall = {"address": "", "premises": room.premises, "room": room}

    reasons = []
    for plan in (
        plan_for(oisy, post),
        plan_for(oisy, other, kit=kit),
        plan_for(oisy, other, date=dt.date(2027, 1, 13)),
        plan_for(oisy, other, date=dt.date(2027, 1, 14), **in_hall),
    ):
        with pytest.raises(ValidationError) as refused:
            prepare_workshop(actor=SYSTEM, epci=epci, plan=plan)
        reasons += refused.value.message_dict["date"]

    assert [reason.split(", ", 1)[1].split(". Choisir")[0] for reason in reasons] == [
        "Poste 1 : l’atelier « Premiers pas avec les courriels » est prévu (matin)",
        "Malle 1 : elle sert à l’atelier « Premiers pas avec les courriels » (matin)",
        "Poste 2 : permanence à Médiathèque (matin)",
        "Salle des fêtes : fermé (travaux)",
    ]


def test_two_workshops_of_one_post_are_refused_by_the_database(epci: Epci, oisy: Commune, post: Post) -> None:
    row = prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(oisy, post))

    with pytest.raises(ValidationError, match="anime déjà un atelier"):
        Hold(workshop=row, post=post, date=DAY, half="AM").full_clean()


def test_a_cycle_skips_what_is_closed_or_taken_and_says_why(epci: Epci, oisy: Commune, bousignies: Commune, post: Post) -> None:
    settle(epci, promise(bousignies, post, "2027-01-19", "AM"))
    TerritoryClosure.objects.create(epci=epci, starts=dt.date(2027, 1, 26), ends=dt.date(2027, 1, 26), reason="élections")

    done = prepare_cycle(
        actor=SYSTEM, epci=epci, plan=plan_for(oisy, post), cycle=Cycle(first=DAY, rhythm=Rhythm.WEEKS, sessions=3)
    )

    assert [row.date for row in done.workshops] == [DAY, dt.date(2027, 2, 2), dt.date(2027, 2, 9)]
    assert [(day.day, words.split(" :")[0]) for day, words in done.skipped] == [
        (19, "Poste 1"),
        (26, "aucune salle du territoire"),
    ]
    assert len({row.cycle for row in done.workshops}) == 1


def test_a_new_day_is_told_to_those_who_registered(coordinator: User, desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    told, written = register(desk_oisy, workshop, oisy), register(desk_oisy, workshop, oisy, "Autre", **_phone())
    plan = plan_for(oisy, plan_of(workshop).posts[0], date=dt.date(2027, 1, 13))

    moved = change_workshop(actor=coordinator, workshop=workshop, plan=plan)

    assert (moved.date, moved.sequence) == (dt.date(2027, 1, 13), 1)
    assert Entry.objects.get(event="workshops.moved").details == {"changed": ["date"], "registrations": [told.pk, written.pk]}
    assert [row.news for row in Registration.objects.order_by("pk")] == [News.CHANGED, News.NONE]
    assert [hold.date for hold in moved.holds.all()] == [dt.date(2027, 1, 13)]


def test_a_change_of_the_title_alone_tells_nobody(coordinator: User, desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    register(desk_oisy, workshop, oisy)

    changed = change_workshop(
        actor=coordinator, workshop=workshop, plan=plan_for(oisy, plan_of(workshop).posts[0], title="Autre titre")
    )

    assert (changed.title, changed.sequence) == ("Autre titre", 0)
    assert not Entry.objects.filter(event="workshops.moved").exists()


def test_a_workshop_that_stays_as_it_is_is_not_in_its_own_way(coordinator: User, workshop: Workshop) -> None:
    changed = change_workshop(actor=coordinator, workshop=workshop, plan=plan_of(workshop))

    assert changed.sequence == 0


def test_places_are_not_taken_from_people(coordinator: User, desk_oisy: User, workshop: Workshop, oisy: Commune) -> None:
    fill(desk_oisy, workshop, oisy, 5)
    post = plan_of(workshop).posts[0]

    with pytest.raises(ValidationError, match="5 personnes sont inscrites"):
        change_workshop(actor=coordinator, workshop=workshop, plan=plan_for(oisy, post, places=4))
    smaller = change_workshop(actor=coordinator, workshop=workshop, plan=plan_for(oisy, post, places=5))

    assert smaller.seats.count() == 5


def test_people_move_up_when_the_places_behind_them_go(
    coordinator: User, desk_oisy: User, workshop: Workshop, oisy: Commune
) -> None:
    rows = fill(desk_oisy, workshop, oisy, 8)
    Registration.objects.filter(pk__in=[row.pk for row in rows[:4]]).update(place=None, state="withdrawn")

    change_workshop(actor=coordinator, workshop=workshop, plan=plan_for(oisy, plan_of(workshop).posts[0], places=4))

    assert [row.place.number for row in Registration.objects.registered() if row.place] == [1, 2, 3, 4]


def test_more_places_are_given_to_those_who_wait(
    coordinator: User, desk_oisy: User, epci: Epci, oisy: Commune, post: Post
) -> None:
    small = make_open(epci, plan_for(oisy, post, places=2))
    fill(desk_oisy, small, oisy, 4)

    change_workshop(actor=coordinator, workshop=small, plan=plan_for(oisy, post, places=3))

    assert Registration.objects.registered().count() == 3


def test_another_public_is_refused_once_people_registered(
    coordinator: User, desk_oisy: User, workshop: Workshop, oisy: Commune
) -> None:
    register(desk_oisy, workshop, oisy)

    with pytest.raises(ValidationError, match="préparer un autre atelier"):
        change_workshop(
            actor=coordinator, workshop=workshop, plan=plan_for(oisy, plan_of(workshop).posts[0], public=Public.AGENTS)
        )


def test_what_is_given_up_frees_its_half_day_and_tells_everyone(
    clock: Clock, coordinator: User, desk_oisy: User, workshop: Workshop, oisy: Commune
) -> None:
    row = register(desk_oisy, workshop, oisy)

    with pytest.raises(ValidationError, match="pourquoi"):
        cancel_workshop(actor=coordinator, workshop=workshop, reason=" ")
    cancel_workshop(actor=coordinator, workshop=workshop, reason="salle inondée")

    row.refresh_from_db()
    assert row.news == News.CANCELLED
    assert not Hold.objects.exists()
    assert Entry.objects.get(event="workshops.cancelled").details == {"registrations": [row.pk]}


def _phone() -> dict[str, Any]:
    person = by_phone()
    return {"channel": person.channel, "contact": person.contact}


def test_a_second_click_prepares_nothing_more(epci: Epci, oisy: Commune, post: Post) -> None:
    key = uuid.uuid4()

    first, second = (prepare_workshop(actor=SYSTEM, epci=epci, plan=plan_for(oisy, post), key=key) for _ in range(2))

    assert first == second
