"""Bring an EPCI and its communes in from a source; a second time, update them and tell what differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import areas, catalogue, clock
from escale.apps.territory.actions.communes import name_columns
from escale.apps.territory.addresses import give_addresses
from escale.apps.territory.dated import meeting
from escale.apps.territory.differences import Differences
from escale.apps.territory.models import Commune, Epci, Membership, Setting
from escale.apps.territory.names import is_doubtful, propose
from escale.apps.territory.records import CommuneRecord, TerritoryRecord

FIELDS = {
    "siren": "SIREN",
    "latitude": "position",
    "longitude": "position",
    "postal_codes": "codes postaux",
    "outline": "contour",
    "elides": "forme du nom",
    "contracts": "forme du nom",
}
"""What is corrected without a line of its own, with its French name."""


@dataclass(slots=True)
class _Findings:
    """Differences while they are found."""

    renamed: list[tuple[str, str]] = field(default_factory=list)
    counted: list[tuple[str, int | None, int | None]] = field(default_factory=list)
    corrected: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


@transaction.atomic
def import_territory(*, actor: Actor, source: TerritoryRecord) -> Differences:
    """Create or update an EPCI and its communes, and return what differs. Nothing is deleted, no membership ended.

    What someone wrote by hand stays where the source says nothing, and so do the French forms of a name that the source
    writes as before. Raise ValidationError, and write nothing, when a commune is in another EPCI today.
    """
    epci = Epci.objects.select_for_update().filter(siren=source.siren).first()
    require(actor, "territory.import", epci or source.siren)
    is_new = epci is None
    epci = epci or _create_epci(source)
    known = {
        commune.code: commune
        for commune in Commune.objects.select_for_update().filter(code__in=[record.code for record in source.communes])
    }
    findings = _Findings()
    names = {commune.search for commune in known.values()}
    for record in source.communes:
        if record.code in known:
            _update(known[record.code], record, findings)
    new = [record for record in source.communes if record.code not in known]
    _refuse_taken_sirens(new)
    for commune in Commune.objects.bulk_create(_commune_of(record) for record in new):
        known[commune.code] = commune
    give_addresses(names | {commune.search for commune in known.values()})
    joined = _join(epci, known, is_new=is_new)
    gone = Commune.objects.members_of(epci, clock.today(epci), clock.today(epci)).exclude(code__in=known)
    differences = Differences(
        added=_names(joined),
        renamed=tuple(findings.renamed),
        counted=tuple(findings.counted),
        corrected=tuple(findings.corrected),
        gone=_names(gone),
        unplaced=_names(commune for commune in known.values() if commune.position is None),
        doubtful=tuple(record.name.de for record in new if is_doubtful(record.name) and not record.name.elides),
    )
    events.record(
        "territory.imported",
        actor=actor,
        epci=epci.siren,
        subject=epci,
        added=len(joined),
        renamed=len(findings.renamed),
        counted=len(findings.counted),
        corrected=len(findings.corrected),
        gone=len(differences.gone),
    )
    return differences


def _create_epci(source: TerritoryRecord) -> Epci:
    """Create the EPCI, with the choices that its département decides, written where they can be seen and changed."""
    department = areas.main_department(record.code for record in source.communes)
    epci = Epci(siren=source.siren, name=source.name.strip(), time_zone=areas.time_zone(department))
    if source.service_name:
        epci.service_name = source.service_name
    epci.full_clean()
    epci.save()
    choices = {
        catalogue.HOLIDAY_AREA.key: areas.holiday_area(department),
        catalogue.SCHOOL_ZONE.key: areas.school_zone(department),
    }
    Setting.objects.bulk_create(
        Setting(epci=epci, key=key, value=value.value) for key, value in choices.items() if value is not None
    )
    return epci


def _values(record: CommuneRecord) -> dict[str, Any]:
    """Return what the source says of a commune; what it does not say is left out."""
    said = {
        "siren": record.siren,
        "population": record.population,
        "latitude": record.latitude,
        "longitude": record.longitude,
        "postal_codes": list(record.postal_codes) or None,
        "outline": record.outline,
    }
    return {name: value for name, value in said.items() if value is not None}


def _commune_of(record: CommuneRecord) -> Commune:
    return Commune(code=record.code, **name_columns(record.name), **_values(record))


def _update(commune: Commune, record: CommuneRecord, findings: _Findings) -> None:
    changed = {name: value for name, value in _values(record).items() if getattr(commune, name) != value}
    known, before = commune.place_name, commune.place_name.full
    # A form that was only proposed gives way to one that the source knows; a form written by hand does not.
    if before == record.name.full and known == propose(before) and known != record.name:
        changed |= {"elides": record.name.elides, "contracts": record.name.contracts}
    if "population" in changed:
        findings.counted.append((record.name.full, commune.population, record.population))
    if corrected := [words for name, words in FIELDS.items() if name in changed]:
        findings.corrected.append((record.name.full, tuple(dict.fromkeys(corrected))))
    if before != record.name.full:
        changed |= name_columns(record.name)
        findings.renamed.append((before, record.name.full))
    if not changed:
        return
    for name, value in changed.items():
        setattr(commune, name, value)
    try:
        commune.full_clean()
    except ValidationError as error:
        raise ValidationError([f"{before} ({record.code}) : {message}" for message in error.messages]) from error
    commune.save()


def _refuse_taken_sirens(new: list[CommuneRecord]) -> None:
    """Raise ValidationError when a new commune has the SIREN of one that is there under another code."""
    sirens = {record.siren: record for record in new if record.siren}
    taken = [
        f"{sirens[str(commune.siren)].name.full} : le SIREN {commune.siren} est déjà celui de {commune} "
        f"({commune.code}) ; corriger l’un des deux."
        for commune in Commune.objects.filter(siren__in=sirens)
    ]
    if taken:
        raise ValidationError(taken)


def _join(epci: Epci, communes: dict[str, Commune], *, is_new: bool) -> list[Commune]:
    """Make the communes members of the EPCI: since always at its first import, since today afterwards."""
    today = clock.today(epci)
    standing = {
        membership.commune_id: membership
        for membership in Membership.objects.filter(meeting(today, None), commune__in=communes.values()).select_related("epci")
    }
    elsewhere = [
        f"{commune} ({commune.code}) est membre de {standing[commune.pk].epci} ; clore d’abord cette appartenance."
        for commune in communes.values()
        if commune.pk in standing and standing[commune.pk].epci_id != epci.pk
    ]
    if elsewhere:
        raise ValidationError(elsewhere)
    joined = [commune for commune in communes.values() if commune.pk not in standing]
    has_left = set(Membership.objects.filter(commune__in=joined).values_list("commune", flat=True))
    Membership.objects.bulk_create(
        Membership(epci=epci, commune=commune, starts=None if is_new and commune.pk not in has_left else today)
        for commune in joined
    )
    return joined


def _names(communes: Any) -> tuple[str, ...]:
    return tuple(commune.place_name.full for commune in sorted(communes, key=lambda commune: commune.sort_key))
