"""The addresses of the workshops: what every journey shows, and what only those who lead them have."""

from __future__ import annotations

from django.urls import URLPattern, path

from escale.web.journeys import Journey
from escale.web.workshops import closing, lists, people, preparing, printing, support
from escale.web.workshops.table import View, at_the_table

ONE = "ateliers/<uuid:uid>/"
SOMEONE = f"{ONE}inscriptions/<uuid:person>/"
PAGES: tuple[tuple[str, View, str], ...] = (
    ("ateliers/", lists.list_workshops, "workshops"),
    (ONE, lists.show_workshop, "workshop"),
    (f"{ONE}inscrire/", people.register, "workshop_register"),
    (SOMEONE, people.show_person, "workshop_person"),
    (f"{SOMEONE}retirer/", people.withdraw, "workshop_withdraw"),
    (f"{SOMEONE}prevenu/", people.tell, "workshop_told"),
    (f"{SOMEONE}rappel.pdf", printing.print_slip, "workshop_slip"),
    (f"{SOMEONE}attestation.pdf", printing.print_certificate, "workshop_certificate"),
)
LEADING: tuple[tuple[str, View, str], ...] = (
    ("ateliers/nouveau/", preparing.prepare, "workshop_new"),
    (f"{ONE}modifier/", preparing.edit, "workshop_edit"),
    (f"{ONE}ouvrir/", preparing.open_it, "workshop_open"),
    (f"{ONE}annuler/", preparing.cancel, "workshop_cancel"),
    (f"{ONE}presence/", closing.close, "workshop_close"),
    (f"{ONE}emargement.pdf", printing.print_sheet, "workshop_sheet"),
)

IN_THE_FIELD: tuple[tuple[str, View, str], ...] = (("ateliers/appui/", support.note_support, "support_commune"),)
"""Records are written by mediators alone."""


def workshop_urls(journey: Journey) -> list[URLPattern]:
    """Return the addresses of the workshops in a journey."""
    where = "service/" if journey is Journey.STEERING else ""
    pages = PAGES if journey is Journey.COMMUNE else (*LEADING, *PAGES)
    if journey is Journey.FIELD:
        pages = (*IN_THE_FIELD, *pages)
    return [path(f"{where}{route}", at_the_table(journey, view), name=name) for route, view, name in pages]
