"""The sheet to take home: what we did, what to do again, the next date. Written from choices; it names nobody and is not kept."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from escale.apps.activity.labels import PROCEDURES, THEMES
from escale.apps.documents.rendering import Layout
from escale.apps.territory import clock
from escale.apps.territory.queries import mairie_of
from escale.apps.visits.models import Visit
from escale.core.activity.vocabulary import Procedure, Theme
from escale.core.calendar.french import weekday_date_words
from escale.core.documents.tree import Block, Bullets, Document, Role, Section, line, paragraph, strong
from escale.web.field.mine import field_page, stop_of
from escale.web.field.record_forms import OFTEN, some_of
from escale.web.journeys import Visitor
from escale.web.stops import Stop, stops_of
from escale.web.takeaway.responses import pdf_response

AGAIN = {
    "mots-de-passe": "Taper vos mots de passe vous-même, sans les donner à personne.",
    "courriels": "Ouvrir vos courriels, et y répondre.",
    "piece": "Envoyer la pièce qui manque.",
    "compte": "Vous connecter à votre compte, une fois par semaine.",
    "photo": "Prendre un papier en photo, et l’enregistrer.",
    "mise-a-jour": "Accepter les mises à jour de l’appareil.",
    "adresse": "Regarder l’adresse du site avant de payer ou d’écrire.",
    "appeler": "Appeler l’organisme si rien n’arrive d’ici 15 jours.",
    "attendre": "Attendre la réponse : il n’y a rien d’autre à faire.",
}
"""What people do again at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on the sheet."""

    done: tuple[str, ...]
    again: tuple[str, ...]
    next_stop: Stop | None
    phone: str


class SheetForm(forms.Form):
    """Choices alone: there is no room for a name or a word."""

    themes = some_of("Ce que nous avons fait", THEMES, OFTEN)
    procedures = some_of("Quelle démarche", PROCEDURES)
    again = some_of("À refaire à la maison", AGAIN)

    def sheet(self, next_stop: Stop | None, phone: str) -> Sheet:
        """Return what was chosen, in words."""
        chosen = self.cleaned_data
        done = [THEMES[Theme(value)] for value in chosen["themes"]] + [
            PROCEDURES[Procedure(value)] for value in chosen["procedures"]
        ]
        return Sheet(done=tuple(done), again=tuple(AGAIN[value] for value in chosen["again"]), next_stop=next_stop, phone=phone)


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def take_home(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Ask what stands on the sheet, then show it in large type, or give it as a PDF."""
    stop = stop_of(visitor, uid)
    form = SheetForm(request.POST or None)
    if request.method == "POST" and not any(request.POST.getlist(name) for name in form.fields):
        messages.error(request, "Choisir au moins une chose à écrire sur la feuille.")
    elif form.is_valid():
        mairie = mairie_of(stop.commune)
        sheet = form.sheet(_next(visitor, stop), mairie.phone if mairie else "")
        if request.POST.get("format") == "pdf":
            return pdf_response(_document(visitor, stop, sheet), Layout.SLIP, "ce-que-nous-avons-fait")
        return render(request, "field/take_home_sheet.html", {"visitor": visitor, "stop": stop, "sheet": sheet, "form": form})
    return render(request, "field/take_home.html", {"visitor": visitor, "stop": stop, "form": form})


def _next(visitor: Visitor, stop: Stop) -> Stop | None:
    after = max(stop.date, clock.today(visitor.epci)) + dt.timedelta(days=1)
    rows = Visit.objects.visible_to(visitor.user).filter(commune=stop.commune, epci=visitor.epci).standing().from_day(after)
    return next(iter(stops_of(rows[:1])), None)


def _document(visitor: Visitor, stop: Stop, sheet: Sheet) -> Document:
    blocks: list[Block] = []
    for key, title, words in (
        ("fait", "Ce que nous avons fait", sheet.done),
        ("refaire", "À refaire à la maison", sheet.again),
    ):
        if words:
            blocks.append(Section(id=key, title=title, blocks=(Bullets(items=tuple(line(one) for one in words)),)))
    if sheet.next_stop is not None:
        when = f"{weekday_date_words(sheet.next_stop.date)}, {sheet.next_stop.hours.words}"
        where = (
            f"{sheet.next_stop.place_words}, {sheet.next_stop.commune}" if sheet.next_stop.place else str(sheet.next_stop.commune)
        )
        blocks.append(Section(id="date", title="La prochaine fois", blocks=(paragraph(when, role=Role.LEAD), paragraph(where))))
    if sheet.phone:
        blocks.append(paragraph(f"Une question ? La mairie {stop.commune.place_name.de} : ", strong(sheet.phone)))
    return Document(
        title="Votre aide numérique", issuer=visitor.epci.service_name, date=clock.today(visitor.epci), blocks=tuple(blocks)
    )
