"""Answers that Django leaves blank, made into pages that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

Handler = Callable[[HttpRequest], HttpResponseBase]


def tell_what_cannot_be_opened(answer: Handler) -> Handler:
    """Show a page where someone opens the address of a button: whoever logs in again is led to the last address asked for."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    return handle
