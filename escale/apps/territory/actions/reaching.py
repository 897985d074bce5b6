"""Write how a mairie is reached, and the relays of a commune: who else helps between two visits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Mairie, Relay, RelayKind
from escale.apps.territory.parameters import read_email, read_phone
from escale.apps.territory.queries import siren_of
from escale.apps.territory.saving import refuse, save_row
from escale.core.booking.sensitive import REASONS, find_sensitive_number


class RelayFields(TypedDict):
    """What is said of a relay."""

    kind: RelayKind
    name: str
    address: str
    phone: str
    hours: str
    helps_with: str
    checked_on: dt.date


@transaction.atomic
def record_mairie(
    *,
    actor: Actor,
    commune: Commune,
    email: str = "",
    phone: str = "",
    phone_hours: str = "",
    other_phone: str = "",
    welcomes_neighbours: bool = True,
) -> Mairie:
    """Say how a mairie is reached: the number for the public, when someone answers, and the address of the front desk.

    The commune also says whether the people of its neighbours may come.
    """
    require(actor, "mairies.manage", commune)
    Commune.objects.select_for_update().get(pk=commune.pk)
    if phone_hours.strip() and not phone.strip():
        raise refuse("phone", "Donner le numéro auquel quelqu’un répond à ces heures.")
    values = {
        "commune": commune,
        "email": _read("email", email.lower(), read_email),
        "phone": _read("phone", phone, read_phone),
        "phone_hours": _plain("phone_hours", phone_hours),
        "other_phone": _read("other_phone", other_phone, read_phone),
        "welcomes_neighbours": welcomes_neighbours,
    }
    row = Mairie.objects.filter(commune=commune).first() or Mairie()
    return save_row(row, values, event="territory.mairie_recorded", actor=actor, epci=siren_of(commune))


@transaction.atomic
def record_relay(*, actor: Actor, commune: Commune, **fields: Unpack[RelayFields]) -> Relay:
    """Note someone else who helps in a commune, as it was checked on a day."""
    require(actor, "relays.manage", commune)
    values = {"commune": commune, **_values(commune, fields)}
    return save_row(Relay(), values, event="territory.relay_recorded", actor=actor, epci=siren_of(commune))


@transaction.atomic
def change_relay(*, actor: Actor, relay: Relay, **fields: Unpack[RelayFields]) -> Relay:
    """Change what is said of a relay, or say that it was checked again."""
    row = _locked(relay)
    require(actor, "relays.manage", row)
    values = _values(row.commune, fields)
    return save_row(row, values, event="territory.relay_changed", actor=actor, epci=siren_of(row.commune))


@transaction.atomic
def remove_relay(*, actor: Actor, relay: Relay) -> None:
    """Forget a relay that is no longer there."""
    row = _locked(relay)
    require(actor, "relays.manage", row)
    events.record("territory.relay_removed", actor=actor, epci=siren_of(row.commune), subject=row)
    row.delete()


def _locked(relay: Relay) -> Relay:
    return Relay.objects.select_for_update(of=("self",)).select_related("commune").get(pk=relay.pk)


def _values(commune: Commune, fields: RelayFields) -> dict[str, object]:
    if fields["checked_on"] > clock.today():
        raise refuse("checked_on", "Ce jour n’est pas encore venu ; donner celui de la dernière vérification.")
    texts = ("name", "address", "hours", "helps_with")
    written = {name: _plain(name, str(fields[name])) for name in texts}  # type: ignore[literal-required]
    return {**fields, **written, "kind": fields["kind"].value, "phone": _read("phone", fields["phone"], read_phone)}


def _read(field: str, text: str, read: Callable[[str], str]) -> str:
    try:
        return read(text) if text.strip() else ""
    except ValueError as error:
        raise refuse(field, str(error)) from None


def _plain(field: str, text: str) -> str:
    """Return a text of the public directory. Only numbers are judged: a relay may well help with lost passwords."""
    found = find_sensitive_number(text)
    if found is not None:
        raise ValidationError({field: REASONS[found]})
    return " ".join(text.split())
