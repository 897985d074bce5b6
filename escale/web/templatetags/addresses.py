"""The address of a page, as a sheet of paper tells it."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def typed_address(context: Context) -> str:
    """Return what one types to find this page again: « aide.exemple.fr/communes/oisy »."""
    host = settings.ADDRESS.partition("://")[2].rstrip("/")
    return f"{host}{context['request'].path}".rstrip("/")
