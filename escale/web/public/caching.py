"""How public pages and files are answered: the same for everyone, kept by browsers and for a moment by this process.

An answer is a function of its address alone. It holds as long as nothing was done in the installation: every action leaves a
line in the audit log, so that the last line is the version of all that can be read.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from escale.apps.audit.models import Entry
from escale.web.typesetting import typeset_answer

View = Callable[..., HttpResponseBase]

BROWSERS_KEEP = 300
"""Seconds for which a browser does not ask again."""
LONGEST = 200_000
"""Compressed bytes of an answer that are still worth the memory of a process."""


def public_answer(view: View) -> View:
    """Answer everyone alike: no cookie is read nor set, no session is opened, no message is shown to one person.

    For pages and files that only read; a page with a form to send cannot be answered so, and raises ImproperlyConfigured.
    What a process keeps is given up with the next line of the audit log, and after `PAGES_KEPT` seconds in any case.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _forget_who_asks(request)
        key = _key(request) if settings.PAGES_KEPT else ""
        if kept := _kept(request, key):
            return get_conditional_response(request, etag=kept.headers["ETag"], response=kept) or kept
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse) or response.status_code != HTTPStatus.OK:
            return response
        typeset_answer(response)
        _tag(request, response)
        _keep(key, response)
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response

    return answer


def open_answer(view: View) -> View:
    """Let any page of any site read the answer, whatever it is: also that nothing has changed since."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def _forget_who_asks(request: HttpRequest) -> None:
    request.COOKIES, request.user = {}, AnonymousUser()
    # The middleware of sessions leaves a request without one alone; whatever reads one here fails, and is seen to fail.
    if hasattr(request, "session"):
        del request.session


def _tag(request: HttpRequest, response: HttpResponse) -> None:
    """Say how long an answer may be kept, and name its very words."""
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        raise ImproperlyConfigured(f"{request.path} holds a form to send: it cannot be answered to everyone alike")
    if "ETag" not in response.headers:
        response.headers["Cache-Control"] = f"public, max-age={BROWSERS_KEEP}"
        response.headers["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])


def _key(request: HttpRequest) -> str:
    version = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return hashlib.sha256(f"{version} {request.get_full_path()}".encode()).hexdigest()


def _kept(request: HttpRequest, key: str) -> HttpResponse | None:
    """Return what is kept, as it lies there when the browser reads gzip: nothing in it is secret, nothing hides its length."""
    found = caches["pages"].get(key) if key else None
    if found is None:
        return None
    body, headers = found
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(body), headers=headers)
    response = HttpResponse(body, headers={**headers, "Content-Encoding": "gzip", "ETag": f"W/{headers['ETag']}"})
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _keep(key: str, response: HttpResponse) -> None:
    body = gzip.compress(response.content, mtime=0) if key else b""
    if 0 < len(body) <= LONGEST:
        # Two transactions may end in the other order than their lines: the time limit bounds what that can hide.
        caches["pages"].add(key, (body, dict(response.headers)), settings.PAGES_KEPT)
