"""The addresses of the desk, the same in each journey; where a journey leads to several communes, under the code of one."""

from __future__ import annotations

from django.urls import URLPattern, path

from escale.web.desk import appointments, demandes, neighbours, sheets, slots, telling
from escale.web.desk.counter import View, at_the_desk
from escale.web.journeys import Journey

PAGES: tuple[tuple[str, View, str], ...] = (
    ("rendez-vous/", slots.show_visits, "visits"),
    ("rendez-vous/passage/<int:visit>/", slots.book, "book"),
    ("rendez-vous/passage/<int:visit>/feuille/", sheets.show_sheet, "sheet"),
    ("rendez-vous/passage/<int:visit>/feuille.pdf", sheets.print_sheet, "sheet_pdf"),
    ("rendez-vous/voisines/", neighbours.show_neighbours, "neighbours"),
    ("rendez-vous/a-prevenir/", telling.list_people, "telling"),
    ("rendez-vous/a-prevenir/<int:pk>/", telling.tick, "tick"),
    ("rendez-vous/<uuid:uid>/", appointments.show_appointment, "appointment"),
    ("rendez-vous/<uuid:uid>/rappel.pdf", appointments.print_slip, "slip"),
    ("rendez-vous/<uuid:uid>/corriger/", appointments.correct, "correct"),
    ("rendez-vous/<uuid:uid>/annuler/", appointments.cancel, "cancel"),
    ("demandes/", demandes.list_demandes, "demandes"),
    ("demandes/nouvelle/", demandes.leave, "leave"),
    ("demandes/propositions/<int:offer>/<slug:answer>/", demandes.answer_offer, "answer_offer"),
    ("demandes/<uuid:uid>/", demandes.show_demande, "demande"),
    ("demandes/<uuid:uid>/corriger/", demandes.correct, "correct_demande"),
    ("demandes/<uuid:uid>/decliner/", demandes.decline, "decline_demande"),
    ("demandes/<uuid:uid>/inscrire/", demandes.place, "place"),
    ("demandes/<uuid:uid>/clore/<slug:step>/", demandes.close, "close"),
)


def desk_urls(journey: Journey) -> list[URLPattern]:
    """Return the addresses of the desk in a journey; their names begin with « desk_ »."""
    where = "" if journey is Journey.COMMUNE else "accueil/<str:code>/"
    return [path(f"{where}{route}", at_the_desk(journey, view), name=f"desk_{name}") for route, view, name in PAGES]
