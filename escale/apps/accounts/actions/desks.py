"""Let the front desk of a mairie in by a link of one use (art. 3-1: it takes and transmits the appointments)."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from escale.apps.accounts.access import Kind
from escale.apps.accounts.actions.people import grant_role
from escale.apps.accounts.models import DeskAccount, DeskLink, User
from escale.apps.audit import events
from escale.apps.audit.actors import SYSTEM, Actor, require
from escale.apps.territory import clock
from escale.apps.territory.catalogue import DESK_LINK_MINUTES
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Commune, Epci, Mairie
from escale.apps.territory.queries import epci_of, value_of

MOST_LINKS_ALIVE = 5
"""For one mairie: whoever asks in its name fills its box no further, and what lies there still lets its desk in."""
KEPT_DAYS = 30


@transaction.atomic
def open_desk_link(*, actor: Actor, mairie: Mairie) -> str | None:
    """Return the key of a new link for the generic address of a mairie; None when it may have none now."""
    require(actor, "accounts.desk_link", mairie)
    commune = Commune.objects.select_for_update().get(pk=mairie.commune_id)
    now, epci = timezone.now(), epci_of(commune, clock.today())
    alive = DeskLink.objects.filter(commune=commune, email=mairie.email, expires_at__gt=now).count()
    if epci is None or not mairie.email or alive >= MOST_LINKS_ALIVE or _is_closed(commune, epci):
        return None
    key = secrets.token_urlsafe(32)
    row = DeskLink.objects.create(
        commune=commune,
        email=mairie.email,
        digest=digest_of(key),
        opened_at=now,
        expires_at=now + dt.timedelta(minutes=value_of(epci, DESK_LINK_MINUTES)),
    )
    events.record("accounts.desk_link_opened", actor=actor, epci=epci.siren, subject=row)
    return key


@transaction.atomic
def enter_by_link(*, key: str) -> User | None:
    """Use a link up and return the account of its desk, opened at need; None for a link that lets nobody in."""
    found = DeskLink.objects.filter(digest=digest_of(key)).values_list("commune", flat=True).first()
    if found is None:
        return None
    # The commune is held first, as when a link is opened: of two clicks at the same moment, the second finds it used.
    commune = Commune.objects.select_for_update().get(pk=found)
    now, epci = timezone.now(), epci_of(commune, clock.today())
    row = DeskLink.objects.open_at(now).filter(digest=digest_of(key)).first()
    if row is None or epci is None or _is_closed(commune, epci):
        return None
    row.used_at = now
    row.save(update_fields=["used_at"])
    user = _desk_of(commune, epci)
    events.record("accounts.desk_entered", actor=user, epci=epci.siren, subject=row)
    return user


@transaction.atomic
def forget_desk_links(*, actor: Actor, now: dt.datetime) -> int:
    """Delete the links that nobody can use any more."""
    require(actor, "accounts.desk_link", "")
    return DeskLink.objects.filter(opened_at__lt=now - dt.timedelta(days=KEPT_DAYS)).delete()[0]


def digest_of(key: str) -> str:
    """Return what is kept of a key: it is long and random, so that a plain hash tells nothing of it."""
    return hashlib.sha256(key.encode()).hexdigest()


def _is_closed(commune: Commune, epci: Epci) -> bool:
    """Tell whether someone closed this desk on purpose; being rarely used closes nothing."""
    account = DeskAccount.objects.filter(commune=commune).select_related("user").first()
    if account is None:
        return False
    roles = account.user.roles.filter(epci=epci)
    return not account.user.is_active or (roles.exists() and not roles.filter(holding(clock.today())).exists())


def _desk_of(commune: Commune, epci: Epci) -> User:
    account = DeskAccount.objects.filter(commune=commune).select_related("user").first() or _open_account(commune, epci)
    if not account.user.roles.filter(epci=epci).exists():
        grant_role(actor=SYSTEM, user=account.user, kind=Kind.DESK, epci=epci, commune=commune, starts=clock.today(epci))
    return account.user


def _open_account(commune: Commune, epci: Epci) -> DeskAccount:
    name = f"Accueil de la mairie {commune.place_name.de}"
    user = User(email=f"accueil-{commune.code}@mairie.invalid".lower(), name=name)
    user.set_unusable_password()
    user.save()
    account = DeskAccount.objects.create(commune=commune, user=user)
    events.record("accounts.desk_opened", actor=SYSTEM, epci=epci.siren, subject=user)
    return account
