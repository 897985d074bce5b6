"""Who waits for a slot: note a request, propose what there is in the order of the list, close it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.booking.actions import (
    accept_offer,
    book_at_office,
    book_demande,
    close_demande_unmet,
    confirm_demande,
    correct_demande,
    decline_demande,
    decline_offer,
    leave_demande,
    meet_demande,
    withdraw_demande,
)
from escale.apps.booking.kinds import Channel, Outcome
from escale.apps.booking.labels import AGENTS, CHANNELS, DEMANDE_STATES, OUTCOMES
from escale.apps.booking.models import Appointment, Demande, Offer
from escale.apps.booking.queries import unmet_count
from escale.apps.team.models import Post
from escale.apps.territory.catalogue import OFFICE_ADDRESS
from escale.apps.territory.queries import value_of
from escale.apps.visits.models import Visit
from escale.core.booking.motives import ALWAYS
from escale.core.booking.states import DemandeState
from escale.web.desk.counter import Counter, shown
from escale.web.desk.forms import DeclineForm, DemandeForm, WaitingForm
from escale.web.desk.proposing import nearby_choices, office_choices, own_choices, proposals_in_order
from escale.web.desk.reading import asked_list, named_among, waiting_lines, waiting_list
from escale.web.forms import accepted, performed

STEPS: dict[str, tuple[Callable[..., object], dict[str, object], str]] = {
    "confirmee": (confirm_demande, {}, "La demande est confirmée : la personne a sa place, au jour où elle a demandé."),
    "rappelee": (meet_demande, {"outcome": Outcome.CALL_BACK}, "C’est noté : la personne a été rappelée."),
    "recue": (meet_demande, {"outcome": Outcome.WALK_IN}, "C’est noté : la personne a été reçue sans rendez-vous."),
    "retiree": (withdraw_demande, {}, "La demande est retirée."),
    "sans-solution": (close_demande_unmet, {}, "La demande est close sans solution ; elle est comptée."),
}
"""What answers a request without a slot, by the name in its address."""


@require_safe
def list_demandes(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Show what came from the site and waits for an answer, then who waits, with the first thing to propose to each."""
    waiting = [(one, next(iter(proposals_in_order(one.proposals)), None)) for one in waiting_list(counter)]
    unmet = unmet_count(counter.epci, counter.commune)
    return shown(request, counter, "demandes", asked=asked_list(counter), waiting=waiting, unmet=unmet)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Note a request for which there is no slot."""
    form = DemandeForm(request.POST or None, epci=counter.epci)
    if accepted(form, lambda: _leave(counter, form)):
        messages.success(request, "La demande est notée ; la personne a sa place dans la liste.")
        return redirect(counter.url("demande", uid=form.cleaned_data["key"]))
    return shown(request, counter, "leave", form=form, always=ALWAYS)


@require_safe
def show_demande(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Show someone who waits, and everything that can be proposed."""
    row = _demande(counter, uid)
    (one,) = waiting_lines(counter, [row])
    count = row.slot_count
    seen = {
        "one": one,
        "row": row,
        "waits": row.state == DemandeState.WAITING,
        "state": DEMANDE_STATES[DemandeState(row.state)],
        "outcome": OUTCOMES[Outcome(row.outcome)] if row.outcome else "",
        "channel": CHANNELS[Channel(row.channel)],
        "agents": AGENTS,
        "own": own_choices(one.proposals, count),
        "office": office_choices(one.proposals, count),
        "nearby": nearby_choices(one.proposals),
        "office_address": value_of(counter.epci, OFFICE_ADDRESS),
    }
    return shown(request, counter, "demande", **seen)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Change what is written of someone who waits."""
    row = _demande(counter, uid)
    if not named_among(counter.visitor.user, [row]):
        raise Http404
    form = WaitingForm(request.POST or None, epci=counter.epci, row=row)
    if accepted(form, lambda: _correct(counter, row, form)):
        messages.success(request, "C’est corrigé.")
        return redirect(counter.url("demande", uid=uid))
    back, more = counter.url("demande", uid=uid), [form[name] for name in ("two", "accepts_neighbour", "residence")]
    return shown(request, counter, "correct", form=form, more=more, title="Corriger la demande", back=back)


@require_POST
def close(request: HttpRequest, counter: Counter, uid: uuid.UUID, step: str) -> HttpResponse:
    """Answer a request: confirmed, called back, received without an appointment, withdrawn, or without an answer."""
    if step not in STEPS:
        raise Http404
    action, options, done = STEPS[step]
    row = _demande(counter, uid)
    if performed(request, lambda: action(actor=counter.visitor.user, demande=row, **options)):
        messages.success(request, done)
        return redirect(counter.url("demande", uid=uid) if step == "confirmee" else counter.url("demandes"))
    return redirect(counter.url("demande", uid=uid))


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Ask what is answered to someone whose request from the site is not followed up."""
    row = _demande(counter, uid)
    form = DeclineForm(request.POST or None)
    if accepted(form, lambda: decline_demande(actor=counter.visitor.user, demande=row, **form.cleaned_data)):
        messages.success(request, "C’est noté. La personne ne le lit pas ici : dites-le-lui, si ce n’est pas fait.")
        return redirect(counter.url("demande", uid=uid))
    (one,) = waiting_lines(counter, [row])
    return shown(request, counter, "decline", form=form, row=row, one=one)


@require_POST
def place(request: HttpRequest, counter: Counter, uid: uuid.UUID) -> HttpResponse:
    """Give someone who waits a slot of a visit, or of an afternoon at the office."""
    row = _demande(counter, uid)
    booked: list[Appointment] = []
    kind, *parts = request.POST.get("place", "").split(":")
    if performed(request, lambda: booked.append(_place(counter, row, kind, parts))):
        return redirect(counter.url("appointment", uid=booked[0].uid) + "?nouveau=1")
    return redirect(counter.url("demande", uid=uid))


@require_POST
def answer_offer(request: HttpRequest, counter: Counter, offer: int, answer: str) -> HttpResponse:
    """Say what the person answered to a freed slot: nothing is booked before."""
    demandes = Demande.objects.visible_to(counter.visitor.user).filter(commune=counter.commune)
    row = get_object_or_404(Offer, pk=offer, demande__in=demandes.values("pk"))
    actor, booked = counter.visitor.user, list[Appointment]()
    if answer == "oui" and performed(request, lambda: booked.append(accept_offer(actor=actor, offer=row))):
        return redirect(counter.url("appointment", uid=booked[0].uid) + "?nouveau=1")
    if answer == "non" and performed(request, lambda: decline_offer(actor=actor, offer=row)):
        messages.success(request, "C’est noté : la personne garde sa place dans la liste, le créneau est proposé à la suivante.")
    return redirect(counter.url("demandes"))


def _demande(counter: Counter, uid: uuid.UUID) -> Demande:
    rows = Demande.objects.visible_to(counter.visitor.user).filter(commune=counter.commune)
    return get_object_or_404(rows.select_related("epci", "commune", "residence"), uid=uid)


def _leave(counter: Counter, form: DemandeForm) -> None:
    leave_demande(
        actor=counter.visitor.user,
        commune=counter.commune,
        person=form.person,
        count=form.count,
        accepts_neighbour=form.cleaned_data["accepts_neighbour"],
        asked_at=form.asked,
        key=form.cleaned_data["key"],
    )


def _correct(counter: Counter, row: Demande, form: WaitingForm) -> None:
    correct_demande(
        actor=counter.visitor.user,
        demande=row,
        person=form.person,
        count=form.count,
        accepts_neighbour=form.cleaned_data["accepts_neighbour"],
    )


def _place(counter: Counter, row: Demande, kind: str, parts: Sequence[str]) -> Appointment:
    """Book « passage:12:2 » or « bureau:3:2027-01-12:4 », as a button of the page says it; anything else is not there (404)."""
    actor = counter.visitor.user
    match kind, parts:
        case "passage", [key, half_day, slot] if key.isdecimal() and slot.isdecimal():
            read_on, _, half = half_day.partition(" ")
            visit = get_object_or_404(Visit.objects.select_related("epci", "commune"), pk=int(key[:18]), epci=counter.epci)
            visit.date, visit.half = _day(read_on), half
            return book_demande(actor=actor, demande=row, visit=visit, slot=int(slot[:4]))
        case "bureau", [key, date, slot] if key.isdecimal() and slot.isdecimal():
            post = get_object_or_404(Post.objects.select_related("epci"), pk=int(key[:18]), epci=counter.epci)
            number, count = int(slot[:4]), row.slot_count
            return book_at_office(
                actor=actor, commune=counter.commune, post=post, date=_day(date), slot=number, who=row, count=count
            )
    raise Http404


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
