"""The addresses of communication, in each journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from escale.web.communication import coordination, field, mairie, service
from escale.web.journeys import Journey


def communication_urls(journey: Journey) -> list[URLPattern]:
    """Return the addresses of communication in a journey."""
    if journey is Journey.COMMUNE:
        return [
            path("communication/", mairie.show_kit, name="communication"),
            path("communication/code.svg", mairie.send_code, name="communication_code"),
            path("communication/<int:pk>/", mairie.correct, name="correct_communication"),
            path("communication/<int:pk>/retirer/", mairie.withdraw, name="withdraw_communication"),
            path("communication/<int:pk>/preuve/", mairie.send_proof, name="communication_proof"),
        ]
    if journey is Journey.FIELD:
        return [path("communication/", field.note, name="communication")]
    return [
        path("communication/", service.show_service, name="communication"),
        path("communication/<int:pk>/", service.correct, name="correct_communication"),
        path("communication/<int:pk>/retirer/", service.withdraw, name="withdraw_communication"),
        path("communication/<int:pk>/preuve/", service.send_proof, name="communication_proof"),
        path("communication/coordination/", coordination.show_coordination, name="coordination"),
        path("communication/coordination/<int:pk>/", coordination.correct, name="correct_coordination"),
        path("communication/coordination/<int:pk>/retirer/", coordination.withdraw, name="withdraw_coordination"),
        path("communication/coordination/<int:pk>/preuve/", coordination.send_proof, name="coordination_proof"),
    ]
