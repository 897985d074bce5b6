"""What the holder of a personal link may do: little, for one commune, until a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from escale.apps.audit.scopes import NOWHERE, Scope
from escale.apps.schedule.models import LinkPurpose, PersonalLink

GIVEN = {
    LinkPurpose.INQUIRY: frozenset({"premises.manage", "referents.manage", "schedule.wishes"}),
    LinkPurpose.REMARKS: frozenset({"schedule.remark"}),
}
"""The permissions that a link gives on its commune: never one that the référent of the commune does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkHolder:
    """Whoever holds a link, on a day: an actor whose world is the commune of the link, and nothing once it is closed."""

    link: PersonalLink
    day: dt.date

    @property
    def actor_id(self) -> str:
        """What the audit log calls the holder: the number of the link, never its key."""
        return self.link.actor_id

    def scope(self, permission: str) -> Scope:
        """Return where the link gives a permission."""
        if permission in GIVEN[LinkPurpose(self.link.purpose)] and self.link.is_open_on(self.day):
            return Scope(communes=frozenset({self.link.commune.code}))
        return NOWHERE

    def may(self, permission: str, on: object) -> bool:
        """Tell whether the link gives a permission on an object."""
        return self.scope(permission).covers(on)


def find_link(key: str) -> PersonalLink | None:
    """Return the link of a key; one that was revoked is as if it had never been."""
    links = PersonalLink.objects.filter(revoked_at__isnull=True).select_related("epci", "commune", "inquiry", "plan")
    return links.filter(key=key).first()


def address_of(link: PersonalLink) -> str:
    """Return the whole address of a link, as a letter or a paper writes it."""
    return urljoin(settings.ADDRESS, reverse("links:answer", args=[link.key]))


def about(link: PersonalLink) -> str:
    """Return what the letters about a link are filed under."""
    return f"link:{link.pk}"
