"""The conventions that bind or bound the communes and the EPCI: acts that anyone may ask for, and where each one stands."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q

from escale.apps.conventions.models import AUTHORISING, Authorisation, Avenant, Convention, Outcome, Party, Signature
from escale.apps.conventions.queries import states_of
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.core.convention.life import STATE_WORDS, Situation, State
from escale.core.convention.periods import Period
from escale.web.opendata.tables import Column, Kind

SHOWN = (State.IN_FORCE, State.IN_NOTICE, State.ENDED, State.TERMINATED, State.ANNULLED, State.ARCHIVED)
"""Where a convention may stand once it is notified: a draft is nobody's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The act by which a party said yes to the text."""

    number: str
    held_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenConvention:
    """A convention that took effect."""

    convention: Convention
    situation: Situation
    votes: Mapping[Party, Vote]
    signed_on: dt.date | None
    avenants: int

    @property
    def period(self) -> Period | None:
        """The period that runs."""
        return self.situation.period


def conventions_of(epcis: Sequence[Epci]) -> list[OpenConvention]:
    """Return the conventions that were notified, sorted as their communes are: the same few questions for any number."""
    by_day: defaultdict[dt.date, list[Epci]] = defaultdict(list)
    for epci in epcis:
        by_day[clock.today(epci)].append(epci)
    found = [one for day, some in by_day.items() for one in _on(day, some)]
    return sorted(found, key=lambda one: (one.convention.commune.sort_key, one.convention.notified_on or dt.date.min))


def _on(day: dt.date, epcis: Sequence[Epci]) -> Iterable[OpenConvention]:
    notified = Convention.objects.filter(epci__in=epcis, notified_on__lte=day)
    rows = notified.select_related("epci", "commune").defer("text", "values", "commune__outline")
    states, votes = states_of(notified, day), _votes(notified)
    signed = dict(_of(Signature, notified, avenant=None).annotate(Max("signed_on")))
    avenants = dict(_of(Avenant, notified, effect_on__lte=day).annotate(Count("pk")))
    return [
        OpenConvention(
            convention=row,
            situation=states[row.pk],
            votes=votes[row.pk],
            signed_on=signed.get(row.pk),
            avenants=avenants.get(row.pk, 0),
        )
        for row in rows
    ]


def _of(model: Any, notified: Any, **which: Any) -> Any:
    """Return what belongs to some conventions, to be counted by convention."""
    return model.objects.filter(convention__in=notified.order_by(), **which).order_by().values_list("convention")


def _votes(notified: Any) -> defaultdict[int, dict[Party, Vote]]:
    """Return the first act of each party on the very text that was frozen, by convention."""
    own = Q()
    for party, kinds in AUTHORISING.items():
        own |= Q(party=party.value, act__kind__in=[kind.value for kind in kinds])
    rows = Authorisation.objects.filter(own, convention__in=notified.order_by(), avenant=None)
    rows = rows.filter(act__outcome=Outcome.ADOPTED.value, text_sha256=F("convention__text_sha256")).order_by("act__held_on")
    found: defaultdict[int, dict[Party, Vote]] = defaultdict(dict)
    for key, voter, number, held_on in rows.values_list("convention", "party", "act__number", "act__held_on"):
        found[key].setdefault(Party(voter), Vote(number=number, held_on=held_on))
    return found


def _number(party: Party) -> Any:
    return lambda one: one.votes[party].number if party in one.votes else ""


def _voted_on(party: Party) -> Any:
    return lambda one: one.votes[party].held_on if party in one.votes else None


COLUMNS: tuple[Column[OpenConvention], ...] = (
    Column(
        name="siren_epci",
        about="SIREN de l’intercommunalité.",
        read=lambda one: one.convention.epci.siren,
        kind=Kind.CODE,
        required=True,
        pattern=r"^\d{9}$",
    ),
    Column(name="epci", about="Nom de l’intercommunalité.", read=lambda one: one.convention.epci.name, required=True),
    Column(
        name="code_insee",
        about="Code INSEE de la commune qui a signé.",
        read=lambda one: one.convention.commune.code,
        kind=Kind.CODE,
        required=True,
        pattern=r"^([013-9]\d|2[AB1-9])\d{3}$",
    ),
    Column(
        name="siren_commune",
        about="SIREN de la commune.",
        read=lambda one: one.convention.commune.siren,
        kind=Kind.CODE,
        pattern=r"^\d{9}$",
    ),
    Column(name="commune", about="Nom de la commune.", read=lambda one: str(one.convention.commune), required=True),
    Column(name="deliberation_commune", about="Numéro de la délibération du conseil municipal.", read=_number(Party.COMMUNE)),
    Column(
        name="deliberation_commune_date",
        about="Séance du conseil municipal.",
        read=_voted_on(Party.COMMUNE),
        kind=Kind.DATE,
    ),
    Column(
        name="deliberation_epci",
        about="Numéro de la délibération de l’intercommunalité (son conseil, ou son Bureau).",
        read=_number(Party.EPCI),
    ),
    Column(name="deliberation_epci_date", about="Séance de cette assemblée.", read=_voted_on(Party.EPCI), kind=Kind.DATE),
    Column(name="signature", about="Jour de la dernière signature.", read=lambda one: one.signed_on, kind=Kind.DATE),
    Column(
        name="prise_effet",
        about="Jour de la notification : la convention prend effet ce jour-là.",
        read=lambda one: one.convention.notified_on,
        kind=Kind.DATE,
        required=True,
    ),
    Column(
        name="etat",
        about="Où en est la convention à la date du fichier.",
        read=lambda one: STATE_WORDS[one.situation.state],
        required=True,
        one_of=tuple(STATE_WORDS[state] for state in SHOWN),
    ),
    Column(
        name="reconduction",
        about="Nombre de reconductions tacites déjà commencées (0 : première période).",
        read=lambda one: one.period.number if one.period else None,
        kind=Kind.WHOLE,
    ),
    Column(
        name="periode_debut",
        about="Premier jour de la période en cours.",
        read=lambda one: one.period.start if one.period else None,
        kind=Kind.DATE,
    ),
    Column(
        name="periode_fin",
        about="Dernier jour de la période en cours.",
        read=lambda one: one.period.end if one.period else None,
        kind=Kind.DATE,
    ),
    Column(
        name="fin",
        about="Dernier jour de la convention, quand il est certain.",
        read=lambda one: one.convention.ends_on,
        kind=Kind.DATE,
    ),
    Column(name="avenants", about="Nombre d’avenants qui ont pris effet.", read=lambda one: one.avenants, kind=Kind.WHOLE),
)

SCHEMA_KEY = ("code_insee", "prise_effet")
"""Two conventions with one commune never begin on the same day."""


def table_schema(address: str) -> dict[str, Any]:
    """Return what describes the columns, as Table Schema does (specs.frictionlessdata.io)."""
    return {
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": "conventions-mediation-numerique",
        "title": "Conventions de médiation numérique entre une intercommunalité et ses communes",
        "description": "Une ligne pour chaque convention qui a pris effet, qu’elle soit en cours ou finie.",
        "version": "1.0.0",
        "licenses": [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0"}],
        "path": address,
        "fields": [column.field for column in COLUMNS],
        "primaryKey": list(SCHEMA_KEY),
        "missingValues": [""],
    }
