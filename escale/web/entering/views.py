"""The pages by which the front desk of a mairie enters: ask for a link, then open it by a button.

A mail scanner that follows the link burns nothing: only the button uses it up.
"""

from __future__ import annotations

from http import HTTPStatus

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from escale.apps.accounts.actions import enter_by_link
from escale.apps.accounts.actions.desks import digest_of
from escale.apps.accounts.models import DeskLink
from escale.web.entering.forms import DeskForm
from escale.web.entering.sending import ask_for_link
from escale.web.entering.sessions import limit_session
from escale.web.forms import accepted
from escale.web.links.views import kept_private

TOO_MANY = "Beaucoup de liens viennent d’être demandés depuis ce réseau. Réessayer dans une heure, ou appeler la coordination."


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask which mairie; the answer is the same whether it is known or not."""
    form = DeskForm(request.POST or None)
    if accepted(form, lambda: _ask(request, form)):
        return redirect("entering:asked")
    return render(request, "entering/ask.html", {"form": form})


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say where to look."""
    return render(request, "entering/asked.html")


@kept_private
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, key: str) -> HttpResponse:
    """Show the button of a link; on a press, let the desk in. A link that is over says how to have another one."""
    if request.method != "POST":
        link = DeskLink.objects.open_at(timezone.now()).filter(digest=digest_of(key)).select_related("commune").first()
        if link is not None:
            return render(request, "entering/link.html", {"commune": link.commune})
    elif (user := enter_by_link(key=key)) is not None:
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        limit_session(request)
        return redirect("commune:home")
    return render(request, "entering/over.html", status=HTTPStatus.NOT_FOUND)


def _ask(request: HttpRequest, form: DeskForm) -> None:
    if not consume(request, action="desk_link"):
        raise ValidationError(TOO_MANY)
    ask_for_link(email=form.cleaned_data["email"], commune=form.cleaned_data["commune"])
