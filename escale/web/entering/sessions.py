"""How long a front desk stays in: until the browser closes, and never more than a working day on a shared computer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

UNTIL = "desk_until"
"""The key of the session that holds the moment, in seconds, at which the desk is out."""
LONGEST = 10 * 3600

Handler = Callable[[HttpRequest], HttpResponseBase]


def limit_session(request: HttpRequest) -> None:
    """Say when this session is over, whatever is done in it: the age of a cookie alone begins again with each change."""
    request.session.set_expiry(0)
    request.session[UNTIL] = int(timezone.now().timestamp()) + LONGEST


def end_what_is_over(answer: Handler) -> Handler:
    """Log out a desk whose time is over."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            until = request.session.get(UNTIL)
            if until is not None and until <= timezone.now().timestamp():
                logout(request)
        return answer(request)

    return handle
