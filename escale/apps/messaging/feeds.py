"""Open, renew and revoke the address of a calendar feed. An address that is given away stays so: only another one helps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.db import models, transaction
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.messaging.models import FeedToken
from escale.apps.territory.models import Commune, Epci


class Audience(StrEnum):
    """What a feed shows."""

    COMMUNE = "commune"
    DEADLINES = "deadlines"
    MEDIATOR = "mediator"
    TERRITORY = "territory"


class TeamMember(Protocol):
    """Someone of a team, who may have an account."""

    pk: int

    @property
    def epci(self) -> Epci: ...
    @property
    def user(self) -> User | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed shows, and whose it is: `on` is the object on which its right is asked."""

    epci: Epci
    audience: Audience
    subject: str
    on: models.Model
    owner: User | None = None

    @classmethod
    def of_territory(cls, epci: Epci) -> Feed:
        """The visits of a whole territory."""
        return cls(epci=epci, audience=Audience.TERRITORY, subject=epci.siren, on=epci)

    @classmethod
    def of_deadlines(cls, epci: Epci) -> Feed:
        """What falls due for the conventions of a territory."""
        return cls(epci=epci, audience=Audience.DEADLINES, subject=epci.siren, on=epci)

    @classmethod
    def of_commune(cls, epci: Epci, commune: Commune) -> Feed:
        """The visits of a commune."""
        return cls(epci=epci, audience=Audience.COMMUNE, subject=commune.code, on=commune)

    @classmethod
    def of_mediator(cls, mediator: TeamMember) -> Feed:
        """The visits of the posts that a mediator holds."""
        return cls(
            epci=mediator.epci, audience=Audience.MEDIATOR, subject=str(mediator.pk), on=mediator.epci, owner=mediator.user
        )


def living_token(feed: Feed) -> FeedToken | None:
    """Return the address at which a feed is read now; None when nobody opened it."""
    return _living(feed).first()


def may_manage(actor: Actor, feed: Feed) -> bool:
    """Tell whether the actor may open, renew and revoke the address of a feed."""
    return actor.may(_permission(actor, feed), feed.on)


@transaction.atomic
def open_feed(*, actor: Actor, feed: Feed) -> FeedToken:
    """Return the address of a feed, made if there is none."""
    _require_and_lock(actor, feed)
    return _living(feed).first() or _make(actor, feed, "messaging.feed_opened")


@transaction.atomic
def renew_feed(*, actor: Actor, feed: Feed) -> FeedToken:
    """Give a feed another address; the one before answers no more."""
    _require_and_lock(actor, feed)
    _living(feed).update(revoked_at=timezone.now())
    return _make(actor, feed, "messaging.feed_renewed")


@transaction.atomic
def revoke_feed(*, actor: Actor, feed: Feed) -> None:
    """Close the address of a feed; nothing happens when it has none."""
    _require_and_lock(actor, feed)
    token = _living(feed).first()
    if token is None:
        return
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    events.record("messaging.feed_revoked", actor=actor, epci=feed.epci.siren, subject=token, audience=feed.audience.value)


def _living(feed: Feed) -> models.QuerySet[FeedToken]:
    return FeedToken.objects.filter(epci=feed.epci, audience=feed.audience.value, subject=feed.subject, revoked_at__isnull=True)


def _make(actor: Actor, feed: Feed, event: str) -> FeedToken:
    token = FeedToken.objects.create(epci=feed.epci, audience=feed.audience.value, subject=feed.subject)
    # Never the key: whoever reads the log would read the feed.
    events.record(event, actor=actor, epci=feed.epci.siren, subject=token, audience=feed.audience.value)
    return token


def _require_and_lock(actor: Actor, feed: Feed) -> None:
    require(actor, _permission(actor, feed), feed.on)
    Epci.objects.select_for_update().get(pk=feed.epci.pk)


def _permission(actor: Actor, feed: Feed) -> str:
    match feed.audience:
        case Audience.COMMUNE:
            return "feeds.commune"
        case Audience.DEADLINES:
            return "feeds.deadlines"
        case Audience.MEDIATOR if feed.owner is not None and feed.owner.actor_id == actor.actor_id:
            return "feeds.own"
    # The feed of somebody else, like that of the territory, is the coordinator's.
    return "feeds.territory"
