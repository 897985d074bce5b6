"""What the first pages of the steering read across domains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, Sum

from escale.apps.audit.actors import Actor
from escale.apps.team.models import Leave, Mediator, Occupancy, Post
from escale.apps.territory.dated import holding
from escale.apps.territory.models import BassinDeVie, Commune, Epci, Membership, Premises, Referent


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryFigures:
    """A territory in three figures."""

    communes: int
    population: int
    without_premises: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneLine:
    """A commune in the list: what is known of it today."""

    commune: Commune
    premises: Sequence[Premises]
    referents: Sequence[Referent]


@dataclass(frozen=True, slots=True, kw_only=True)
class BassinLine:
    """A bassin de vie: the communes in it today, and how many workshops are for it."""

    bassin: BassinDeVie
    communes: Sequence[Commune]
    workshops: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post of the team, and who holds it today; None when it is vacant."""

    post: Post
    holder: Mediator | None


def territory_figures(epci: Epci, today: dt.date) -> TerritoryFigures:
    """Count the communes of an EPCI on a day, their people, and those where no place is known."""
    communes = Commune.objects.members_of(epci, today, today)
    total = communes.aggregate(people=Sum("population"))["people"]
    placed = Premises.objects.open_on(today).values("commune")
    return TerritoryFigures(
        communes=communes.count(), population=total or 0, without_premises=communes.exclude(pk__in=placed).count()
    )


def commune_lines(actor: Actor, epci: Epci, today: dt.date) -> list[CommuneLine]:
    """Return the communes of an EPCI on a day, sorted without their article, with what the actor may see of them."""
    communes = Commune.objects.visible_to(actor).members_of(epci, today, today)
    places = Prefetch("premises", Premises.objects.visible_to(actor).open_on(today))
    people = Prefetch("referents", Referent.objects.visible_to(actor).in_charge_on(today))
    return [
        CommuneLine(commune=commune, premises=list(commune.premises.all()), referents=list(commune.referents.all()))
        for commune in communes.prefetch_related(places, people)
    ]


def bassin_lines(actor: Actor, epci: Epci, today: dt.date) -> list[BassinLine]:
    """Return the bassins de vie of an EPCI by their names, each with its communes of a day."""
    members = Membership.objects.filter(holding(today)).select_related("commune").defer("commune__outline")
    rows = BassinDeVie.objects.visible_to(actor).filter(epci=epci)
    used = dict(rows.values_list("pk", Count("workshops")))
    return [
        BassinLine(bassin=row, communes=[each.commune for each in row.memberships.all()], workshops=used[row.pk])
        for row in rows.prefetch_related(Prefetch("memberships", members))
    ]


def communes_for(actor: Actor, epci: Epci, today: dt.date, bassin: BassinDeVie | None = None) -> list[Commune]:
    """Return the communes of a day that may be in a bassin de vie: those that are in none, and its own."""
    free = Q(bassin=None) if bassin is None else Q(bassin=None) | Q(bassin=bassin)
    members = Membership.objects.filter(holding(today), free, epci=epci).values("commune")
    return list(Commune.objects.visible_to(actor).filter(pk__in=members).defer("outline"))


def team_lines(actor: Actor, epci: Epci, today: dt.date) -> list[PostLine]:
    """Return the posts of a day, with who holds them; none for those who do not see the team."""
    posts = Post.objects.visible_to(actor).filter(epci=epci).on(today).select_related("base")
    held = Occupancy.objects.filter(post__in=posts).on(today).select_related("mediator")
    holders = {occupancy.post_id: occupancy.mediator for occupancy in held}
    return [PostLine(post=post, holder=holders.get(post.pk)) for post in posts]


def coming_leaves(actor: Actor, epci: Epci, today: dt.date) -> list[Leave]:
    """Return the leaves of today and after, the nearest first."""
    leaves = Leave.objects.visible_to(actor).filter(mediator__epci=epci, ends__gte=today)
    return list(leaves.select_related("mediator").order_by("starts", "mediator"))
