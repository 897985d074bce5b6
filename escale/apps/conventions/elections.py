"""After elections: what the end of the offices brings about, what the communes are asked again, and who has answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q, QuerySet

from escale.apps.conventions.models import (
    Act,
    ActKind,
    Asked,
    Convention,
    ElectionRound,
    Outcome,
    RoundAnswer,
    Signatory,
    Signature,
)
from escale.apps.conventions.succession import heir_of
from escale.apps.messaging.models import Message
from escale.apps.territory.dated import meeting
from escale.apps.territory.models import Commune, Epci, Referent


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """What ending the offices on a day does: whose offices end, which delegation falls, who is written to and who cannot be.

    `signed_later` names those who have signed after that day: it cannot be the last one of their office.
    """

    ends: dt.date
    signatories: tuple[Signatory, ...]
    signed_later: tuple[Signatory, ...]
    delegation: Act | None
    communes: tuple[Commune, ...]
    referents: tuple[Referent, ...]
    unreached: tuple[Commune, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """Where one commune is: the day on which it said who signs, and who is the référent; None while it has not."""

    commune: Commune
    signatory: dt.date | None
    referent: dt.date | None
    addresses: tuple[str, ...]
    written: dt.date | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.signatory is not None and self.referent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAct:
    """Something that the EPCI itself takes again, with its article; the day on which it did, None while it is missing."""

    words: str
    article: str
    done: dt.date | None


def round_plan(epci: Epci, ends: dt.date, today: dt.date) -> RoundPlan:
    """Return what ending the offices on a day would do."""
    ending = list(offices_that_end(epci, ends).select_related("commune"))
    communes = asked_communes(epci, today)
    referents = list(Referent.objects.filter(commune__in=communes).in_charge_on(today).select_related("commune"))
    reached = {referent.commune_id for referent in referents if referent.email}
    return RoundPlan(
        ends=ends,
        signatories=tuple(ending),
        signed_later=tuple(signed_after(ending, ends)),
        delegation=_delegation_that_falls(epci, ends),
        communes=tuple(communes),
        referents=tuple(referents),
        unreached=tuple(commune for commune in communes if commune.pk not in reached),
    )


def offices_that_end(epci: Epci, ends: dt.date) -> QuerySet[Signatory]:
    """Return those who would be in office after a day, and were before it: the elections end their office."""
    begun = Q(starts__isnull=True) | Q(starts__lte=ends)
    return Signatory.objects.filter(meeting(ends, None), begun, epci=epci).exclude(ends=ends)


def signed_after(signatories: Iterable[Signatory], ends: dt.date) -> list[Signatory]:
    """Return those of some signatories who have signed after a day."""
    kept = list(signatories)
    signed = Signature.objects.filter(signatory__in=kept, signed_on__gt=ends).values_list("signatory", flat=True)
    later = set(signed)
    return [signatory for signatory in kept if signatory.pk in later]


def delegations_of(epci: Epci) -> QuerySet[Act]:
    """Return the delegations that a council has given to the Bureau: they fall with the council (L. 5211-10 CGCT)."""
    return Act.objects.filter(epci=epci, kind=ActKind.DELEGATION.value, outcome=Outcome.ADOPTED.value)


def _delegation_that_falls(epci: Epci, ends: dt.date) -> Act | None:
    """Return the delegation in force on a day; one that elections before have ended is gone already."""
    before = ElectionRound.objects.filter(epci=epci, offices_end_on__lt=ends).order_by("-offices_end_on").first()
    given = delegations_of(epci).filter(held_on__lte=ends)
    return (given.filter(held_on__gt=before.offices_end_on) if before else given).order_by("held_on").last()


def asked_communes(epci: Epci, on: dt.date) -> list[Commune]:
    """Return the communes that hold a convention under way or in force on a day, each once, by name."""
    going = Convention.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), epci=epci, abandoned_on__isnull=True)
    signed = Commune.objects.filter(pk__in=going.values("commune")).select_related("merged_into")
    held = {heir.pk: heir for heir in (heir_of(commune, on) for commune in signed)}
    return sorted(held.values(), key=lambda commune: (commune.sort_key, commune.code))


def current_round(epci: Epci) -> ElectionRound | None:
    """Return the last round of an EPCI; None before the first one."""
    return ElectionRound.objects.filter(epci=epci).order_by("-offices_end_on").first()


def round_lines(asked: ElectionRound, today: dt.date) -> list[RoundLine]:
    """Return where each commune is, in the same few queries whatever their number.

    A commune has answered when it said so, or when someone took office since the round was opened.
    """
    communes = asked_communes(asked.epci, today)
    since = asked.offices_end_on
    answers = RoundAnswer.objects.filter(round=asked).values_list("commune", "asked", "answered_on")
    answered: dict[tuple[int, str], dt.date] = {(commune, what): day for commune, what, day in answers}
    signatories = _since(Signatory.objects.filter(epci=asked.epci, commune__isnull=False, starts__gt=since))
    referents = _since(Referent.objects.filter(commune__in=communes, starts__gt=since))
    addresses = addresses_of(communes, today)
    written = _written(asked)
    return [
        RoundLine(
            commune=commune,
            signatory=answered.get((commune.pk, Asked.SIGNATORY.value)) or signatories.get(commune.pk),
            referent=answered.get((commune.pk, Asked.REFERENT.value)) or referents.get(commune.pk),
            addresses=addresses.get(commune.pk, ()),
            written=written.get(commune.code),
        )
        for commune in communes
    ]


def own_acts(asked: ElectionRound) -> list[OwnAct]:
    """Return what the EPCI itself has to take again after its council was renewed."""
    since = asked.offices_end_on
    president = Signatory.objects.filter(epci=asked.epci, commune=None, starts__gt=since).order_by("starts").first()
    delegation = delegations_of(asked.epci).filter(held_on__gt=since).order_by("held_on").first()
    return [
        OwnAct(
            words="nommer qui signe pour l’EPCI, dès l’élection de la présidente ou du président",
            article="L. 5211-2 CGCT",
            done=president.starts if president else None,
        ),
        OwnAct(
            words="prendre une nouvelle délégation du conseil communautaire au Bureau",
            article="L. 5211-10 CGCT",
            done=delegation.held_on if delegation else None,
        ),
    ]


def addresses_of(communes: Iterable[Commune], today: dt.date) -> dict[int, tuple[str, ...]]:
    """Return where communes are written to, by their key: each référent in charge once, as for any question put to them."""
    people = Referent.objects.filter(commune__in=list(communes)).in_charge_on(today).exclude(email="")
    found: dict[int, dict[str, None]] = {}
    for commune, address in people.values_list("commune", "email"):
        found.setdefault(commune, {})[address] = None
    return {commune: tuple(some) for commune, some in found.items()}


def about(asked: ElectionRound, commune: Commune | None = None) -> str:
    """Return how the letters of a round are found again: all of them, or those to one commune."""
    return f"election_round:{asked.pk}:{commune.code if commune else ''}"


def _written(asked: ElectionRound) -> dict[str, dt.date]:
    letters = Message.objects.filter(epci=asked.epci, about__startswith=about(asked))
    last = letters.values("about").annotate(last=Max("queued_at")).values_list("about", "last")
    return {name.rpartition(":")[2]: moment.astimezone().date() for name, moment in last}


def _since(rows: QuerySet[Any]) -> dict[int, dt.date]:
    """Return the first day in office of each commune, by its key."""
    return dict(rows.order_by(F("starts").desc()).values_list("commune", "starts"))
