"""Count what the public sends, in the database: the count holds across every process, and whatever was not written is free."""

from __future__ import annotations

import datetime as dt
from ipaddress import IPv6Address, ip_address, ip_network

from django.db.models import F
from django.utils.crypto import salted_hmac

from escale.apps.booking.models import Quota
from escale.apps.territory.models import Commune
from escale.core.booking.limits import LONGEST, OF_ADDRESS, OF_ADDRESS_TO_COMMUNE, OF_COMMUNE, Limit

SALT = "escale.booking.quotas"
HOME = 64
"""Whoever has an address of IPv6 has the 2⁶⁴ of their network."""


def take_quota(*, address: str, commune: Commune, now: dt.datetime) -> bool:
    """Count one more request; tell whether it may be written. Call it in the transaction that writes it."""
    sender = mark_of(address)
    counted: tuple[tuple[str, Limit], ...] = (
        (sender, OF_ADDRESS),
        (f"{sender}:{commune.code}", OF_ADDRESS_TO_COMMUNE),
        (commune.code, OF_COMMUNE),
    )
    return all(_take(key, limit, now) for key, limit in counted)


def forget_quotas(*, now: dt.datetime) -> int:
    """Erase the counts of the windows that are over; return how many."""
    erased, _ = Quota.objects.filter(starts__lt=now - LONGEST).delete()
    return erased


def mark_of(address: str) -> str:
    """Return what stands for an address of the network, from which nobody reads it; the same for a whole home."""
    place = ip_address(address)
    if isinstance(place, IPv6Address):
        place = place.ipv4_mapped or ip_network((place, HOME), strict=False).network_address
    return salted_hmac(SALT, str(place), algorithm="sha256").hexdigest()[:32]


def _take(key: str, limit: Limit, now: dt.datetime) -> bool:
    starts = limit.starts(now)
    Quota.objects.bulk_create([Quota(key=key, starts=starts, most=limit.most)], ignore_conflicts=True)
    # One statement reads and writes: of two senders at the same moment the second waits for the first.
    left = Quota.objects.filter(key=key, starts=starts, count__lt=F("most"))
    return left.update(count=F("count") + 1) == 1
