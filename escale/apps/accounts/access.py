"""Who may do what, and where: the one definition that both lists and single objects are judged by."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from escale.apps.audit.scopes import Scope

if TYPE_CHECKING:
    from escale.apps.accounts.models import Role


class Kind(StrEnum):
    """What a person is to an EPCI, or to one of its communes."""

    COORDINATOR = "coordinator"
    LAWYER = "lawyer"
    MEDIATOR = "mediator"
    READER = "reader"
    REFERENT = "referent"
    DESK = "desk"


COMMUNE_KINDS = frozenset({Kind.REFERENT, Kind.DESK})
"""Kinds that are held in one commune (art. 3-1); the others are held in the whole EPCI."""

EPCI_KINDS = frozenset(Kind) - COMMUNE_KINDS
EVERYONE = frozenset(Kind)
SYSTEM_ALONE: frozenset[Kind] = frozenset()

PERMISSIONS: dict[str, frozenset[Kind]] = {
    "accounts.create": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "accounts.desk_link": SYSTEM_ALONE,
    "accounts.grant": frozenset({Kind.COORDINATOR}),
    "accounts.grant_desk": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "accounts.see": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "activity.exchange": frozenset({Kind.COORDINATOR}),
    "activity.log": frozenset({Kind.MEDIATOR}),
    "activity.purge": SYSTEM_ALONE,
    "activity.refresh": SYSTEM_ALONE,
    "activity.see": frozenset({Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT}),
    "audit.purge": SYSTEM_ALONE,
    "audit.see": frozenset({Kind.COORDINATOR}),
    "booking.book": frozenset({Kind.COORDINATOR, Kind.REFERENT, Kind.DESK}),
    "booking.forget": SYSTEM_ALONE,
    "booking.hold": frozenset({Kind.MEDIATOR}),
    "booking.name": frozenset({Kind.REFERENT, Kind.DESK}),
    "booking.remind": SYSTEM_ALONE,
    "booking.reveal": frozenset({Kind.COORDINATOR}),
    "booking.reveal_today": frozenset({Kind.MEDIATOR}),
    "booking.rights": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "booking.see": frozenset({Kind.COORDINATOR, Kind.REFERENT, Kind.DESK}),
    "booking.share": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "booking.transmit": SYSTEM_ALONE,
    "communication.note": frozenset({Kind.REFERENT, Kind.DESK}),
    "communication.note_epci": frozenset({Kind.COORDINATOR, Kind.MEDIATOR}),
    "communication.see": EVERYONE,
    "coordination.note": frozenset({Kind.COORDINATOR}),
    "committee.manage": frozenset({Kind.COORDINATOR}),
    "committee.see": frozenset({Kind.COORDINATOR, Kind.LAWYER, Kind.READER}),
    "conventions.decide": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "conventions.file": frozenset({Kind.COORDINATOR, Kind.LAWYER, Kind.REFERENT}),
    "conventions.journal": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "conventions.manage": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "conventions.override": frozenset({Kind.LAWYER}),
    "conventions.see": frozenset({Kind.COORDINATOR, Kind.LAWYER, Kind.REFERENT}),
    "conventions.see_in_force": EVERYONE,
    "documents.batch": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "documents.give_up": SYSTEM_ALONE,
    "documents.purge": SYSTEM_ALONE,
    "evaluations.answer": frozenset({Kind.REFERENT, Kind.DESK}),
    "evaluations.manage": frozenset({Kind.COORDINATOR}),
    "evaluations.see": frozenset({Kind.COORDINATOR, Kind.LAWYER, Kind.READER}),
    "evaluations.validate": frozenset({Kind.COORDINATOR}),
    "feeds.commune": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "feeds.deadlines": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "feeds.own": frozenset({Kind.MEDIATOR}),
    "feeds.territory": frozenset({Kind.COORDINATOR}),
    "mairies.manage": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "messaging.erase": SYSTEM_ALONE,
    "messaging.forget": SYSTEM_ALONE,
    "messaging.see": frozenset({Kind.COORDINATOR}),
    "messaging.send": frozenset({Kind.COORDINATOR}),
    "obligations.remind": SYSTEM_ALONE,
    "obligations.see": frozenset({Kind.COORDINATOR, Kind.LAWYER, Kind.REFERENT}),
    "premises.manage": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "referents.manage": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "referents.see": EVERYONE - {Kind.READER},
    "relays.manage": frozenset({Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT}),
    "reports.acknowledge": frozenset({Kind.REFERENT, Kind.DESK}),
    "reports.manage": frozenset({Kind.COORDINATOR}),
    "reports.see": EVERYONE - {Kind.MEDIATOR},
    "schedule.batch": SYSTEM_ALONE,
    "schedule.draft": frozenset({Kind.COORDINATOR}),
    "schedule.give_up": SYSTEM_ALONE,
    "schedule.participations": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "schedule.plan": frozenset({Kind.COORDINATOR}),
    "schedule.publish": frozenset({Kind.COORDINATOR}),
    "schedule.remark": frozenset({Kind.REFERENT}),
    "schedule.see": EVERYONE,
    "schedule.wishes": frozenset({Kind.COORDINATOR, Kind.REFERENT}),
    "team.equip": frozenset({Kind.COORDINATOR, Kind.MEDIATOR}),
    "team.insure": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "team.manage": frozenset({Kind.COORDINATOR}),
    "team.see": frozenset({Kind.COORDINATOR, Kind.MEDIATOR}),
    "territory.import": frozenset({Kind.COORDINATOR}),
    "territory.manage": frozenset({Kind.COORDINATOR}),
    "territory.see": EVERYONE,
    "urgencies.answer": frozenset({Kind.COORDINATOR, Kind.MEDIATOR}),
    "urgencies.ask": frozenset({Kind.COORDINATOR, Kind.REFERENT, Kind.DESK}),
    "urgencies.pass_on": SYSTEM_ALONE,
    "urgencies.purge": SYSTEM_ALONE,
    "urgencies.see": frozenset({Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT, Kind.DESK}),
    "visits.cancel": frozenset({Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT, Kind.DESK}),
    "visits.contact": frozenset({Kind.COORDINATOR, Kind.LAWYER}),
    "visits.evidence": frozenset({Kind.LAWYER}),
    "visits.hold": frozenset({Kind.COORDINATOR, Kind.MEDIATOR}),
    "visits.move": frozenset({Kind.COORDINATOR}),
    "visits.note": frozenset({Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT, Kind.DESK}),
    "visits.prepare": frozenset({Kind.COORDINATOR, Kind.REFERENT, Kind.DESK}),
    "visits.see": EVERYONE,
    "visits.settle": frozenset({Kind.COORDINATOR}),
    "visits.waive": frozenset({Kind.COORDINATOR}),
    "workshops.manage": frozenset({Kind.COORDINATOR, Kind.MEDIATOR}),
    "workshops.promote": SYSTEM_ALONE,
    "workshops.register": frozenset({Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT, Kind.DESK}),
    "workshops.see": frozenset({Kind.COORDINATOR, Kind.MEDIATOR, Kind.REFERENT, Kind.DESK}),
}
"""Every permission there is, and the kinds that hold it where they have their role. What is not here is refused."""

GRANTED_WITH = {Kind.DESK: "accounts.grant_desk"}
"""The permission that gives and ends a role of each kind; « accounts.grant » for those that are not named."""


class UnknownPermissionError(LookupError):
    """The code asks for a permission that the list does not hold: a mistake of ours, never of the user."""


def scope_of(roles: Iterable[Role], permission: str) -> Scope:
    """Return where some roles, all of them held today, give a permission."""
    try:
        kinds = PERMISSIONS[permission]
    except KeyError:
        raise UnknownPermissionError(permission) from None
    places: dict[bool, set[str]] = {True: set(), False: set()}
    for role in roles:
        if role.kind in kinds:
            places[role.kind in COMMUNE_KINDS].add(role.place)
    return Scope(epcis=frozenset(places[False]), communes=frozenset(places[True]))


def grants(kind: Kind) -> str:
    """Return the permission that gives and ends a role of this kind."""
    return GRANTED_WITH.get(kind, "accounts.grant")
