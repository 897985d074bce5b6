"""Who logs in: people with their dated roles, and the front desks of the mairies, which enter by a one-time link."""

from escale.apps.accounts.models.desks import DeskAccount, DeskLink
from escale.apps.accounts.models.people import Role, User, UserManager, UserQuerySet

__all__ = ["DeskAccount", "DeskLink", "Role", "User", "UserManager", "UserQuerySet"]
