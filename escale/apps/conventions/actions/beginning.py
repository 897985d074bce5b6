"""Begin a convention on one of the models at hand, with the usual day that the commune has already, or that is held for it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions.actions.drafting import draft_convention
from escale.apps.conventions.actions.opening import refused
from escale.apps.conventions.folders import shipped_models
from escale.apps.conventions.models import Convention
from escale.apps.conventions.papers.planning import held_day
from escale.apps.conventions.papers.texts import model_named, version_of
from escale.apps.schedule.models import AnnexedPattern
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import date_words
from escale.core.planning.problem import Annex


@transaction.atomic
def begin_convention(*, actor: Actor, epci: Epci, commune: Commune, model: str) -> Convention:
    """Begin a convention with a commune on a model; one whose term is past binds nobody any more (art. 5-1)."""
    require(actor, "conventions.manage", epci)
    if model not in shipped_models():
        raise refused("model", "E_MODEL_UNKNOWN", "Ce modèle n’existe pas ; choisir dans la liste.")
    found, now = model_named(model), today(epci)
    if found.terms.initial_term_end <= now:
        words = (
            f"Le terme de ce texte, le {date_words(found.terms.initial_term_end)}, est passé : plus aucune commune ne peut y "
            "entrer (art. 5-1) ; choisir un autre modèle."
        )
        raise refused("model", "E_MODEL_TERM_PAST", words)
    _require_room(commune, found.terms.initial_term_end, now)
    return draft_convention(
        actor=actor,
        epci=epci,
        commune=commune,
        model=model,
        model_version=version_of(model),
        terms=found.terms,
        annex=proposed_day(epci, commune, now),
    )


def _require_room(commune: Commune, term: dt.date, on: dt.date) -> None:
    """Refuse a text whose term comes before the convention that runs has ended: it could never take effect."""
    for running in Convention.objects.filter(commune=commune, notified_on__isnull=False, ends_on__gte=max(on, term)):
        if running.ends_on is not None:
            words = (
                f"{commune} est liée par sa convention jusqu’au {date_words(running.ends_on)}, et ce texte a pour terme le "
                f"{date_words(term)} : il ne pourrait pas prendre effet ; choisir un texte dont le terme est plus tardif."
            )
            raise refused("model", "E_MODEL_TERM_TOO_SOON", words)


def proposed_day(epci: Epci, commune: Commune, on: dt.date) -> Annex | None:
    """Return the usual day to propose: the agreed one, else the place that the tour holds for the commune."""
    agreed = AnnexedPattern.objects.in_force_on(on).filter(epci=epci, commune=commune).first()
    return agreed.value if agreed else held_day(Convention(epci=epci, commune=commune), on)
