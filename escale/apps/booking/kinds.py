"""The closed lists of this domain: how someone is reached, what they need, who wrote, what changed."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Where an appointment is held: in a commune during its visit, or at the office of the team (art. 4)."""

    VISIT = "visit"
    OFFICE = "office"


class Channel(StrEnum):
    """How a person is reached."""

    PHONE = "phone"
    EMAIL = "email"
    MAIRIE = "mairie"


class Need(StrEnum):
    """What makes it possible for someone to come; each is the name of a column."""

    WHEELCHAIR = "wheelchair"
    LOUD_VOICE = "loud_voice"
    INTERPRETER = "interpreter"


class Agent(StrEnum):
    """As what someone wrote an appointment down; all but the mairie write on its behalf."""

    COMMUNE = "commune"
    MEDIATOR = "mediator"
    COORDINATION = "coordination"


class Origin(StrEnum):
    """Who filled a request in: someone at a desk, or the public on the page of the commune."""

    DESK = "desk"
    PUBLIC = "public"


class CancelledBy(StrEnum):
    """Who gave an appointment up."""

    PERSON = "person"
    COMMUNE = "commune"
    SERVICE = "service"


class Outcome(StrEnum):
    """How a request was met."""

    VISIT = "visit"
    NEIGHBOUR = "neighbour"
    OFFICE = "office"
    CALL_BACK = "call_back"
    WALK_IN = "walk_in"


class Answer(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    VOID = "void"


class Change(StrEnum):
    """What a person has to learn of their appointment."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    OFFERED = "offered"
    ROOM = "room"
    REMINDED = "reminded"


class Right(StrEnum):
    """What a person asks about their own data."""

    ACCESS = "access"
    RECTIFY = "rectify"
    ERASE = "erase"
    OBJECT = "object"


class Obstacle(StrEnum):
    """Why a visit takes no appointments."""

    CANCELLED = "cancelled"
    PAST = "past"
    NOT_FIRM = "not_firm"
    NO_OFFICE = "no_office"
