"""Open accounts, give roles and end them."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from escale.apps.accounts import access
from escale.apps.accounts.access import COMMUNE_KINDS, Kind
from escale.apps.accounts.models import Role, User
from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory.clock import today
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Commune, Epci, Membership


@transaction.atomic
def create_user(*, actor: Actor, email: str, name: str, within: Epci | Commune, password: str | None = None) -> User:
    """Open an account, on behalf of the EPCI or the commune that will give it a role.

    Without a password the person chooses one, through the page of forgotten passwords.
    """
    require(actor, "accounts.create", within)
    user = User(email=email.strip().lower(), name=" ".join(name.split()))
    _refuse_bad_user(user)
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    user.save()
    events.record("accounts.user_created", actor=actor, epci=_siren(within), subject=user)
    return user


def _refuse_bad_user(user: User) -> None:
    if not user.name:
        raise ValidationError({"name": "Le nom est vide ; écrire le prénom et le nom."})
    try:
        validate_email(user.email)
    except ValidationError:
        raise ValidationError({"email": "Cette adresse n’est pas complète ; écrire par exemple prenom.nom@mairie.fr."}) from None
    if User.objects.filter(email=user.email).exists():
        raise ValidationError({"email": "Un compte a déjà cette adresse ; lui donner un rôle plutôt qu’en ouvrir un autre."})


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    kind: Kind,
    epci: Epci,
    commune: Commune | None = None,
    starts: dt.date | None = None,
    ends: dt.date | None = None,
) -> Role:
    """Give a role in an EPCI, or in one of its communes for a référent or a desk."""
    _refuse_bad_place(kind, commune)
    membership = commune and _membership(epci, commune, starts or today(epci))
    require(actor, access.grants(kind), membership or epci)
    role = Role(
        user=User.objects.select_for_update().get(pk=user.pk),
        kind=kind,
        epci=epci,
        commune=commune,
        place=commune.code if commune else epci.siren,
        starts=starts,
        ends=ends,
    )
    role.full_clean()
    role.save()
    events.record("accounts.role_granted", actor=actor, epci=epci.siren, subject=role, kind=kind, place=role.place)
    return role


def _refuse_bad_place(kind: Kind, commune: Commune | None) -> None:
    if (kind in COMMUNE_KINDS) != (commune is not None):
        raise ValidationError({"commune": "Un référent ou un accueil a une commune ; les autres rôles n’en ont pas."})


def _membership(epci: Epci, commune: Commune, day: dt.date) -> Membership:
    """Return what ties a commune to an EPCI; an EPCI gives no role in a commune that left it."""
    membership = commune.memberships.filter(holding(day), epci=epci).first()
    if membership is None:
        raise ValidationError({"commune": "Cette commune n’est pas dans l’EPCI à cette date ; changer l’une ou l’autre."})
    return membership


@transaction.atomic
def end_role(*, actor: Actor, role: Role, on: dt.date) -> Role:
    """End a role: `on` is the last day on which it is held."""
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    require(actor, access.grants(Kind(role.kind)), role)
    if role.starts and on < role.starts:
        raise ValidationError({"on": f"Ce rôle commence le {role.starts:%d/%m/%Y} ; choisir un jour qui n’est pas avant."})
    if role.ends and role.ends <= on:
        raise ValidationError({"on": f"Ce rôle a déjà pris fin le {role.ends:%d/%m/%Y}."})
    role.ends = on
    role.save(update_fields=["ends"])
    events.record("accounts.role_ended", actor=actor, epci=role.epci.siren, subject=role, on=on)
    return role


def _siren(place: Epci | Commune) -> str | None:
    return place.siren if isinstance(place, Epci) else None
