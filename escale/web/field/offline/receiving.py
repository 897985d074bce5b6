"""What a device sends: a bounded batch in JSON, answered item by item."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from escale.apps.activity.sync import ItemAnswer, receive_batch
from escale.core.activity.parsing import parse_batch
from escale.core.activity.records import Refused
from escale.web.field.offline.data import answer_device, refusal
from escale.web.field.offline.owner import owner_key
from escale.web.field.offline.versions import told_apart
from escale.web.journeys import Visitor

MOST_BYTES = 512 * 1024
"""Twice what a device puts in one batch."""
TOO_BIG = "Cet envoi est trop gros ; l’appareil doit l’envoyer en plusieurs fois."
MALFORMED = "Cet envoi n’a pas la forme attendue : rien n’a été enregistré. Recharger la page, puis recommencer."
NOT_YOURS = "Ces fiches sont d’une autre personne : elle seule peut les envoyer, en se connectant sur cet appareil."


@require_POST
@answer_device
def receive(request: HttpRequest, visitor: Visitor) -> JsonResponse:
    """Write down what was kept on a device, and say of each thing what became of it."""
    try:
        body = request.body
    except RequestDataTooBig:
        return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_BIG)
    if len(body) > MOST_BYTES:
        return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_BIG)
    try:
        given = json.loads(body)
        batch = parse_batch(given)
    except Refused as refused:
        return refusal(HTTPStatus.BAD_REQUEST, " ".join([MALFORMED, *refused.reasons.values()]))
    except (ValueError, RecursionError):
        return refusal(HTTPStatus.BAD_REQUEST, MALFORMED)
    if given.get("owner") != owner_key(visitor.user):
        return refusal(HTTPStatus.FORBIDDEN, NOT_YOURS)
    try:
        answer = receive_batch(actor=visitor.user, batch=batch)
    except PermissionDenied as denied:
        return refusal(HTTPStatus.FORBIDDEN, str(denied))
    items = [_told(item) for item in answer.items]
    return JsonResponse({"offset_seconds": answer.offset_seconds, "items": items})


def _told(item: ItemAnswer) -> dict[str, Any]:
    """Return what became of one thing, for the page to show beside it."""
    kept, given = told_apart(item.kept or {}, item.given or {})
    errors = {name: [reason] for name, reason in item.reasons.items()}
    return {"key": item.key, "status": item.outcome.value, "errors": errors, "kept": kept, "given": given}
