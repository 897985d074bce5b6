"""The Django application of this domain."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "escale.apps.evaluation"
    label = "evaluation"
