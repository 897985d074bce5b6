"""What is expected of a commune now for its convention: a short list, each line with one thing to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from escale.apps.conventions.actions.answering import PREMISES_CONFIRMED
from escale.apps.conventions.elections import current_round
from escale.apps.conventions.models import (
    Asked,
    Avenant,
    Convention,
    JournalEntry,
    Outcome,
    Paper,
    PaperKind,
    Party,
    RoundAnswer,
    Signatory,
)
from escale.apps.conventions.queries import avenant_state, cure_ends_on, executory_on
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Commune, Premises, Referent, Room
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.dates import add_months
from escale.core.convention.life import RUNNING, Situation, State
from escale.web.journeys import Visitor

CONFIRMED_FOR_MONTHS = 12
"""How long what a commune said of its premises stands before it is asked again."""

KINDS = {"deliberation": PaperKind.DELIBERATION, "exemplaire-signe": PaperKind.SIGNED}
"""What a commune files, by its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One thing that is expected, or that waits for a word of the coordination (no address then)."""

    words: str
    detail: str = ""
    action: str = ""
    address: str = ""

    @property
    def waits(self) -> bool:
        """Whether the commune has done its part, and the coordination answers next."""
        return not self.address


def expected_of(visitor: Visitor, convention: Convention, situation: Situation, on: dt.date) -> list[Expected]:
    """Return what is expected of the commune for one convention; nothing of whoever may file nothing."""
    if convention.archived_on or not visitor.user.may("conventions.file", convention):
        return []
    found = list(_for_text(convention, situation, on))
    if situation.state in (*RUNNING, State.IN_DELIBERATION, State.TO_SIGN, State.SIGNED):
        found += _of_people(visitor, situation, on)
    if situation.state in RUNNING:
        for avenant in convention.avenants.all():
            found += _for_avenant(convention, avenant, on)
        found += _of_premises(visitor.commune, convention, on)
        found += _of_notices(convention, on)
    return found


def _for_text(convention: Convention, situation: Situation, on: dt.date) -> Iterator[Expected]:
    if situation.state is State.IN_DELIBERATION and not _may_sign(convention, None, on):
        yield from _deliberation(convention, None)
    if situation.state is State.TO_SIGN and not _has_signed(convention, None):
        yield from _signed_copy(convention, None)


def _for_avenant(convention: Convention, avenant: Avenant, on: dt.date) -> Iterator[Expected]:
    state = avenant_state(avenant, convention, on)
    if state is AvenantState.IN_DELIBERATION and not _may_sign(convention, avenant, on):
        yield from _deliberation(convention, avenant)
    if state is AvenantState.TO_SIGN and not _has_signed(convention, avenant):
        yield from _signed_copy(convention, avenant)


def _deliberation(convention: Convention, avenant: Avenant | None) -> Iterator[Expected]:
    filed = _last_filed(convention, avenant, PaperKind.DELIBERATION)
    if filed is not None and filed.waits:
        yield Expected(words=f"Délibération déposée le {date_words(filed.filed_on)}", detail="La coordination la vérifie.")
        return
    what = f"l’avenant n° {avenant.number}" if avenant else "la convention"
    votes = [one.act for one in convention.authorisations.all() if _is_of_text(one.avenant_id, avenant, one.party)]
    vote = max(votes, key=lambda act: (act.held_on, act.pk), default=None)
    words, detail = f"Faire voter {what} par votre conseil municipal, puis déposer la délibération", ""
    if vote is not None and vote.outcome == Outcome.ADOPTED:
        words = f"Déposer la délibération n° {vote.number} avec la preuve de sa transmission"
        detail = "Elle vaut une fois transmise à la préfecture et publiée : on ne signe pas avant."
    elif vote is not None and vote.next_council_on:
        detail = f"Le vote a été reporté ; prochaine séance le {weekday_date_words(vote.next_council_on)}."
    if filed is not None and filed.sent_back_on:
        detail = f"La pièce déposée vous a été renvoyée : {filed.sent_back_why}"
    yield Expected(
        words=words, detail=detail, action="Déposer la délibération", address=_filing(convention, avenant, "deliberation")
    )


def _signed_copy(convention: Convention, avenant: Avenant | None) -> Iterator[Expected]:
    filed = _last_filed(convention, avenant, PaperKind.SIGNED)
    if filed is not None and filed.waits:
        yield Expected(words=f"Exemplaire signé déposé le {date_words(filed.filed_on)}", detail="La coordination le vérifie.")
        return
    detail = f"La pièce déposée vous a été renvoyée : {filed.sent_back_why}" if filed and filed.sent_back_on else ""
    what = f"l’avenant n° {avenant.number}" if avenant else "la convention"
    yield Expected(
        words=f"Signer {what}, puis déposer la copie signée",
        detail=detail or "Les deux originaux reviennent à la coordination : un des deux est pour vous.",
        action="Déposer la copie signée",
        address=_filing(convention, avenant, "exemplaire-signe"),
    )


def _of_people(visitor: Visitor, situation: Situation, on: dt.date) -> Iterator[Expected]:
    commune, asked = visitor.commune, _asked_again(visitor, on)
    detail = f"Après les élections : les mandats ont pris fin le {date_words(asked[0])}." if asked else ""
    signs = Signatory.objects.filter(holding(on), epci=visitor.epci, commune=commune)
    if (asked and Asked.SIGNATORY in asked[1]) or (situation.state not in RUNNING and not signs.exists()):
        address = reverse("commune:name_signatory")
        yield Expected(words="Dire qui signe pour la commune", detail=detail, action="Donner son nom", address=address)
    in_charge = Referent.objects.filter(commune=commune).in_charge_on(on)
    if (asked and Asked.REFERENT in asked[1]) or (situation.state in RUNNING and not in_charge.exists()):
        yield Expected(
            words="Nommer votre référent",
            detail=detail or "C’est la personne à qui le médiateur s’adresse (art. 3-1).",
            action="Nommer le référent",
            address=reverse("commune:name_referent"),
        )


def _asked_again(visitor: Visitor, on: dt.date) -> tuple[dt.date, frozenset[Asked]] | None:
    """Return when the offices ended, and what the commune has not said again since; None when nobody asks."""
    asking = current_round(visitor.epci)
    if asking is None or asking.opened_on > on:
        return None
    since, commune = asking.offices_end_on, visitor.commune
    answered = set(RoundAnswer.objects.filter(round=asking, commune=commune).values_list("asked", flat=True))
    if Signatory.objects.filter(epci=visitor.epci, commune=commune, starts__gt=since).exists():
        answered.add(Asked.SIGNATORY)
    if Referent.objects.filter(commune=commune, starts__gt=since).exists():
        answered.add(Asked.REFERENT)
    return since, frozenset(asked for asked in Asked if asked not in answered)


def _of_premises(commune: Commune, convention: Convention, on: dt.date) -> Iterator[Expected]:
    address = reverse("commune:confirm_premises")
    open_now = Premises.objects.filter(commune=commune).open_on(on)
    if not Room.objects.filter(premises__in=open_now, is_private=True).exists():
        yield Expected(
            words="Dire où l’on reçoit : un bureau à l’abri des regards (art. 3-1)",
            action="Compléter le lieu",
            address=address,
        )
        return
    said = JournalEntry.objects.filter(convention=convention, event=PREMISES_CONFIRMED).order_by("-number").first()
    if said is None or add_months(said.on, CONFIRMED_FOR_MONTHS) < on:
        detail = f"Vous l’avez dit la dernière fois le {date_words(said.on)}." if said else "C’est demandé une fois par an."
        yield Expected(
            words="Vos lieux d’accueil sont-ils toujours exacts ?", detail=detail, action="Vérifier les lieux", address=address
        )


def _of_notices(convention: Convention, on: dt.date) -> Iterator[Expected]:
    """Yield what the EPCI asks by a letter; the letter itself is among the papers of the page."""
    for notice in convention.mises_en_demeure.all():
        until = cure_ends_on(notice, convention)
        if notice.author == Party.EPCI and notice.closed_on is None and until is not None and on <= until:
            yield Expected(
                words=f"Un point à régler avant le {weekday_date_words(until)} inclus : {notice.expected}",
                detail="Une fois que c’est fait, dites-le à la coordination.",
                action="Lire la lettre et les autres pièces",
                address="#pieces",
            )


def _may_sign(convention: Convention, avenant: Avenant | None, on: dt.date) -> bool:
    day = executory_on(convention, Party.COMMUNE, avenant)
    return day is not None and day <= on


def _has_signed(convention: Convention, avenant: Avenant | None) -> bool:
    key = avenant.pk if avenant else None
    return any(one.avenant_id == key and one.party == Party.COMMUNE for one in convention.signatures.all())


def _is_of_text(found: int | None, avenant: Avenant | None, party: str) -> bool:
    return found == (avenant.pk if avenant else None) and party == Party.COMMUNE


def _last_filed(convention: Convention, avenant: Avenant | None, kind: PaperKind) -> Paper | None:
    filed = Paper.objects.filter(convention=convention, avenant=avenant, kind=kind.value, filed_for=Party.COMMUNE.value)
    return filed.order_by("-pk").first()


def _filing(convention: Convention, avenant: Avenant | None, kind: str) -> str:
    address = reverse("commune:file_paper", args=[convention.pk, kind])
    return f"{address}?avenant={avenant.number}" if avenant else address
