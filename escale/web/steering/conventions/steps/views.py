"""The one view of all guided steps: the question, then what it would change, then it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from escale.apps.audit.actors import require
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import recorded, state_of
from escale.apps.territory import clock
from escale.core.convention.life import STATE_WORDS
from escale.web.forms import accepted
from escale.web.journeys import Journey, Visitor, enter
from escale.web.steering.conventions.steps.preview import Preview, preview
from escale.web.steering.conventions.steps.registry import BY_NAME
from escale.web.steering.conventions.steps.step import Step, StepForm

DO = "do"
"""What the button of a page asks: « confirm » takes the step, « correct » goes back to what was typed; without it, a preview."""


@require_http_methods(["GET", "HEAD", "POST"])
@enter(Journey.STEERING)
def take_step(request: HttpRequest, visitor: Visitor, pk: int, slug: str) -> HttpResponse:
    """Ask what a step needs, show what it would change, and take it once that is confirmed."""
    visible = Convention.objects.visible_to(visitor.user).filter(epci=visitor.epci)
    convention = get_object_or_404(recorded(visible), pk=pk)
    step = BY_NAME.get(slug)
    if step is None:
        raise Http404
    require(visitor.user, step.permission, convention)
    situation = state_of(convention, clock.today(visitor.epci))
    if not step.offered(convention, situation, visitor):
        words = f"« {step.title} » : cela ne se fait pas maintenant, la convention est {STATE_WORDS[situation.state]}."
        messages.warning(request, words)
        return redirect("steering:convention", convention.pk)
    return _Taking(request=request, visitor=visitor, convention=convention, step=step).answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taking:
    """One request of someone who takes a step with a convention."""

    request: HttpRequest
    visitor: Visitor
    convention: Convention
    step: Step

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self.ask(self.form())
        match self.request.POST.get(DO):
            case "confirm":
                return self.confirm()
            case "correct":
                return self.ask(self.form())
        return self.show(self.form(judged=True))

    def form(self, *, judged: bool = False, files: bool = False) -> StepForm:
        """Return the form, with what was typed; unless it is `judged`, nothing is told of what does not suit."""
        request, step = self.request, self.step
        form = step.form(
            request.POST if judged else None,
            request.FILES if files else None,
            convention=self.convention,
            visitor=self.visitor,
            initial={**self._given().dict(), **step.initial(self.convention)},
        )
        if not judged:
            self._propose(form)
        elif not files:
            form.put_off_files()
        return form

    def show(self, form: StepForm, mistakes: StepForm | None = None) -> HttpResponse:
        """Show what the step would change; files are asked there, and what was wrong with them stands beside them."""
        found: list[Preview] = []
        if not accepted(form, lambda: found.append(preview(self.convention, lambda: self.taken_with(form)))):
            return self.ask(form)
        form.errors.update(mistakes.errors if mistakes else {})
        form.ask_files()
        forecast = list(self.step.forecast(self.convention, form.cleaned_data))
        return self._page("preview", form, preview=found[0], forecast=forecast)

    def confirm(self) -> HttpResponse:
        form, done = self.form(judged=True, files=True), []
        if accepted(form, lambda: done.append(self.taken_with(form))):
            messages.success(self.request, done[0])
            return redirect("steering:convention", self.convention.pk)
        if set(form.errors) <= {field.name for field in form.files_asked}:
            return self.show(self.form(judged=True), mistakes=form)
        return self.ask(form)

    def taken_with(self, form: StepForm) -> str:
        return self.step.perform(self.visitor, self.convention, form.cleaned_data)

    def ask(self, form: StepForm) -> HttpResponse:
        hints, lacks = self.step.hints, self.step.lacks(self.convention)
        told = {"hints": hints, "lacks": lacks}
        return self._page("step", form, **told)

    def _propose(self, form: StepForm) -> None:
        """Propose what the address or the page before holds."""
        given, is_typed = self._given(), self.request.method == "POST"
        for field in form.questions:
            # In an address, a box that is not named is not one that was left empty.
            if is_typed or field.html_name in given:
                form.initial[field.name] = field.field.widget.value_from_datadict(given, {}, field.html_name)

    def _given(self) -> QueryDict:
        return self.request.POST or self.request.GET

    def _page(self, name: str, form: StepForm, **more: object) -> HttpResponse:
        seen = {"visitor": self.visitor, "convention": self.convention, "step": self.step, "form": form, **more}
        return render(self.request, f"steering/conventions/steps/{name}.html", seen)
