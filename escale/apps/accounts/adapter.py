"""How logging in behaves here: accounts are opened by a coordinator, never by oneself."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page; everything else is as allauth has it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every visitor: a role is given by someone who may give it."""
        return False
