"""A mairie books a resident in a slot of the visit; what must not be is refused beside its field, and nothing is half written."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.booking.actions import cancel_appointment, correct_appointment, mark_absent, mark_honoured, tick_telling
from escale.apps.booking.agenda import agenda_of, agendas_of
from escale.apps.booking.kinds import CancelledBy, Channel, Need, Obstacle
from escale.apps.booking.models import Appointment, HeldSlot, Telling
from escale.apps.booking.queries import appointments_of, late_transmissions, people_to_tell
from escale.apps.schedule.models import Participation
from escale.apps.team.models import Occupancy
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci, Room
from escale.apps.visits.models import Visit
from escale.core.booking.sensitive import REASONS, Sensitive
from tests.apps.booking.service import Clock, book, reached_by_phone, resident

pytestmark = pytest.mark.django_db
SECRETS = [
    ("name", "255081416802538", Sensitive.SOCIAL_SECURITY),
    ("name", "Jean né le 12/05/1962", Sensitive.BIRTH),
    ("first_name", "mdp Minou59", Sensitive.SECRET),
    ("contact", "4970 1012 3456 7893", Sensitive.CARD),
    ("contact", "FR14 2004 1010 0505 0001 3M02 606", Sensitive.IBAN),
]


def test_the_desk_books_in_one_go_and_the_mediator_sees_it(visit: Visit, desk_oisy: User, ines: User) -> None:
    row = book(desk_oisy, visit, person=reached_by_phone(needs=frozenset({Need.LOUD_VOICE})))

    (line,) = appointments_of(ines, visit)
    assert (line.person, line.contact, str(line.hours)) == ("Jean Exemple", "06 12 34 56 78", "16:00-16:30")
    assert (line.needs, line.motive) == (frozenset({Need.LOUD_VOICE}), "Papiers d’identité, carte grise, permis")
    assert (row.written_as, row.written_by, row.transmitted_at) == ("commune", desk_oisy.actor_id, row.written_at)
    assert [line.slot.number for line in agenda_of(visit).free] == [2]


def test_the_log_says_that_it_was_booked_and_transmitted_and_never_who(visit: Visit, desk_oisy: User) -> None:
    book(desk_oisy, visit, person=reached_by_phone("Introuvable"))

    booked, transmitted = (Entry.objects.get(event=f"booking.{name}") for name in ("appointment_booked", "transmitted"))
    assert booked.details == {"visit": visit.pk, "slots": [1], "asking": "59446", "agent": "commune", "on_behalf": False}
    assert transmitted.details == {"minutes": 0, "late": False}
    assert "Introuvable" not in "".join(str(entry.details) for entry in Entry.objects.all())


def test_one_booking_may_take_two_slots_in_a_row(visit: Visit, desk_oisy: User) -> None:
    row = book(desk_oisy, visit, count=2)

    assert set(HeldSlot.objects.values_list("number", flat=True)) == {1, 2}
    assert agenda_of(visit).starts_for(1) == ()
    assert str(appointments_of(desk_oisy, visit)[0].hours) == "16:00-17:00"
    assert row.numbers == range(1, 3)


def test_a_slot_is_booked_once_and_free_again_when_it_is_cancelled(visit: Visit, desk_oisy: User) -> None:
    first = book(desk_oisy, visit)
    with pytest.raises(ValidationError, match="vient d’être pris") as refusal:
        book(desk_oisy, visit, person=resident("Autre"))
    assert set(refusal.value.message_dict) == {"slot"}

    cancel_appointment(actor=desk_oisy, appointment=first, by=CancelledBy.PERSON)
    second = book(desk_oisy, visit, person=resident("Autre"))

    assert list(Appointment.objects.standing()) == [second]


def test_a_double_click_books_once(visit: Visit, desk_oisy: User) -> None:
    key = uuid.uuid4()

    assert book(desk_oisy, visit, key=key) == book(desk_oisy, visit, key=key)
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("slot", "count", "field", "told"),
    [
        (3, 1, "slot", "de 1 à 2"),
        (0, 1, "slot", "n’existe pas"),
        (2, 2, "slot", "n’existe pas"),
        (1, 3, "count", "un créneau, ou 2"),
    ],
)
def test_a_slot_that_is_none_is_refused(slot: int, count: int, field: str, told: str, visit: Visit, desk_oisy: User) -> None:
    with pytest.raises(ValidationError, match=told) as refusal:
        book(desk_oisy, visit, slot, count=count)

    assert set(refusal.value.message_dict) == {field}


@pytest.mark.parametrize(("field", "text", "kind"), SECRETS)
def test_what_must_not_be_stored_is_refused_kindly(field: str, text: str, kind: Sensitive, visit: Visit, desk_oisy: User) -> None:
    person = resident(**{"channel": Channel.PHONE, "contact": "06 12 34 56 78", field: text})

    with pytest.raises(ValidationError) as refusal:
        book(desk_oisy, visit, person=person)

    assert refusal.value.message_dict == {field: [REASONS[kind]]}
    assert not Appointment.objects.exists()
    assert not Entry.objects.filter(event__startswith="booking.").exists()


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"name": " "}, "name", "alias"),
        ({"name": "a" * 61}, "name", "60 lettres"),
        ({"contact": "06 12 34 56 78"}, "contact", "par téléphone"),
        ({"channel": Channel.PHONE, "contact": "06 12"}, "contact", "n’est pas un numéro"),
        ({"channel": Channel.EMAIL, "contact": "jean"}, "contact", "n’est pas une adresse"),
        ({"channel": Channel.EMAIL}, "contact", "n’est pas une adresse"),
    ],
)
def test_a_person_who_cannot_be_received_so_is_refused(
    fields: dict[str, Any], field: str, told: str, visit: Visit, desk_oisy: User
) -> None:
    with pytest.raises(ValidationError, match=told) as refusal:
        book(desk_oisy, visit, person=resident(**{"name": "Exemple", **fields}))

    assert set(refusal.value.message_dict) == {field}


def test_booking_is_open_until_the_slot_begins(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    clock.go("2027-01-05", "16:00")
    book(desk_oisy, visit, 1)

    clock.go("2027-01-05", "16:31")
    with pytest.raises(ValidationError, match="closes depuis le mardi 5 janvier 2027"):
        book(desk_oisy, visit, 2)


def test_a_booking_one_minute_after_the_cut_off_is_refused_but_a_cancellation_never_is(
    epci: Epci, visit: Visit, desk_oisy: User, coordinator: User, clock: Clock
) -> None:
    set_setting(actor=coordinator, epci=epci, key="RDV_CUTOFF_HOURS_BEFORE_SESSION", value="24")
    clock.go("2027-01-04", "16:00")
    row = book(desk_oisy, visit)

    clock.go("2027-01-04", "16:31")
    with pytest.raises(ValidationError, match="closes depuis"):
        book(desk_oisy, visit, 2)

    clock.go("2027-01-05", "16:05")
    correct_appointment(actor=desk_oisy, appointment=row, person=resident("Corrigé"))
    assert cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.PERSON).state == "cancelled"


def test_a_cancelled_or_past_visit_takes_nobody(visit: Visit, desk_oisy: User, clock: Clock) -> None:
    clock.go("2027-01-05", "17:01")
    with pytest.raises(ValidationError, match="passage est fini"):
        book(desk_oisy, visit)

    clock.go("2027-01-05", "09:00")
    Visit.objects.filter(pk=visit.pk).update(state="cancelled")
    with pytest.raises(ValidationError, match="passage est annulé"):
        book(desk_oisy, visit)


def test_a_visit_past_the_end_of_the_convention_takes_nobody(visit: Visit, desk_oisy: User, oisy: Commune) -> None:
    Participation.objects.filter(commune=oisy).update(ends=dt.date(2027, 1, 4))

    with pytest.raises(ValidationError, match="ne court plus") as refusal:
        book(desk_oisy, visit)

    assert set(refusal.value.message_dict) == {"visit"}


def test_without_a_private_office_there_are_no_slots(visit: Visit, desk_oisy: User) -> None:
    Room.objects.update(is_private=False)

    assert agenda_of(visit).obstacle is Obstacle.NO_OFFICE
    with pytest.raises(ValidationError, match="à l’abri des regards"):
        book(desk_oisy, visit)


def test_a_visit_that_moved_while_the_form_was_open_is_refused_with_its_new_day(visit: Visit, desk_oisy: User) -> None:
    Visit.objects.filter(pk=visit.pk).update(date=dt.date(2027, 1, 12))

    with pytest.raises(ValidationError, match="déplacé au mardi 12 janvier 2027, après-midi"):
        book(desk_oisy, visit)


def test_a_grid_chosen_later_does_not_shift_who_is_booked(epci: Epci, visit: Visit, desk_oisy: User, coordinator: User) -> None:
    book(desk_oisy, visit, 2)
    set_setting(actor=coordinator, epci=epci, key="APPOINTMENT_SLOT_MINUTES", value="20")
    set_setting(actor=coordinator, epci=epci, key="APPOINTMENTS_POSITION", value="first")

    assert [str(line.slot.hours) for line in agenda_of(visit).slots] == ["16:00-16:30", "16:30-17:00"]
    empty = agenda_of(Visit.objects.exclude(pk=visit.pk).get())
    assert [str(line.slot.hours) for line in empty.slots] == ["14:00-14:20", "14:20-14:40", "14:40-15:00"]


def test_whoever_books_on_behalf_of_the_mairie_is_named_as_such(
    visit: Visit, oisy: Commune, coordinator: User, ines: User, desk_oisy: User
) -> None:
    rows = [book(coordinator, visit, 1), book(ines, visit, 2, resident("Autre"))]

    assert [row.written_as for row in rows] == ["coordination", "mediator"]
    assert all(entry.details["on_behalf"] for entry in Entry.objects.filter(event="booking.appointment_booked"))
    assert [telling.appointment for telling in people_to_tell(desk_oisy, oisy)] == rows


def test_what_is_asked_long_before_it_is_noted_is_transmitted_late(
    epci: Epci, visit: Visit, desk_oisy: User, clock: Clock
) -> None:
    row = book(desk_oisy, visit, asked_at=clock.now - dt.timedelta(hours=25))

    assert Entry.objects.get(event="booking.transmitted").details == {"minutes": 1500, "late": True}
    assert late_transmissions(epci, dt.date(2026, 11, 1), dt.date(2026, 12, 31)) == [row]
    with pytest.raises(ValidationError, match="pas encore venue"):
        book(desk_oisy, visit, 2, asked_at=clock.now + dt.timedelta(hours=1))


def test_nothing_is_transmitted_while_nobody_holds_the_post(visit: Visit, desk_oisy: User) -> None:
    Occupancy.objects.all().delete()

    assert book(desk_oisy, visit).transmitted_at is None
    assert not Entry.objects.filter(event="booking.transmitted").exists()


def test_a_correction_tells_which_fields_and_never_what_they_were(visit: Visit, desk_oisy: User) -> None:
    row = book(desk_oisy, visit)

    correct_appointment(actor=desk_oisy, appointment=row, person=reached_by_phone("Corrigé"))

    assert Appointment.objects.get().person == "Jean Corrigé"
    assert Entry.objects.get(event="booking.appointment_corrected").details == {"changed": ["channel", "contact", "name"]}


def test_it_is_said_how_it_went_and_a_slip_is_mended(visit: Visit, ines: User, desk_oisy: User, clock: Clock) -> None:
    row = book(desk_oisy, visit)
    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        mark_honoured(actor=ines, appointment=row)

    clock.go("2027-01-05", "17:30")
    assert mark_absent(actor=ines, appointment=row).state == "absent"
    assert mark_honoured(actor=ines, appointment=row).state == "honoured"

    with pytest.raises(ValidationError, match="noté « présent·e »"):
        cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.PERSON)


def test_the_reason_of_a_cancellation_says_nothing_that_must_not_be_stored(visit: Visit, desk_oisy: User) -> None:
    row = book(desk_oisy, visit)

    with pytest.raises(ValidationError) as refusal:
        cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.COMMUNE, reason="x" * 201)

    assert set(refusal.value.message_dict) == {"reason"}
    assert Appointment.objects.get().state == "booked"


def test_who_can_only_be_reached_by_the_mairie_is_on_its_list_until_ticked(visit: Visit, oisy: Commune, desk_oisy: User) -> None:
    by_mairie, by_phone = book(desk_oisy, visit, 1), book(desk_oisy, visit, 2, reached_by_phone("Autre"))
    for row in (by_mairie, by_phone):
        cancel_appointment(actor=desk_oisy, appointment=row, by=CancelledBy.COMMUNE)

    (telling,) = people_to_tell(desk_oisy, oisy)
    assert (telling.appointment, telling.change) == (by_mairie, "cancelled")
    assert Telling.objects.untold().count() == 2

    tick_telling(actor=desk_oisy, telling=telling)
    assert people_to_tell(desk_oisy, oisy) == []


def test_the_database_refuses_a_second_one_in_a_slot_without_the_application(visit: Visit, desk_oisy: User) -> None:
    row = book(desk_oisy, visit)

    with pytest.raises(IntegrityError), transaction.atomic():
        HeldSlot.objects.create(appointment=row, visit=visit, number=1)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "cancelled"},
        {"state": "lost"},
        {"channel": "phone"},
        {"contact": "06 12 34 56 78"},
        {"name": ""},
        {"slot_count": 3},
        {"slot_minutes": 25},
        {"kind": "office"},
        {"motive": "DIABETES"},
    ],
)
def test_the_database_refuses_an_appointment_that_cannot_be(broken: dict[str, object], visit: Visit, desk_oisy: User) -> None:
    row = book(desk_oisy, visit)

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(**broken)


def test_nobody_without_a_role_there_books(
    visit: Visit, reader: User, lawyer: User, tom: User, referent_bousignies: User
) -> None:
    for actor in (reader, lawyer, tom, referent_bousignies):
        with pytest.raises(PermissionDenied):
            book(actor, visit)


def test_many_visits_cost_as_many_queries_as_one(visit: Visit, desk_oisy: User) -> None:
    book(desk_oisy, visit)
    with CaptureQueriesContext(connection) as one:
        assert len(agendas_of(Visit.objects.filter(pk=visit.pk))) == 1
    with CaptureQueriesContext(connection) as two:
        assert len(agendas_of(Visit.objects.all())) == 2
    with CaptureQueriesContext(connection) as alone:
        appointments_of(SYSTEM, visit)
    book(desk_oisy, visit, 2)
    with CaptureQueriesContext(connection) as both:
        appointments_of(SYSTEM, visit)

    assert (len(one), len(alone)) == (len(two), len(both))
