"""Tell a page whose device it is shown on."""

from __future__ import annotations

from django import template

from escale.apps.accounts.models import User
from escale.web.field.offline.owner import owner_key

register = template.Library()


@register.filter
def device_owner(user: object) -> str:
    """Return the opaque key of whoever is logged in; nothing for nobody."""
    return owner_key(user) if isinstance(user, User) else ""
