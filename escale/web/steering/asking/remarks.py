"""What the mairies say of a draft: send it, read who agreed, who remarked and who is silent, answer each."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.actions.remarking import answer_remark, closed_since, remind_of_dates, send_for_remarks
from escale.apps.schedule.actions.sending import Sending
from escale.apps.schedule.models import PersonalLink, Plan, Remark, RemarkState
from escale.apps.schedule.queries import months_words
from escale.apps.schedule.review import Answered, dates_of, firm_communes, remark_lines
from escale.apps.territory import clock
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.asking.forms import AnswerForm, SendForm
from escale.web.steering.asking.told import tell_refusal, tell_sending

DAYS_TO_ANSWER = 14
SILENT = frozenset({Answered.SILENT, Answered.NOT_SENT, Answered.NO_ADDRESS})


@require_safe
@enter(Journey.STEERING)
def show_remarks(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Show what each commune said of a draft."""
    plan = _plan(visitor, number)
    lines = remark_lines(visitor.user, plan)
    seen = _seen(visitor, plan) | {
        "lines": lines,
        "agreed": sum(line.state is Answered.AGREED for line in lines),
        "to_read": sum(line.state is Answered.REMARKED for line in lines),
        "silent": sum(line.state in SILENT for line in lines),
        "closed": closed_since(plan),
    }
    return render(request, "steering/asking/remarks.html", seen)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def send(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Send a draft to the firm communes, or give them more time."""
    plan = _plan(visitor, number)
    until = plan.remarks_until or clock.today(visitor.epci) + dt.timedelta(days=DAYS_TO_ANSWER)
    form = SendForm(request.POST or None, initial={"until": until})
    done: list[Sending] = []
    if accepted(form, lambda: done.append(send_for_remarks(actor=visitor.user, plan=plan, **form.cleaned_data))):
        tell_sending(request, done[0])
        return redirect("steering:remarks", number)
    seen = _seen(visitor, plan) | {"form": form, "communes": firm_communes(plan)}
    return render(request, "steering/asking/send.html", seen)


@require_POST
@enter(Journey.STEERING)
def remind(request: HttpRequest, visitor: Visitor, number: int) -> HttpResponse:
    """Write again to the communes that said nothing."""
    try:
        tell_sending(request, remind_of_dates(actor=visitor.user, plan=_plan(visitor, number)))
    except ValidationError as refusal:
        tell_refusal(request, refusal)
    return redirect("steering:remarks", number)


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def answer(request: HttpRequest, visitor: Visitor, number: int, code: str) -> HttpResponse:
    """Show the dates of a commune and what it said of them; answer."""
    plan = _plan(visitor, number)
    links = PersonalLink.objects.visible_to(visitor.user).filter(plan=plan, revoked_at__isnull=True)
    link: PersonalLink = get_object_or_404(links.select_related("commune"), commune__code=code)
    line = next(line for line in remark_lines(visitor.user, plan) if line.commune == link.commune)
    remark = line.remark
    form = AnswerForm(request.POST or None, initial=_initial(remark))
    if remark is not None and accepted(form, lambda: _answer(visitor, remark, form)):
        messages.success(request, f"La mairie {link.commune.place_name.de} reçoit votre réponse.")
        return redirect("steering:remarks", number)
    seen = _seen(visitor, plan) | {"line": line, "form": form, "dates": dates_of(plan, link.commune)}
    return render(request, "steering/asking/remark.html", seen)


def _plan(visitor: Visitor, number: int) -> Plan:
    require(visitor.user, "schedule.draft", visitor.epci)
    plans = Plan.objects.visible_to(visitor.user).select_related("epci")
    plan: Plan = get_object_or_404(plans, epci=visitor.epci, number=number)
    return plan


def _answer(visitor: Visitor, remark: Remark, form: AnswerForm) -> None:
    typed = form.cleaned_data
    answer_remark(actor=visitor.user, remark=remark, state=RemarkState(typed["state"]), answer=typed["answer"])


def _initial(remark: Remark | None) -> dict[str, str]:
    return {"state": remark.state, "answer": remark.answer} if remark else {}


def _seen(visitor: Visitor, plan: Plan) -> dict[str, object]:
    return {"visitor": visitor, "plan": plan, "tour": months_words(plan.months)}
