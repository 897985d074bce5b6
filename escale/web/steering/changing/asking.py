"""Questions to the planner: « pourquoi pas un autre jour ? », the page of an answer, and the draft that is made of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escale.apps.audit.actors import require
from escale.apps.schedule.actions.asking import ASK_AGAIN, ask_explanation, draft_repair, is_current, keep_explained
from escale.apps.schedule.models import Question, QuestionKind, QuestionStatus
from escale.apps.schedule.workbench import visit_of
from escale.apps.territory.models import Commune
from escale.apps.territory.queries import service_windows
from escale.core.calendar.halfdays import Window
from escale.core.planning.agreed import usual_words
from escale.core.planning.explaining.usual import usual_day
from escale.core.planning.plan import Plan as Tour
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.changing.answers import explain_answer, repair_answer, told_words
from escale.web.steering.changing.benches import draft_seen_by
from escale.web.steering.changing.forms import WindowForm


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def explain(request: HttpRequest, visitor: Visitor, number: int, code: str) -> HttpResponse:
    """Ask why a commune does not have its usual day in another half-day of the week."""
    plan = draft_seen_by(visitor, number)
    commune = get_object_or_404(Commune.objects.visible_to(visitor.user), code=code)
    form = WindowForm(request.POST or None, windows=service_windows(visitor.epci))
    if form.is_valid():
        question = ask_explanation(actor=visitor.user, plan=plan, commune=code, window=form.chosen)
        return redirect("steering:question", question.pk)
    rows = plan.visits.filter(commune=commune).select_related("commune", "post")
    day = usual_day(Tour(visits=tuple(visit_of(row) for row in rows if not row.is_make_up)), code)
    seen = {
        "visitor": visitor,
        "plan": plan,
        "commune": commune,
        "form": form,
        "usual": usual_words(day.nth, day.window) if day else "",
    }
    return render(request, "steering/changing/explain.html", seen)


@require_safe
@enter(Journey.STEERING)
def show_question(request: HttpRequest, visitor: Visitor, question: int) -> HttpResponse:
    """Show a question, then its answer as soon as it is there."""
    found = _question(visitor, question)
    seen: dict[str, Any] = {"visitor": visitor, "question": found, "plan": found.plan}
    is_done = found.status == QuestionStatus.DONE
    if found.kind == QuestionKind.REPAIR:
        seen["told"] = told_words(found)
        seen |= {"answer": repair_answer(found), "is_current": is_current(found), "ask_again": ASK_AGAIN} if is_done else {}
        return render(request, "steering/changing/repaired.html", seen)
    asked = found.asked
    seen["commune"] = get_object_or_404(Commune, code=asked["commune"])
    seen["window_words"] = Window.parse(asked["window"]).words
    seen |= {"answer": explain_answer(found)} if is_done else {}
    return render(request, "steering/changing/explanation.html", seen)


@require_POST
@enter(Journey.STEERING)
def keep_answer(request: HttpRequest, visitor: Visitor, question: int) -> HttpResponse:
    """Make a draft of the plan that an answer proposes."""
    found = _question(visitor, question)
    is_repair = found.kind == QuestionKind.REPAIR
    try:
        if is_repair:
            plan = draft_repair(actor=visitor.user, question=found)
        else:
            plan = keep_explained(actor=visitor.user, question=found, exchange=request.POST.get("keep") == "exchange")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("steering:question", question)
    messages.success(request, f"C’est le brouillon n° {plan.number}. Rien n’est encore publié.")
    return redirect("steering:publish" if is_repair else "steering:plan", plan.number)


def _question(visitor: Visitor, key: int) -> Question:
    require(visitor.user, "schedule.draft", visitor.epci)
    # A trial has its page beside the proposal that it is made for.
    questions = Question.objects.visible_to(visitor.user).filter(epci=visitor.epci).exclude(kind=QuestionKind.TRIAL.value)
    found: Question = get_object_or_404(questions.select_related("plan", "epci"), pk=key)
    return found
