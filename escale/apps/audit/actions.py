"""The one change that the log knows besides a new line: its oldest lines go when their time is over."""

from __future__ import annotations

import datetime as dt
import logging
from calendar import monthrange

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from escale.apps.audit.actors import Actor, require
from escale.apps.audit.models import Entry

logger = logging.getLogger(__name__)


@transaction.atomic
def purge_entries(*, actor: Actor, on: dt.date) -> int:
    """Delete the entries older than the retention (délibération CNIL 2021-122) on a civil day; return how many."""
    require(actor, "audit.purge", "installation")
    oldest = dt.datetime.combine(_months_before(on, settings.AUDIT_MONTHS), dt.time.min, timezone.get_default_timezone())
    deleted, _ = Entry.objects.filter(at__lt=oldest).delete()
    if deleted:
        logger.info("%s audit entries older than %s deleted", deleted, oldest.date())
    return deleted


def _months_before(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
