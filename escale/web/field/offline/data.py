"""What a device asks for: a fresh token to send with, and the days that it keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from escale.apps.accounts.models import User
from escale.web.field.offline.keeping import days_to_keep
from escale.web.field.offline.owner import owner_key
from escale.web.journeys import Journey, Visitor, visitor_in

Answer = Callable[[HttpRequest, Visitor], JsonResponse]

LOG_IN_AGAIN = "Votre connexion a expiré. Reconnectez-vous pour envoyer ; rien n’est perdu sur l’appareil."
REMOVED = "Ce compte ne peut plus envoyer de fiches. Rien n’a été enregistré ; remettre le fichier à la coordination."


def answer_device(view: Answer) -> Callable[[HttpRequest], JsonResponse]:
    """Answer a script, in JSON: 401 to whoever has to log in again, 403 to whoever is no mediator here any more.

    The device keeps what it holds in both cases, and must not take one for the other.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest) -> JsonResponse:
        if not isinstance(request.user, User):
            return _removed() if _is_closed(request) else refusal(HTTPStatus.UNAUTHORIZED, LOG_IN_AGAIN)
        try:
            visitor = visitor_in(request, Journey.FIELD)
        except PermissionDenied:
            return _removed()
        return view(request, visitor)

    return guarded


def refusal(status: HTTPStatus, reason: str) -> JsonResponse:
    """Say why nothing was done."""
    return JsonResponse({"reason": reason}, status=status)


def _removed() -> JsonResponse:
    return refusal(HTTPStatus.FORBIDDEN, REMOVED)


@require_safe
@answer_device
def token(request: HttpRequest, visitor: Visitor) -> JsonResponse:
    """Give the token that a batch is sent with, and say for whom: the one in a page that was kept is long expired."""
    return JsonResponse({"owner": owner_key(visitor.user), "token": get_token(request)})


@require_safe
@answer_device
def day(request: HttpRequest, visitor: Visitor) -> JsonResponse:
    """Tell the days that matter, and the pages that the device has to keep for them."""
    days, pages = days_to_keep(visitor)
    return JsonResponse({"owner": owner_key(visitor.user), "now": timezone.now().isoformat(), "days": days, "pages": pages})


def _is_closed(request: HttpRequest) -> bool:
    """Tell whether the session is that of an account that was closed since: logging in again would not help."""
    closed: bool = User.objects.filter(pk=request.session.get(SESSION_KEY), is_active=False).exists()
    return closed
