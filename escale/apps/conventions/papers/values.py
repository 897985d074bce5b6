"""What fills the blanks of a text: the commune, who signs, the acts of both assemblies, the dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from escale.apps.conventions.models import (
    AUTHORISING,
    Act,
    ActKind,
    Avenant,
    Convention,
    Party,
    Signatory,
    Signature,
)
from escale.apps.conventions.models import Gender as KeptGender
from escale.apps.conventions.papers.texts import model_of
from escale.apps.conventions.succession import heir_of, party_name
from escale.apps.documents.files import bytes_of
from escale.apps.documents.models import StoredFile
from escale.apps.territory.catalogue import DATA_CONTACT, DATA_OFFICER
from escale.apps.territory.dated import holding
from escale.apps.territory.queries import value_of
from escale.core.convention import placeholders
from escale.core.convention.placeholders import BLANK, Blank, Gender, Kind, Place, Placeholder, Value
from escale.core.documents.tree import Picture

GENDERS = {KeptGender.FEMININE: Gender.FEMININE, KeptGender.MASCULINE: Gender.MASCULINE}
SETTINGS = {"data_contact": DATA_CONTACT, "data_officer": DATA_OFFICER}
"""Blanks that an EPCI fills once for all its conventions."""

ORGANS = {ActKind.BUREAU: "Bureau communautaire", ActKind.EPCI_COUNCIL: "Conseil communautaire"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptName:
    """The name of a commune as a text says it, or said it on the day when it was frozen."""

    full: str
    de: str
    at: str


def values_of(convention: Convention, *, avenant: Avenant | None = None, on: dt.date) -> dict[str, Value]:
    """Return what is known of a text on a day; what is not is left out. What people typed gives way to what is recorded."""
    found = _of_the_epci(convention) | _typed(convention)
    found["commune"] = convention.commune.place_name if avenant is None else _party(convention, avenant.frozen_on or on)
    for party in Party:
        if (signatory := signatory_of(convention, party, on, avenant=avenant)) is not None:
            found[f"{party.value}_signatory"] = signatory
        found |= _of_act(act_of(convention, party), f"{party.value}_deliberation")
        if avenant is not None:
            found |= _of_act(act_of(convention, party, avenant), f"avenant_{party.value}_deliberation")
    if avenant is not None and (act := act_of(convention, Party.EPCI, avenant)) is not None:
        found["avenant_epci_organ"] = ORGANS[ActKind(act.kind)]
    if convention.notified_on:
        found["convention_notified_on"] = convention.notified_on
    signed = [one.signed_on for one in _signatures(convention, avenant)]
    # The day is written by hand on what is signed by hand.
    found["signed_on"] = max(signed) if len(signed) == len(Party) else BLANK
    return found


def act_of(convention: Convention, party: Party, avenant: Avenant | None = None) -> Act | None:
    """Return the act by which an assembly adopted the text that was frozen; None before the vote."""
    sha256 = (avenant or convention).text_sha256
    votes = [
        one.act
        for one in convention.authorisations.all()
        if one.avenant_id == (avenant.pk if avenant else None) and one.party == party and one.text_sha256 == sha256
    ]
    # Whoever voted the convention « and its avenants » has voted this one too.
    covering = [one.act for one in convention.authorisations.all() if avenant and one.party == party and one.covers_avenants]
    adopted = [act for act in (*covering, *votes) if act.number and act.kind in AUTHORISING[party] and act.outcome == "adopted"]
    return adopted[-1] if adopted else None


def signatory_of(
    convention: Convention, party: Party, on: dt.date, *, avenant: Avenant | None = None
) -> placeholders.Signatory | None:
    """Return who signed for a party, else who is in office on a day; None when nobody is named."""
    signed = [one.signatory for one in _signatures(convention, avenant) if one.party == party]
    person = signed[0] if signed else person_in_office(convention, party, on)
    return None if person is None else written_person(person)


def person_in_office(convention: Convention, party: Party, on: dt.date) -> Signatory | None:
    """Return who signs for a party on a day; for a commune that has merged, whoever signs for the commune nouvelle."""
    commune = heir_of(convention.commune, on) if party is Party.COMMUNE else None
    return Signatory.objects.filter(holding(on), epci=convention.epci, commune=commune).order_by("starts", "pk").last()


def written_person(person: Signatory) -> placeholders.Signatory:
    """Return someone who signs as texts write them."""
    name = f"{person.first_name} {person.last_name}".strip()
    return placeholders.Signatory(name=name, title=person.title, gender=GENDERS[KeptGender(person.gender)])


def with_room(declared: Mapping[str, Placeholder], values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values with room left for what only the vote brings."""
    return {name: BLANK for name, one in declared.items() if one.after_vote} | dict(values)


def kept_values(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return the values as they are kept beside what they filled."""
    return {name: _kept(value) for name, value in sorted(values.items()) if not isinstance(value, Blank)}


def _kept(value: Value) -> Any:
    match value:
        case str():
            return value
        case dt.date():
            return value.isoformat()
        case placeholders.Signatory():
            return {"name": value.name, "title": value.title, "gender": value.gender.value if value.gender else ""}
        case Picture() | Blank():
            return {"words": value.alternative if isinstance(value, Picture) else value.words}
    return {"full": value.full, "de": value.de, "at": value.at}


def read_kept(declared: Mapping[str, Placeholder], kept: Mapping[str, Any]) -> dict[str, Value]:
    """Return the values that were kept, as texts take them."""
    found: dict[str, Value] = {}
    for name, value in kept.items():
        if name in declared and (read := _read(declared[name], value)) is not None:
            found[name] = read
    return found


def _of_the_epci(convention: Convention) -> dict[str, Value]:
    chosen = {name: value_of(convention.epci, parameter) for name, parameter in SETTINGS.items()}
    return {name: value for name, value in chosen.items() if value and name in model_of(convention).placeholders}


def _party(convention: Convention, on: dt.date) -> Place:
    """Return the commune as a text of a day names it: with the commune nouvelle that it has become, where it has."""
    signed = convention.commune.place_name
    named = party_name(convention, on).removeprefix("la commune ")
    return signed if named == signed.de else KeptName(full=signed.full, de=named, at=signed.at)


def _typed(convention: Convention) -> dict[str, Value]:
    declared = model_of(convention).placeholders
    read = {name: _read(declared[name], value) for name, value in convention.values.items() if name in declared}
    return {name: value for name, value in read.items() if value is not None}


def _read(placeholder: Placeholder, value: Any) -> Value | None:
    """Return a value that people typed; None for one that its blank cannot take: it is asked for again."""
    match placeholder.kind, value:
        case ((Kind.TEXT | Kind.NUMBER), str()):
            return value.strip() or None
        case Kind.DATE, str():
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                return None
        case Kind.IMAGE, int():
            file = StoredFile.objects.filter(pk=value).first()
            return None if file is None else Picture(content=bytes_of(file), alternative=placeholder.label)
        case Kind.COMMUNE, {"full": str(full), "de": str(de), "at": str(at)}:
            return KeptName(full=full, de=de, at=at)
        case Kind.SIGNATORY, {"name": str(name), "title": str(title), "gender": str(gender)} if gender in list(Gender):
            return placeholders.Signatory(name=name, title=title, gender=Gender(gender))
    return None


def _of_act(act: Act | None, name: str) -> dict[str, Value]:
    return {} if act is None else {f"{name}_number": act.number, f"{name}_date": act.held_on}


def _signatures(convention: Convention, avenant: Avenant | None) -> list[Signature]:
    wanted = avenant.pk if avenant else None
    return [one for one in convention.signatures.all() if one.avenant_id == wanted]
