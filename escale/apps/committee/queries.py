"""What the pages of the committee ask: the communes without a member, and an agenda drawn from the data."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import QuerySet

from escale.apps.booking.models import Demande
from escale.apps.committee.models import Meeting, MeetingState, Member, Proposal, ProposedAvenant, Trial
from escale.apps.conventions.models import Convention
from escale.apps.conventions.queries import recorded
from escale.apps.evaluation.insights import insights_of
from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.queries import kept_on
from escale.apps.schedule.models import QuestionStatus
from escale.apps.territory.models import Commune, Epci
from escale.core.evaluation.insights import Kind

SATURATED = 3
"""People who wait for a slot, from which on a commune is said to be saturated."""

ON_THE_AGENDA = frozenset({Kind.FULL, Kind.EMPTY, Kind.DEMAND})
"""What the data show that a meeting speaks of without being asked."""

MOST_NAMED = 5
"""How many communes a line of an agenda names; beyond, it counts them."""


def in_force(epci: Epci, on: dt.date) -> list[Convention]:
    """Return the conventions that have taken effect and have not ended on a day, in the order of the communes."""
    rows = recorded(Convention.objects.filter(epci=epci, notified_on__lte=on)).order_by("commune__sort_key")
    return [row for row in rows if row.ends_on is None or row.ends_on >= on]


def communes_without_member(epci: Epci, on: dt.date) -> list[Commune]:
    """Return the communes whose convention is in force and that nobody represents: each is to be invited (art. 6)."""
    seated = set(Member.objects.filter(epci=epci).sitting_on(on).values_list("commune", flat=True))
    found = {row.commune_id: row.commune for row in in_force(epci, on)}
    return [commune for key, commune in found.items() if key not in seated]


def late_of(epci: Epci, on: dt.date) -> list[tuple[Commune, Kept]]:
    """Return the obligations that are late on a day, of both parties, commune by commune."""
    conventions = in_force(epci, on)
    kept = kept_on(conventions, on)
    return [(row.commune, one) for row in conventions for one in kept[row.pk] if one.status is Status.LATE]


def waiting_by_commune(epci: Epci) -> dict[Commune, int]:
    """Return how many people wait for a slot in each commune where some do, the most first."""
    counts = Counter(Demande.objects.filter(epci=epci).waiting().values_list("commune", flat=True))
    communes = {commune.pk: commune for commune in Commune.objects.filter(pk__in=counts).defer("outline")}
    return {communes[key]: count for key, count in counts.most_common()}


def proposed_agenda(epci: Epci, on: dt.date) -> str:
    """Return an agenda drawn from the data, one line a point, for the coordination to edit."""
    was_held = Meeting.objects.filter(epci=epci, state=MeetingState.HELD.value).exists()
    points = ["Approbation du compte rendu précédent"] if was_held else []
    late = Counter(one.obligation.words for _, one in late_of(epci, on))
    points += [f"Point à régler : {words}{_in(count)}" for words, count in late.most_common()]
    seen = [one for one in insights_of(epci, on, with_room=False) if one.kind in ON_THE_AGENDA]
    points += [f"Constat : {one.sentence.rstrip('.')} ({one.articles_words})" for one in seen]
    told = {line.code for one in seen if one.kind is Kind.DEMAND for line in one.lines}
    for commune, count in waiting_by_commune(epci).items():
        if count >= SATURATED and commune.code not in told:
            points.append(f"{commune} : {count} personnes attendent une place")
    for proposal in Proposal.objects.filter(epci=epci).open().prefetch_related("communes").order_by("number"):
        points.append(f"Proposition n° {proposal.number} ({proposal.where}) : {proposal.words}")
    if missing := communes_without_member(epci, on):
        points.append(_unrepresented(missing))
    return "\n".join(f"{rank}. {point}" for rank, point in enumerate([*points, "Questions diverses"], start=1))


def trials_told(proposals: QuerySet[Proposal]) -> list[tuple[int, str]]:
    """Return the number of each proposal that was tried on the planner, with the last answer in one sentence."""
    trials = Trial.objects.filter(proposal__in=proposals, question__status=QuestionStatus.DONE.value)
    last = {
        trial.proposal.number: trial.answer["words"] for trial in trials.select_related("proposal", "question").order_by("pk")
    }
    return sorted(last.items())


def proposals_by_avenant(convention: Convention) -> dict[int, list[Proposal]]:
    """Return the proposals that each avenant of a convention carries out, by the number of the avenant."""
    found: dict[int, list[Proposal]] = {}
    links = ProposedAvenant.objects.filter(avenant__convention=convention).select_related("avenant", "proposal")
    for link in links.order_by("proposal__number"):
        found.setdefault(link.avenant.number, []).append(link.proposal)
    return found


def _unrepresented(communes: list[Commune]) -> str:
    if len(communes) > MOST_NAMED:
        return f"{len(communes)} communes n’ont pas encore de représentant"
    return f"Communes sans représentant : {', '.join(str(commune) for commune in communes)}"


def _in(count: int) -> str:
    return f", dans {count} communes" if count > 1 else ", dans une commune"
