"""The Django application of this domain."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "escale.apps.accounts"
    label = "accounts"
