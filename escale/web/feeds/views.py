"""The calendars themselves: whoever has the key of one reads it, without an account."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from escale.apps.messaging.models import FeedToken
from escale.web.feeds.calendars import CALENDAR_TYPE
from escale.web.feeds.reading import content_of

KEPT_SECONDS = 900


@require_safe
def show_calendar(request: HttpRequest, key: str) -> HttpResponseBase:
    """Answer with a calendar, or that it has not changed. A key that was revoked never existed."""
    token = FeedToken.objects.select_related("epci").filter(key=key, revoked_at__isnull=True).first()
    content = content_of(token) if token else None
    if content is None:
        raise Http404
    etag = quote_etag(hashlib.sha256(content.body).hexdigest()[:32])
    response = HttpResponse(content.body, content_type=CALENDAR_TYPE)
    response.headers["ETag"] = etag
    if content.changed_at:
        response.headers["Last-Modified"] = http_date(content.changed_at.timestamp())
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    # The tag alone decides: the hours of a half-day may change while no visit does.
    return get_conditional_response(request, etag=etag, response=response) or response
