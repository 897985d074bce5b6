"""The dates of a commune in a draft: its mairie says that they suit it, or what does not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from escale.apps.audit.actors import Actor
from escale.apps.schedule.actions.inquiring import open_link
from escale.apps.schedule.actions.remarking import closed_since, remark_dates
from escale.apps.schedule.contacts import contact_of
from escale.apps.schedule.links import LinkHolder
from escale.apps.schedule.models import PersonalLink, Plan, RemarkState
from escale.apps.schedule.queries import months_words
from escale.apps.schedule.review import dates_of, remark_of
from escale.apps.territory import clock
from escale.apps.territory.models import Commune


class RemarkForm(forms.Form):
    """What a mairie says of its dates, in its own words."""

    text = forms.CharField(
        label="Ce qui ne va pas",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Par exemple : « le 14 avril, la salle est prise », « plutôt le matin ».",
        error_messages={"max_length": "Ce texte est trop long ; le raccourcir à 2 000 signes."},
    )


def review_by_link(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    """Show its dates to whoever holds the link of a commune, and take what is said of them."""
    plan = link.plan
    assert plan is not None  # noqa: S101 -- held by a constraint
    if request.method == "GET":
        open_link(link=link)
    holder = LinkHolder(link=link, day=clock.today(link.epci))
    seen = {"link": link, "epci": link.epci}
    return review_dates(request, actor=holder, plan=plan, commune=link.commune, template="links/dates.html", seen=seen)


def review_dates(
    request: HttpRequest, *, actor: Actor, plan: Plan, commune: Commune, template: str, seen: dict[str, Any]
) -> HttpResponse:
    """Show a commune its dates in a plan to an actor who may remark upon them, and take what is said; any journey may."""
    form = RemarkForm(request.POST if request.method == "POST" else None)
    closed = closed_since(plan)
    if request.method == "POST" and form.is_valid() and _keep(request, actor, plan, commune, form):
        return redirect(request.path)
    remark = remark_of(plan, commune)
    if remark is not None and not form.is_bound:
        form = RemarkForm(initial={"text": remark.text})
    shown = {
        "plan": plan,
        "commune": commune,
        "dates": dates_of(plan, commune),
        "tour": months_words(plan.months),
        "remark": remark,
        "answered": remark is not None and remark.state != RemarkState.OPEN,
        "followed": remark is not None and remark.state == RemarkState.FOLLOWED,
        "closed": closed,
        "form": form,
        "contact": contact_of(plan.epci),
    }
    return render(request, template, shown | seen, status=409 if closed and request.method == "POST" else 200)


def _keep(request: HttpRequest, actor: Actor, plan: Plan, commune: Commune, form: RemarkForm) -> bool:
    if closed_since(plan) is not None:
        return False
    try:
        remark_dates(
            actor=actor,
            plan=plan,
            commune=commune,
            agrees="agrees" in request.POST,
            text=form.cleaned_data["text"],
            seen=request.POST.get("seen", ""),
        )
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            form.add_error(None, refusal)
        else:
            form.add_error(None, refusal.messages[0])
        return False
    return True
