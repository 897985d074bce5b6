"""The Django application of this domain."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "escale.apps.documents"
    label = "documents"
