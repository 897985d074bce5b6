"""The addresses of the pages of trouble, the same in each journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from escale.web.journeys import Journey
from escale.web.trouble import done, pages
from escale.web.trouble.situation import View, in_trouble

PAGES: tuple[tuple[str, View, str], ...] = (
    ("imprevu/", pages.choose_visit, "trouble_list"),
    ("imprevu/<int:pk>/", pages.show_ways, "trouble"),
    ("imprevu/<int:pk>/collegue/", pages.hand_over, "trouble_hand_over"),
    ("imprevu/<int:pk>/salle/", pages.change_place, "trouble_room"),
    ("imprevu/<int:pk>/annuler/", pages.cancel, "trouble_cancel"),
    ("imprevu/<int:pk>/fait/", done.show_result, "trouble_done"),
    ("imprevu/<int:pk>/prevenu/<int:telling>/", done.tick, "trouble_tick"),
    ("imprevu/<int:pk>/affichette.pdf", done.door_notice, "trouble_notice"),
)


def trouble_urls(journey: Journey) -> list[URLPattern]:
    """Return the addresses of these pages in a journey; their names begin with « trouble »."""
    where = "service/" if journey is Journey.STEERING else ""
    return [path(f"{where}{route}", in_trouble(journey, view), name=name) for route, view, name in PAGES]
