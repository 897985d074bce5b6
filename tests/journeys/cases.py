"""Conventions in each state that matters to a reader, as the actions leave them on 23 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from escale.apps.audit.actors import SYSTEM, SystemActor
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.amending import Change, draft_avenant, freeze_avenant
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.disputing import open_dispute
from escale.apps.conventions.actions.drafting import draft_convention
from escale.apps.conventions.actions.freezing import freeze
from escale.apps.conventions.actions.notifying import notify_convention
from escale.apps.conventions.actions.signing import name_signatory, sign
from escale.apps.conventions.actions.terminating import put_on_notice, terminate_for_general_interest
from escale.apps.conventions.models import ANNEX, ActKind, Avenant, Convention, Gender, PaperKind, Party, Signatory
from escale.apps.conventions.papers.texts import model_named, version_of
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions import paper
from tests.apps.conventions.filed import filed
from tests.apps.conventions.paper import day, letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Mairie(SystemActor):
    """Someone of a mairie, who files papers and decides nothing."""

    def may(self, permission: str, on: object) -> bool:
        return permission == "conventions.file"


MAIRIE = Mairie(actor_id="mairie")
MODEL = "demonstration-2027"
SEATS = {"EPCI_SEAT": "Site minier, 59135 Wallers", "COORDINATION_PHONE": "03 53 01 00 00"}
BREACH: dict[str, Any] = {
    "articles": ["3-1", "7"],
    "facts": "Le 2 septembre, le bureau était ouvert sur le hall.",
    "expected": "Un bureau fermé aux jours des passages.",
}
TYPED = {"held_on": "2026-11-12", "number": "2026-41", "transmitted_on": "2026-11-16", "receipt": "AR-41"}
CHANGES = (
    Change(article="4", name=ANNEX, new={"nth": 3, "weekday": 3, "half": "PM"}),
    Change(article="5-1", name="max_renewals", new=2),
    Change(article="5-2", name="cure_period_months", new=2),
    Change(article="9", wording="Les parties recherchent un accord avant toute action."),
)
"""One for each avenant, on articles that are not the same."""


def draft(epci: Epci, commune: Commune) -> Convention:
    """Return a draft whose usual day is known, and neither of its signatories."""
    return draft_convention(
        actor=SYSTEM,
        epci=epci,
        commune=commune,
        model=MODEL,
        model_version=version_of(MODEL),
        terms=model_named(MODEL).terms,
        annex=paper.ANNEX,
    )


def whole_draft(epci: Epci, commune: Commune) -> Convention:
    """Return a draft that lacks nothing."""
    signatories(epci, commune)
    return draft(epci, commune)


def in_deliberation(epci: Epci, commune: Commune) -> Convention:
    """Return a text that the Bureau adopted, not executory yet; the mairie filed the vote of its council."""
    convention = whole_draft(epci, commune)
    convention = freeze(actor=SYSTEM, convention=convention, version=convention.version, on=day("2026-11-02"))
    record_act(actor=SYSTEM, convention=convention, kind=ActKind.BUREAU, number="B26/061", held_on=day("2026-11-09"))
    filed(convention, PaperKind.DELIBERATION, actor=MAIRIE, values=TYPED)
    return convention


def to_sign(epci: Epci, commune: Commune) -> Convention:
    """Return a convention that both may sign; the mairie filed the copy that it signed."""
    convention = _voted(epci, commune)
    filed(convention, PaperKind.SIGNED, actor=MAIRIE, values={"signed_on": "2026-11-16"})
    return convention


def signed(epci: Epci, commune: Commune) -> Convention:
    """Return a convention that waits for its letter."""
    convention = _voted(epci, commune)
    for person in _people(epci, commune):
        sign(actor=SYSTEM, convention=convention, signatory=person, signed_on=day("2026-11-16"))
    return convention


def letter_under_way(epci: Epci, commune: Commune) -> Convention:
    """Return a signed convention whose letter was posted and not handed over."""
    convention = signed(epci, commune)
    notify_convention(actor=SYSTEM, convention=convention, posting=letter("2026-11-18", None, f"1A{commune.code}"))
    return convention


def in_force(epci: Epci, commune: Commune) -> Convention:
    """Return a convention in force since 17 March 2025, with all that its letters ask for."""
    convention = paper.in_force(epci, commune)
    name_signatory(actor=SYSTEM, epci=epci, commune=commune, title="Maire", starts=day("2026-03-27"), **_person("Alix"))
    for key, value in SEATS.items():
        set_setting(actor=SYSTEM, epci=epci, key=key, value=value)
    Commune.objects.filter(pk=commune.pk).update(postal_codes=["59195"])
    filed(convention, PaperKind.SIGNED, words=commune.code)
    return Convention.objects.select_related("epci", "commune").get(pk=convention.pk)


def in_notice(epci: Epci, commune: Commune) -> Convention:
    """Return a convention that its commune denounced in time."""
    convention = in_force(epci, commune)
    posting = letter("2026-10-12", "2026-10-14", f"2A{commune.code}")
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting)
    return convention


def contestable(epci: Epci, commune: Commune) -> Convention:
    """Return a convention denounced by a letter that came in time by some rules and late by others."""
    convention = in_force(epci, commune)
    posting = letter("2026-04-29", "2026-05-05", f"2A{commune.code}", presented=day("2026-04-30"))
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting, states_fallback=False)
    return convention


def on_notice(epci: Epci, commune: Commune) -> Convention:
    """Return a convention whose commune has until December to do what it owes."""
    return _on_notice(epci, commune, "2026-11-10", "2026-11-12")


def notice_run_out(epci: Epci, commune: Commune) -> Convention:
    """Return a convention whose mise en demeure had no effect."""
    return _on_notice(epci, commune, "2026-10-14", "2026-10-16")


def amended(epci: Epci, commune: Commune) -> Convention:
    """Return a convention with four avenants under way: signed, to sign, before the councils, in draft."""
    convention = in_force(epci, commune)
    avenants = [_drafted(convention, change) for change in CHANGES]
    sent = [freeze_avenant(actor=SYSTEM, avenant=one, text=f"Avenant {one.number}", on=day("2026-11-02")) for one in avenants[:3]]
    for avenant in sent[:2]:
        _vote(convention, avenant)
    for person in _people(epci, commune):
        sign(actor=SYSTEM, convention=convention, avenant=sent[0], signatory=person, signed_on=day("2026-11-16"))
    return convention


def disputed(epci: Epci, commune: Commune) -> Convention:
    """Return a convention on which the parties do not agree."""
    convention = in_force(epci, commune)
    open_dispute(actor=SYSTEM, convention=convention, subject="Le bureau fermé", opened_on=day("2026-11-02"))
    return convention


def terminated(epci: Epci, commune: Commune) -> Convention:
    """Return a convention that ended last week, for the general interest."""
    return _ended(epci, commune, "2026-11-09", "2026-11-12", "2026-11-18")


def long_over(epci: Epci, commune: Commune) -> Convention:
    """Return a convention that the archives may take over: it ended more than a year ago."""
    return _ended(epci, commune, "2025-09-08", "2025-09-10", "2025-10-31")


CASES: dict[str, Callable[[Epci, Commune], Convention]] = {
    make.__name__: make
    for make in (
        draft,
        whole_draft,
        in_deliberation,
        to_sign,
        signed,
        letter_under_way,
        in_force,
        in_notice,
        contestable,
        on_notice,
        notice_run_out,
        amended,
        disputed,
        terminated,
        long_over,
    )
}


def signatories(epci: Epci, commune: Commune) -> None:
    """Name a mayor and, once, a president, both in office."""
    since = day("2026-04-09")
    if not Signatory.objects.filter(epci=epci, commune=None).exists():
        name_signatory(actor=SYSTEM, epci=epci, commune=None, title="Présidente", starts=since, **_person("Rose"))
    name_signatory(actor=SYSTEM, epci=epci, commune=commune, title="Maire", starts=since, **_person("Alix"))


def _person(first_name: str) -> dict[str, Any]:
    return {"first_name": first_name, "last_name": "Exemple", "gender": Gender.FEMININE}


def _voted(epci: Epci, commune: Commune) -> Convention:
    convention = whole_draft(epci, commune)
    convention = freeze(actor=SYSTEM, convention=convention, version=convention.version, on=day("2026-11-02"))
    _vote(convention)
    return convention


def _vote(convention: Convention, avenant: Avenant | None = None) -> None:
    text = f"AV{avenant.number}" if avenant else "2026-41"
    for kind, number in ((ActKind.BUREAU, f"B26/061 {text}"), (ActKind.COMMUNE_COUNCIL, text)):
        act = record_act(
            actor=SYSTEM, convention=convention, avenant=avenant, kind=kind, number=number, held_on=day("2026-11-09")
        )
        complete_act(actor=SYSTEM, act=act, transmitted_on=day("2026-11-11"), published_on=day("2026-11-12"), receipt="AR-1")


def _people(epci: Epci, commune: Commune) -> list[Signatory]:
    """Return one in office for each party."""
    return [Signatory.objects.filter(epci=epci, commune=party, ends=None)[0] for party in (None, commune)]


def _drafted(convention: Convention, change: Change) -> Avenant:
    return draft_avenant(actor=SYSTEM, convention=convention, purpose=f"l’article {change.article}", changes=[change])


def _on_notice(epci: Epci, commune: Commune, sent: str, delivered: str) -> Convention:
    convention = in_force(epci, commune)
    posting = letter(sent, delivered, f"2A{commune.code}")
    put_on_notice(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=posting, **BREACH)
    return convention


def _ended(epci: Epci, commune: Commune, sent: str, delivered: str, last_day: str) -> Convention:
    convention = in_force(epci, commune)
    terminate_for_general_interest(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        reasons="La cause de la convention a disparu.",
        posting=letter(sent, delivered, f"2A{commune.code}"),
        last_day=day(last_day),
        document="décision",
    )
    return convention
