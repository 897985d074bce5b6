"""Say who came, and close a workshop: counts are kept, never persons made up to fill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.saving import refuse
from escale.apps.workshops.actions.stepping import step_to
from escale.apps.workshops.laptops import note_laptops_used
from escale.apps.workshops.locking import lock_workshop
from escale.apps.workshops.models import Registration, Workshop
from escale.core.activity.records import People
from escale.core.activity.vocabulary import AgeBand
from escale.core.workshops.states import Attendance, WorkshopState

MOST_WALK_INS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """How a workshop went: who came among the registered, by key; how many came besides; how many had come before, by age."""

    present: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()
    walk_ins: int = 0
    known: int | None = None
    ages: Mapping[AgeBand, int] = field(default_factory=dict)


@transaction.atomic
def mark_attendance(*, actor: Actor, workshop: Workshop, attended: Attended) -> Workshop:
    """Note who is there so far; nothing is closed."""
    row = lock_workshop(workshop.pk)
    require(actor, "workshops.manage", row)
    if not row.is_open:
        raise refuse("state", "Cet atelier n’est pas ouvert ; recharger la page.")
    _refuse_before(row)
    _note(row, attended)
    row.save()
    events.record("workshops.attendance_noted", actor=actor, epci=row.epci.siren, subject=row)
    return row


@transaction.atomic
def hold_workshop(*, actor: Actor, workshop: Workshop, attended: Attended) -> Workshop:
    """Close a workshop with who came; closed twice with the same answer, it is closed once.

    Everyone who had a place is noted present or absent; the laptops that served are to be erased. Raise ValidationError
    otherwise, and before its day.
    """
    row = lock_workshop(workshop.pk)
    require(actor, "workshops.manage", row)
    if row.state == WorkshopState.HELD and _says_the_same(row, attended):
        return row
    _refuse_before(row)
    seated = set(Registration.objects.filter(workshop=row).registered().values_list("pk", flat=True))
    if left := len(seated - attended.present - attended.absent):
        words = "Une personne inscrite n’est notée" if left == 1 else f"{left} personnes inscrites ne sont notées"
        raise refuse("present", f"{words} ni présente ni absente : le dire pour chacune, puis clore.")
    _note(row, attended)
    step_to(row, WorkshopState.HELD)
    events.record(
        "workshops.held",
        actor=actor,
        epci=row.epci.siren,
        subject=row,
        present=len(attended.present),
        absent=len(attended.absent),
        walk_ins=attended.walk_ins,
    )
    note_laptops_used(actor=actor, workshop=row)
    return row


def _note(row: Workshop, attended: Attended) -> None:
    total = len(attended.present) + attended.walk_ins
    if not 0 <= attended.walk_ins <= MOST_WALK_INS:
        raise refuse("walk_ins", f"Donner un nombre de 0 à {MOST_WALK_INS}.")
    if attended.known is not None and attended.known > total:
        raise refuse("known", "Pas plus de personnes déjà venues que de personnes présentes.")
    if total:
        for name, reason in People(total=total, known=attended.known, ages=attended.ages).refusals():
            raise refuse(name, reason)
    elif any(attended.ages.values()):
        raise refuse("ages", "Personne n’est noté présent : laisser les âges vides.")
    seats = Registration.objects.filter(workshop=row).registered()
    for keys, value in ((attended.present, Attendance.PRESENT), (attended.absent, Attendance.ABSENT)):
        seats.filter(pk__in=keys).update(attendance=value.value)
    row.walk_ins, row.known = attended.walk_ins, attended.known
    row.ages = {band.value: count for band, count in attended.ages.items() if count}


def _refuse_before(row: Workshop) -> None:
    if row.date > clock.today(row.epci):
        raise refuse("state", "Cet atelier n’a pas encore eu lieu ; on peut le changer ou l’annuler.")


def _says_the_same(row: Workshop, attended: Attended) -> bool:
    there = Registration.objects.filter(workshop=row).registered()
    present = frozenset(there.filter(attendance=Attendance.PRESENT.value).values_list("pk", flat=True))
    return (present, row.walk_ins) == (attended.present, attended.walk_ins)
