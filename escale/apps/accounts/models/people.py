"""The people who log in, and the dated roles from which alone their rights come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from escale.apps.accounts import access
from escale.apps.accounts.access import COMMUNE_KINDS, EPCI_KINDS, Kind
from escale.apps.audit.scopes import NOWHERE, Scope, ScopedQuerySet
from escale.apps.territory.clock import today
from escale.apps.territory.dated import Dated, holding
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.overlap import NoOverlap


class UserQuerySet(ScopedQuerySet["User"]):
    """People, seen by those who answer for one of their roles."""

    sees = "accounts.see"

    def within(self, scope: Scope) -> Self:
        """Return those who have or had a role in the scope."""
        return self.filter(roles__in=Role.objects.within(scope))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]
    """Finds people by their address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person of this address."""
        found: User = self.get(email=(username or "").strip().lower())
        return found


class User(AbstractBaseUser):
    """A person who logs in with an e-mail address; an actor whose rights are those of the roles of the day."""

    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom", max_length=120)
    is_active = models.BooleanField("actif", default=True)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    _kept_roles: Sequence[Role] | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "compte"
        constraints = [models.CheckConstraint(name="user_email_lower", condition=models.Q(email=Lower("email")))]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> str:
        """What the audit log calls this person."""
        return f"user:{self.pk}"

    def keep_roles(self) -> Sequence[Role]:
        """Return the roles of today, the oldest first, and judge all that is asked of this object from now on by them.

        For an object that lives as long as one request and no longer: a page asks dozens of times.
        """
        held = self._held_today().select_related("epci", "commune").defer("commune__outline")
        self._kept_roles = list(held.order_by("pk"))
        return self._kept_roles

    def scope(self, permission: str) -> Scope:
        """Return where this person holds a permission today."""
        if not self.is_active:
            return NOWHERE
        roles: Iterable[Role] = self._held_today() if self._kept_roles is None else self._kept_roles
        return access.scope_of(roles, permission)

    def may(self, permission: str, on: object) -> bool:
        """Tell whether this person holds a permission on an object today."""
        return self.scope(permission).covers(on)

    def _held_today(self) -> RoleQuerySet:
        held: RoleQuerySet = self.roles.held_on(today())
        return held


class RoleQuerySet(ScopedQuerySet["Role"]):
    """Roles, seen by those who answer for their place."""

    sees = "accounts.see"

    def within(self, scope: Scope) -> Self:
        """Return the roles of the EPCIs of the scope, those in their communes included, and those of its communes."""
        return self.filter(models.Q(epci__siren__in=scope.epcis) | models.Q(commune__code__in=scope.communes))

    def held_on(self, day: dt.date) -> Self:
        """Return the roles that are held on a civil day."""
        return self.filter(holding(day))


class Role(Dated):
    """What a person is to an EPCI or to one of its communes, from a day to a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name="compte")
    kind = models.CharField("rôle", max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="roles", verbose_name="EPCI")
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="roles")
    place = models.CharField("SIREN de l’EPCI ou code INSEE de la commune", max_length=9, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = False
        verbose_name = "rôle"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="role_kind_has_its_place",
                condition=models.Q(kind__in=sorted(COMMUNE_KINDS), commune__isnull=False)
                | models.Q(kind__in=sorted(EPCI_KINDS), commune__isnull=True),
                violation_error_message="Un référent ou un accueil a une commune ; les autres rôles n’en ont pas.",
            ),
            NoOverlap(
                name="role_held_once",
                fields=("user", "kind", "place"),
                violation_error_message="Cette personne a déjà ce rôle à cette période.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"
