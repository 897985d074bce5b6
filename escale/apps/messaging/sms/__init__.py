"""Text messages: one small interface, a provider that writes files, another one that asks a service over HTTP."""

from __future__ import annotations

from django.conf import settings

from escale.apps.messaging.sms.file import FileProvider
from escale.apps.messaging.sms.http import HttpProvider
from escale.apps.messaging.sms.provider import Provider, ProviderError

__all__ = ["Provider", "ProviderError", "provider"]


def provider() -> Provider:
    """Return the provider of this installation: the service of ESCALE_SMS_URL, or files when there is none."""
    return HttpProvider(service=settings.SMS_SERVICE) if settings.SMS_SERVICE else FileProvider(folder=settings.SMS_FOLDER)
