"""The Django application of this domain."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "escale.apps.booking"
    label = "booking"
