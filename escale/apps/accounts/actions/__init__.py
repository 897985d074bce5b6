"""The only writers of accounts, roles and desk links."""

from escale.apps.accounts.actions.desks import enter_by_link, forget_desk_links, open_desk_link
from escale.apps.accounts.actions.people import create_user, end_role, grant_role

__all__ = ["create_user", "end_role", "enter_by_link", "forget_desk_links", "grant_role", "open_desk_link"]
