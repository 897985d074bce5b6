"""A meeting of the committee: planned, prepared, convened, held or cancelled, and its minutes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.committee.actions import (
    cancel_meeting,
    convene,
    hold_meeting,
    plan_meeting,
    prepare_meeting,
    renew_invitation,
    revoke_invitation,
)
from escale.apps.committee.actions.convening import Convened
from escale.apps.committee.labels import FATES, PRESENCES, STATES
from escale.apps.committee.minutes import minutes_of
from escale.apps.committee.models import Fate, Invitation, Meeting, MeetingState, Member, Presence
from escale.apps.committee.queries import communes_without_member, proposed_agenda
from escale.apps.documents.rendering import PDF_TYPE, Layout, to_pdf
from escale.apps.territory import clock
from escale.core.calendar.french import date_words
from escale.web.attachments import attached
from escale.web.forms import accepted, performed
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.committee.asking import Asked, ask
from escale.web.steering.committee.forms import CancelForm, HeldForm, MeetingForm, PapersForm


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def add_meeting(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Plan a meeting."""
    require(visitor.user, "committee.manage", visitor.epci)
    form = MeetingForm(request.POST or None)
    made: list[Meeting] = []
    if accepted(form, lambda: made.append(plan_meeting(actor=visitor.user, epci=visitor.epci, **form.cleaned_data))):
        return redirect("steering:committee_meeting", made[0].pk)
    asked = Asked(question="Quand le comité se réunit-il ?", button="Prévoir cette réunion", back=reverse("steering:committee"))
    return ask(request, visitor, form, asked)


@require_safe
@enter(Journey.STEERING)
def show_meeting(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Show a meeting: its papers, who is invited, what remains to be done."""
    row = _meeting(visitor, pk, "committee.see")
    today = clock.today(visitor.epci)
    people = row.invitations.select_related("member__commune", "member__epci")
    invited = {one.member_id for one in people}
    members = Member.objects.filter(epci=visitor.epci).sitting_on(row.date).select_related("commune", "epci")
    seen = {
        "visitor": visitor,
        "meeting": row,
        "words": STATES[MeetingState(row.state)],
        "people": [(one, PRESENCES[Presence(one.presence)]) for one in people],
        "waiting": [member for member in members if member.pk not in invited] if row.is_planned else [],
        "missing": communes_without_member(visitor.epci, row.date) if row.is_planned else [],
        "proposals": [(one, FATES[Fate(one.fate)]) for one in row.proposals.prefetch_related("communes").order_by("number")],
        "may_be_told": row.state != MeetingState.CANCELLED and row.date <= today,
        "may_be_convened": row.is_planned and row.date >= today,
        "manages": visitor.holds("committee.manage"),
    }
    return render(request, "steering/committee/meeting.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def prepare(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Write the papers; an agenda drawn from the data is proposed first."""
    row = _meeting(visitor, pk)
    known = {"agenda": row.agenda, "decisions": row.decisions, "costs": row.costs}
    if request.method != "POST" and not row.agenda:
        known["agenda"] = proposed_agenda(visitor.epci, clock.today(visitor.epci))
    form = PapersForm(request.POST or None, initial=known)
    if accepted(form, lambda: prepare_meeting(actor=visitor.user, meeting=row, **form.cleaned_data)):
        messages.success(request, "Le dossier est à jour.")
        return redirect("steering:committee_meeting", row.pk)
    return ask(request, visitor, form, _asked(row, "De quoi le comité parle-t-il ?", "Enregistrer le dossier"))


@require_POST
@enter(Journey.STEERING)
def send_convening(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Write to the members who were not written to yet."""
    row = _meeting(visitor, pk)
    done: list[Convened] = []
    if performed(request, lambda: done.append(convene(actor=visitor.user, meeting=row))):
        sent = done[0].sent
        many = "s" if sent > 1 else ""
        told = f"{sent} convocation{many} envoyée{many}." if sent else "Chaque membre avait déjà reçu sa convocation."
        messages.success(request, told)
    return redirect("steering:committee_meeting", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def cancel(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Cancel a meeting, with its reason."""
    row = _meeting(visitor, pk)
    form = CancelForm(request.POST or None)
    if accepted(form, lambda: cancel_meeting(actor=visitor.user, meeting=row, reason=form.cleaned_data["reason"])):
        messages.success(request, "La réunion est annulée : elle ne compte plus dans l’année.")
        return redirect("steering:committee_meeting", row.pk)
    return ask(request, visitor, form, _asked(row, "Pourquoi annuler cette réunion ?", "Annuler la réunion"))


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def tell(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Say who came and what was said."""
    row = _meeting(visitor, pk)
    people = list(row.invitations.select_related("member__commune", "member__epci"))
    form = HeldForm(request.POST or None, meeting=row, invitations=people)

    def keep() -> None:
        hold_meeting(actor=visitor.user, meeting=row, presences=form.presences, minutes=form.cleaned_data["minutes"])

    if accepted(form, keep):
        messages.success(request, "Le compte rendu est enregistré.")
        return redirect("steering:committee_meeting", row.pk)
    return ask(request, visitor, form, _asked(row, "Comment la réunion s’est-elle passée ?", "Enregistrer le compte rendu"))


@require_safe
@enter(Journey.STEERING)
def send_minutes(_request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give the minutes as PDF."""
    row = _meeting(visitor, pk, "committee.see")
    if not row.minutes:
        raise Http404
    content = to_pdf(minutes_of(row), Layout.MINUTES)
    return attached(content, name=f"comite-{row.date}-compte-rendu.pdf", media_type=PDF_TYPE)


@require_POST
@enter(Journey.STEERING)
def revoke(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Take the link of a member back."""
    require(visitor.user, "committee.manage", visitor.epci)
    row = get_object_or_404(Invitation.objects.filter(meeting__epci=visitor.epci).select_related("member"), pk=pk)
    revoke_invitation(actor=visitor.user, invitation=row)
    messages.success(request, f"Le lien de {row.member} ne s’ouvre plus.")
    return redirect("steering:committee_meeting", row.meeting_id)


@require_POST
@enter(Journey.STEERING)
def renew(request: HttpRequest, visitor: Visitor, pk: int) -> HttpResponse:
    """Give a member another link."""
    require(visitor.user, "committee.manage", visitor.epci)
    row = get_object_or_404(Invitation.objects.filter(meeting__epci=visitor.epci).select_related("member"), pk=pk)
    if performed(request, lambda: renew_invitation(actor=visitor.user, invitation=row)):
        messages.success(request, f"{row.member} reçoit un nouveau lien.")
    return redirect("steering:committee_meeting", row.meeting_id)


def _meeting(visitor: Visitor, pk: int, permission: str = "committee.manage") -> Meeting:
    require(visitor.user, permission, visitor.epci)
    return get_object_or_404(Meeting.objects.visible_to(visitor.user).filter(epci=visitor.epci).select_related("epci"), pk=pk)


def _asked(row: Meeting, question: str, button: str) -> Asked:
    back = reverse("steering:committee_meeting", args=[row.pk])
    return Asked(question=question, button=button, back=back, back_words=f"Comité du {date_words(row.date)}")
