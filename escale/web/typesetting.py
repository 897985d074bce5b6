"""Pages as French prints them: sentences are written with ordinary spaces, those that must not break are set on the way out."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from escale.core.documents.typography import typeset

Handler = Callable[[HttpRequest], HttpResponseBase]

MARK = "\ue000"
"""What stands for a tag while its page is typeset: a sign of private use."""
_WHOLE = "|".join(rf"<{name}\b.*?</{name}\s*>" for name in ("script", "style", "textarea", "pre", "code"))
NOT_PROSE = re.compile(rf"({_WHOLE}|<!--.*?-->|<[^>]*>|{MARK})", re.DOTALL)
"""Tags, and what a program reads or someone typed: it stays as it is."""


def typeset_pages(answer: Handler) -> Handler:
    """Set the no-break spaces of every page, and of every part of one."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        typeset_answer(response)
        return response

    return handle


def typeset_answer(response: HttpResponseBase) -> None:
    """Set the no-break spaces of an answer that is a page; a file, what streams and what is compressed goes by untouched."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and "Content-Encoding" not in response.headers
    if is_page and isinstance(response, HttpResponse):
        response.content = typeset_page(response.content.decode(response.charset))


def typeset_page(page: str) -> str:
    """Return a page with the no-break spaces of its text, also where a tag parts a word from its sign; attributes keep theirs."""
    pieces = NOT_PROSE.split(page)
    pieces[::2] = typeset(MARK.join(pieces[::2])).split(MARK)
    return "".join(pieces)
