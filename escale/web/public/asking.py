"""Someone asks the mairie for help from the page of their commune; the mairie confirms, and nothing is booked by itself."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from escale.apps.booking.actions.asking import PUBLIC, TOO_MANY, ask_demande, takes_calls_only
from escale.apps.booking.models import Demande
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.queries import mairie_of
from escale.core.booking.motives import Motive, to_bring
from escale.core.booking.retention import CONTACT_DAYS, PERSON_MONTHS
from escale.web.forms import accepted
from escale.web.public.asking_form import RequestForm
from escale.web.public.queries import last_day_of_service, served_by
from escale.web.public.stamps import Stamp


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, what became of it, or the telephone of a commune that prefers to be called."""
    commune = Commune.objects.select_related("merged_into").filter(slug=slug).first()
    if commune is None:
        # The page of the commune says which names are near.
        return redirect("public:commune", slug)
    if commune.became:
        return redirect("public:commune_request", commune.became[-1].slug)
    epci = served_by(commune)
    if epci is None:
        return redirect("public:commune", slug)
    if takes_calls_only(commune):
        return _shown(request, commune, epci, "request_call", ended_on=last_day_of_service(commune, clock.today(epci)))
    if "envoyee" in request.GET:
        return _sent(request, commune, epci)
    form = RequestForm(request.POST or None)
    if accepted(form, lambda: _ask(request, commune, form)):
        return redirect(f"{reverse('public:commune_request', args=[slug])}?envoyee={form.opened}")
    status = HTTPStatus.TOO_MANY_REQUESTS if TOO_MANY in form.non_field_errors() else HTTPStatus.OK
    seen = {"form": form, "contact_days": CONTACT_DAYS, "person_months": PERSON_MONTHS}
    return _shown(request, commune, epci, "request", status=status, **seen)


def _ask(request: HttpRequest, commune: Commune, form: RequestForm) -> None:
    ask_demande(
        actor=PUBLIC,
        commune=commune,
        person=form.person,
        address=get_adapter().get_client_ip(request),
        key=form.opened.key,
        call_back=form.cleaned_data["call_back"],
        with_consent=form.cleaned_data["with_consent"],
    )


def _sent(request: HttpRequest, commune: Commune, epci: Epci) -> HttpResponse:
    """Say what happens next to whoever has just sent a request; nothing there tells who it is."""
    stamp = Stamp.read(request.GET["envoyee"])
    row = None if stamp is None or stamp.is_too_old else Demande.objects.filter(commune=commune, uid=stamp.key).first()
    if row is None:
        return redirect("public:commune_request", commune.slug)
    return _shown(request, commune, epci, "request_sent", row=row, bring=to_bring(Motive(row.motive)))


def _shown(
    request: HttpRequest, commune: Commune, epci: Epci, page: str, *, status: int = HTTPStatus.OK, **seen: object
) -> HttpResponse:
    context = {"commune": commune, "epci": epci, "mairie": mairie_of(commune), **seen}
    response = render(request, f"public/{page}.html", context, status=status)
    # What someone typed stays between them and us.
    response.headers["Cache-Control"] = "private, no-store"
    return response
