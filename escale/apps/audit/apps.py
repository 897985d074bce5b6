"""The Django application of this domain."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "escale.apps.audit"
    label = "audit"
