"""From the login to the journey of one's role; a person with several roles chooses."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from escale.apps.accounts.access import Kind
from escale.apps.accounts.labels import KINDS
from escale.apps.accounts.models import Role, User
from escale.web.journeys import CHOSEN, journey_of


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the journey of the only role, or offer those that the person holds."""
    roles = _roles(request)
    if len(roles) == 1:
        return redirect(journey_of(roles[0]).home)
    places = [(role, KINDS[Kind(role.kind)], role.commune or role.epci) for role in roles]
    return render(request, "account/start.html", {"places": places})


@require_POST
@login_required
def choose(request: HttpRequest, role_id: int) -> HttpResponse:
    """Keep the role that the person chose for this session, and lead to its journey."""
    role = next((role for role in _roles(request) if role.pk == role_id), None)
    if role is None:
        raise Http404
    request.session[CHOSEN] = role.pk
    return redirect(journey_of(role).home)


def _roles(request: HttpRequest) -> Sequence[Role]:
    return request.user.keep_roles() if isinstance(request.user, User) else []
