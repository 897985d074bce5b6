"""How logging in behaves here: accounts are opened by a coordinator, never by oneself; a front desk has no password."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from escale.apps.accounts.models import DeskAccount, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page, and lets no front desk choose a password; everything else is as allauth has it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every visitor: a role is given by someone who may give it."""
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Refuse a password to an account that whoever sits at the desk shares: a link is its only way in."""
        if user is not None and DeskAccount.objects.filter(user=user.pk).exists():
            raise ValidationError("L’accueil d’une mairie entre par un lien, sans mot de passe.")
        cleaned: str = super().clean_password(password, user)
        return cleaned
