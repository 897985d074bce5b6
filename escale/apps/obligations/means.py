"""What the house knows of the means of a team on a day: kits, trainings, habilitations, meeting rooms (art. 3-2 and 7)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from escale.apps.conventions.many import among
from escale.apps.obligations.spans import Span
from escale.apps.team.kits import KitOnDay, kits_on
from escale.apps.team.models import Habilitation, Kit, MeetingRoom, Occupancy, StructureHabilitation, Training
from escale.apps.team.skills import SkillLine, skill_lines
from escale.apps.territory.catalogue import CERTIFICATION_GRACE_DAYS, KIT_ALLOCATION
from escale.apps.territory.dated import meeting
from escale.apps.territory.queries import values_of
from escale.core.team.equipment import KitAllocation


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """The means of one EPCI; `tells_*` says whether anybody ever wrote of them: what nobody wrote of is not measured."""

    allocation: KitAllocation
    posts: frozenset[int]
    kits: Sequence[KitOnDay]
    people: Sequence[SkillLine]
    rooms: Sequence[Span]
    tells_trainings: bool
    tells_habilitations: bool


def means_of(epcis: Collection[int], on: dt.date) -> dict[int, Means]:
    """Return the means of some EPCIs on a day; the number of queries is the same for one and for a country."""
    allocation, grace = values_of(KIT_ALLOCATION), values_of(CERTIFICATION_GRACE_DAYS)
    kits: defaultdict[int, list[KitOnDay]] = defaultdict(list)
    for kit in kits_on(Kit.objects.filter(among(list(epcis), "epci")).on(on), on):
        kits[kit.kit.epci_id].append(kit)
    people: defaultdict[int, list[SkillLine]] = defaultdict(list)
    for line in skill_lines(Occupancy.objects.filter(among(list(epcis), "post__epci")), on, grace=grace):
        people[line.mediator.epci_id].append(line)
    rooms, posts = _rooms(epcis), _posts(epcis, on)
    trained = set(Training.objects.order_by().values_list("mediator__epci", flat=True).distinct())
    told = set(Habilitation.objects.order_by().values_list("mediator__epci", flat=True).distinct())
    told |= set(StructureHabilitation.objects.order_by().values_list("epci", flat=True).distinct())
    return {
        epci: Means(
            allocation=allocation(epci),
            posts=frozenset(posts.get(epci, ())),
            kits=kits[epci],
            people=people[epci],
            rooms=rooms.get(epci, ()),
            tells_trainings=epci in trained,
            tells_habilitations=epci in told,
        )
        for epci in epcis
    }


def _rooms(epcis: Collection[int]) -> Mapping[int, Sequence[Span]]:
    found: defaultdict[int, list[Span]] = defaultdict(list)
    for epci, starts, ends in MeetingRoom.objects.filter(among(list(epcis), "epci")).values_list("epci", "starts", "ends"):
        found[epci].append((starts, ends))
    return found


def _posts(epcis: Collection[int], on: dt.date) -> Mapping[int, set[int]]:
    """Return the posts that someone holds on the day, by EPCI."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Occupancy.objects.filter(among(list(epcis), "post__epci"), meeting(on, on), meeting(on, on, "post__"))
    for epci, post in rows.values_list("post__epci", "post"):
        found[epci].add(post)
    return found
