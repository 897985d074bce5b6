"""« Hors cadre »: why a request is not for this service, who else helps, and a slip in large type that says where to go."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.activity.actions import tally
from escale.apps.activity.labels import BOUNDS
from escale.apps.documents.rendering import Layout
from escale.apps.territory import clock
from escale.apps.territory.models import Epci, Relay
from escale.apps.territory.queries import NearRelay, relays_near
from escale.core.activity.vocabulary import Bound, TallyKind
from escale.core.documents.tree import Block, Document, Section, line, paragraph, strong
from escale.core.documents.tree import Paragraph as TreeParagraph
from escale.web.field.mine import field_page, stop_of
from escale.web.forms import accepted
from escale.web.journeys import Visitor
from escale.web.takeaway.responses import pdf_response


class BoundForm(forms.Form):
    """Why; counted apart from the people who were helped."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    reason = forms.ChoiceField(
        label="Pourquoi ?",
        choices=[(str(value), words) for value, words in BOUNDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir pourquoi la demande est hors cadre."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@field_page
def out_of_bounds(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Count someone whose request is not for this service, then show where they can go."""
    stop = stop_of(visitor, uid)
    form = BoundForm(request.POST or None)

    def count() -> None:
        reason = Bound(form.cleaned_data["reason"])
        told = {"kind": TallyKind.OUT_OF_BOUNDS, "key": form.cleaned_data["key"], "reason": reason}
        tally(actor=visitor.user, visit=stop.visit, **told)

    if accepted(form, count):
        messages.success(request, "C’est compté. Voici qui peut aider.")
        return redirect("field:orientation", uid=uid)
    return render(request, "field/out_of_bounds.html", {"visitor": visitor, "stop": stop, "form": form})


@require_safe
@field_page
def orientation(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Show the relays near a half-day in large type, to be read together or printed; « relais » keeps those that are named."""
    stop = stop_of(visitor, uid)
    relays = _chosen(request, relays_near(stop.commune))
    names = "&".join(f"relais={near.relay.pk}" for near in relays)
    pdf = f"{reverse('field:orientation_pdf', kwargs={'uid': uid})}?{names}"
    seen = {"stop": stop, "relays": relays, "all": relays_near(stop.commune), "pdf": pdf}
    return render(request, "field/orientation.html", {"visitor": visitor, **seen})


@require_safe
@field_page
def orientation_pdf(request: HttpRequest, visitor: Visitor, uid: uuid.UUID) -> HttpResponse:
    """Give the same as a PDF; nothing of it is kept."""
    stop = stop_of(visitor, uid)
    return pdf_response(_slip(visitor.epci, _chosen(request, relays_near(stop.commune))), Layout.SLIP, "ou-aller")


def _chosen(request: HttpRequest, relays: Sequence[NearRelay]) -> list[NearRelay]:
    wanted = set(request.GET.getlist("relais"))
    return [near for near in relays if str(near.relay.pk) in wanted] or list(relays)


def _slip(epci: Epci, relays: Sequence[NearRelay]) -> Document:
    blocks: tuple[Block, ...] = tuple(_relay(near.relay) for near in relays)
    nobody = (paragraph("Demandez à la mairie : elle vous dira qui peut vous aider."),)
    return Document(title="Qui peut vous aider", issuer=epci.service_name, date=clock.today(epci), blocks=blocks or nobody)


def _relay(relay: Relay) -> Section:
    lines: list[TreeParagraph] = []
    where = ", ".join(part for part in (relay.address, str(relay.commune)) if part)
    lines.append(TreeParagraph(line=line(where)))
    if relay.phone:
        lines.append(paragraph("Téléphone : ", strong(relay.phone)))
    lines += [paragraph(words) for words in (relay.hours, relay.helps_with) if words]
    return Section(id=f"relais-{relay.pk}", title=relay.name, blocks=tuple(lines))
