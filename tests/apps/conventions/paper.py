"""Conventions for the tests, made as people make them: by the actions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.drafting import draft_convention, freeze_for_deliberation
from escale.apps.conventions.actions.notifying import notify_convention
from escale.apps.conventions.actions.posting import Posting
from escale.apps.conventions.actions.signing import name_signatory, sign
from escale.apps.conventions.models import ActKind, Convention, Gender, Signatory
from escale.apps.conventions.terms import write_terms
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.halfdays import Half, Weekday, Window
from escale.core.convention.terms import Terms
from escale.core.planning.problem import Annex

TEXT = "Le texte que les deux assemblées votent."


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def written(epci: Epci, commune: Commune, **dates: str) -> Convention:
    """Return a convention as the database may hold it, not saved: frozen, with the dates that are given."""
    days = {name: day(text) for name, text in dates.items()}
    return Convention(
        epci=epci,
        commune=commune,
        model="porte-du-hainaut-2025",
        model_version="1",
        terms=write_terms(Terms()),
        text=TEXT,
        text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        frozen_on=day("2025-01-06"),
        ground="denunciation" if "ends_on" in days else "",
        created_by="tests",
        **days,
    )


@contextmanager
def refusal(code: str, field: str) -> Iterator[None]:
    """Expect a refusal by its code, beside its field."""
    with pytest.raises(ValidationError) as caught:
        yield
    assert {name: [error.code for error in errors] for name, errors in caught.value.error_dict.items()} == {field: [code]}


ANNEX = Annex(nth=2, window=Window(weekday=Weekday.TUE, half=Half.AM))


def drafted(epci: Epci, commune: Commune, **terms: object) -> Convention:
    """Return a draft with its annexed day."""
    values: Any = terms
    return draft_convention(
        actor=SYSTEM,
        epci=epci,
        commune=commune,
        model="porte-du-hainaut-2025",
        model_version="1",
        terms=Terms(**values),
        annex=ANNEX,
    )


def frozen(epci: Epci, commune: Commune, **terms: object) -> Convention:
    """Return a text that both councils have before them."""
    convention = drafted(epci, commune, **terms)
    return freeze_for_deliberation(
        actor=SYSTEM, convention=convention, version=1, text=TEXT, on=day("2025-01-06"), proof="bordereau"
    )


def voted(epci: Epci, commune: Commune, **terms: object) -> Convention:
    """Return a convention that both parties may sign from 3 March 2025 on."""
    convention = frozen(epci, commune, **terms)
    for kind, number, held_on in ((ActKind.BUREAU, "B25/014", "2025-02-24"), (ActKind.COMMUNE_COUNCIL, "2025-07", "2025-02-26")):
        act = record_act(actor=SYSTEM, convention=convention, kind=kind, number=number, held_on=day(held_on), proof="extrait")
        complete_act(actor=SYSTEM, act=act, transmitted_on=day("2025-02-28"), published_on=day("2025-03-03"), receipt="AR-1")
    return convention


def signatories(epci: Epci, commune: Commune) -> tuple[Signatory, Signatory]:
    """Return the president and the mayor; the mayor's term ended on 20 March 2026."""
    names: dict[str, Any] = {"first_name": "Camille", "last_name": "Exemple", "gender": Gender.FEMININE}
    president = name_signatory(actor=SYSTEM, epci=epci, commune=None, title="Présidente", starts=day("2020-07-01"), **names)
    mayor = name_signatory(
        actor=SYSTEM, epci=epci, commune=commune, title="Maire", starts=day("2020-05-28"), ends=day("2026-03-20"), **names
    )
    return president, mayor


def signed(epci: Epci, commune: Commune, **terms: object) -> Convention:
    """Return a convention that both parties signed on 10 March 2025."""
    convention = voted(epci, commune, **terms)
    for signatory in signatories(epci, commune):
        sign(actor=SYSTEM, convention=convention, signatory=signatory, signed_on=day("2025-03-10"), proof="original")
    return convention


def letter(sent: str, delivered: str | None, number: str = "1A 000 000 0001 0", **facts: Any) -> Posting:
    """Return a registered letter, with the number on its slip."""
    return Posting(
        sent=day(sent), delivered=day(delivered) if delivered else None, number=number, proof="avis de réception", **facts
    )


def in_force(epci: Epci, commune: Commune, **terms: object) -> Convention:
    """Return a convention notified on 17 March 2025."""
    convention = signed(epci, commune, **terms)
    notify_convention(actor=SYSTEM, convention=convention, posting=letter("2025-03-14", "2025-03-17", f"1A{commune.code}"))
    convention.refresh_from_db()
    return convention
