"""What a public form carries along to say when it was opened, signed; it makes a second click the same request."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from escale.core.booking.limits import OLDEST, YOUNGEST

SALT = "escale.web.public.stamps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One opening of a form."""

    key: uuid.UUID
    opened: dt.datetime

    @classmethod
    def new(cls) -> Stamp:
        """Open a form now."""
        return cls(key=uuid.uuid4(), opened=timezone.now())

    @classmethod
    def read(cls, text: str) -> Stamp | None:
        """Read what a form carried along; None for what we did not write."""
        try:
            key, opened = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return None
        return cls(key=uuid.UUID(key), opened=dt.datetime.fromtimestamp(opened, dt.UTC))

    def __str__(self) -> str:
        return signing.dumps([str(self.key), self.opened.timestamp()], salt=SALT)

    @property
    def is_too_young(self) -> bool:
        """Whether no hand fills a form in so fast."""
        return timezone.now() - self.opened < YOUNGEST

    @property
    def is_too_old(self) -> bool:
        """Whether the page may say what is no longer true."""
        return timezone.now() - self.opened > OLDEST
