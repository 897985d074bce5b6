"""Put what an action refuses beside the fields of the form that asked for it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest


def accepted(form: forms.Form, action: Callable[[], object]) -> bool:
    """Run an action when the form is well written; return whether it was done, with its refusals in the form."""
    if not form.is_valid():
        return False
    try:
        action()
    except ValidationError as refusal:
        _show(form, refusal)
        return False
    return True


def _show(form: forms.Form, refusal: ValidationError) -> None:
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.error_list}
    for name, found in errors.items():
        # What concerns no field of this form is told above it.
        form.add_error(name if name in form.fields else None, found)


def performed(request: HttpRequest, action: Callable[[], object]) -> bool:
    """Run an action that no form asks for; return whether it was done, with its refusals told at the top of the next page."""
    try:
        action()
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
        return False
    return True
