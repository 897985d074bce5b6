"""Communes, their place in an EPCI from one date to another, and the roads between them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.territory import clock
from escale.apps.territory.dated import Dated, holding, meeting
from escale.apps.territory.models.ages import WithAges
from escale.apps.territory.models.epcis import Epci
from escale.apps.territory.names import Article, PlaceName, normalised
from escale.apps.territory.overlap import NoOverlap

POSITION = (Q(latitude__isnull=True) & Q(longitude__isnull=True)) | (
    # A comparison with NULL is neither true nor false, and a check that is not false passes: say that both are there.
    Q(latitude__isnull=False) & Q(longitude__isnull=False) & Q(latitude__range=(-90, 90)) & Q(longitude__range=(-180, 180))
)
"""A position is whole or missing, and it is on Earth."""


MERGERS_FOLLOWED = 4
"""How many mergers in a row are followed: no commune has lived through more."""


def reaching(**condition: object) -> Q:
    """Return the condition of the communes that meet another one, themselves or by a commune that they have become."""
    found = Q()
    for level in range(MERGERS_FOLLOWED + 1):
        found |= Q(**{f"{'merged_into__' * level}{name}": value for name, value in condition.items()})
    return found


class CommuneQuerySet(ScopedQuerySet["Commune"]):
    """Communes, cut to an actor, a date, or the words of a search."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return the communes of the scope, and those that are or were in an EPCI of the scope."""
        member = Membership.objects.filter(epci__siren__in=scope.epcis).values("commune")
        return self.filter(Q(code__in=scope.communes) | Q(pk__in=member))

    def members_of(self, epci: Epci, first: dt.date, last: dt.date) -> Self:
        """Return the communes that are in an EPCI on at least one day of a period."""
        member = Membership.objects.filter(meeting(first, last), epci=epci).values("commune")
        return self.filter(meeting(first, last), pk__in=member)

    def served_in(self, epci: Epci, first: dt.date, last: dt.date) -> Self:
        """Return the members of a period, and the communes that have merged into one of them.

        What a former commune agreed is still served there until its term, in the commune nouvelle (L. 2113-5 CGCT).
        """
        members = Commune.objects.members_of(epci, first, last).values("pk")
        return self.filter(reaching(pk__in=members))

    def matching(self, words: str) -> Self:
        """Return the communes whose name holds every word, whatever the accents and the case."""
        found = self
        for word in normalised(words).split():
            found = found.filter(search__contains=word)
        return found


class Commune(WithAges, Dated):
    """A commune, by its INSEE code. Its dates say since when and until when it exists: communes merge and split."""

    code = models.CharField("code INSEE", max_length=5, unique=True)
    siren = models.CharField("SIREN", max_length=9, null=True, blank=True, unique=True)
    name = models.CharField("nom sans article", max_length=80)
    article = models.CharField("article", max_length=3, blank=True)
    elides = models.BooleanField("« d’ » au lieu de « de »", default=False)
    contracts = models.BooleanField("l’article se contracte", default=False)
    sort_key = models.CharField(max_length=80, editable=False, db_index=True)
    search = models.CharField(max_length=90, editable=False)
    slug = models.SlugField("adresse de sa page", max_length=100, null=True, blank=True, unique=True, editable=False)
    population = models.PositiveIntegerField("population", null=True, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    postal_codes = models.JSONField("codes postaux", default=list, blank=True)
    outline = models.JSONField("contour", null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = CommuneQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "commune"
        ordering = ("sort_key", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            *WithAges.Meta.constraints,
            models.CheckConstraint(name="commune_code_has_five_signs", condition=Exact(Length("code"), 5)),
            models.CheckConstraint(
                name="commune_siren_has_nine_digits", condition=Q(siren__isnull=True) | Q(Exact(Length("siren"), 9))
            ),
            models.CheckConstraint(name="commune_is_named", condition=~Q(name="") & ~Q(sort_key="") & ~Q(search="")),
            models.CheckConstraint(
                name="commune_article_is_french", condition=Q(article__in=[article.value for article in Article])
            ),
            models.CheckConstraint(
                name="commune_elides_without_article", condition=Q(elides=False) | Q(article=Article.NONE.value)
            ),
            models.CheckConstraint(
                name="commune_contracts_an_article", condition=Q(contracts=False) | ~Q(article=Article.NONE.value)
            ),
            models.CheckConstraint(
                name="commune_15_within_population",
                condition=Q(population_15__isnull=True) | Q(population__isnull=True) | Q(population_15__lte=F("population")),
                violation_error_message="Les habitants de 15 ans et plus ne peuvent dépasser la population.",
            ),
            models.CheckConstraint(
                name="commune_60_within_population",
                condition=Q(population_60__isnull=True) | Q(population__isnull=True) | Q(population_60__lte=F("population")),
                violation_error_message="Les habitants de 60 ans et plus ne peuvent dépasser la population.",
            ),
            models.CheckConstraint(
                name="commune_position",
                condition=POSITION,
                violation_error_message="Donner la latitude et la longitude ensemble, en degrés.",
            ),
            models.CheckConstraint(name="commune_merges_into_another", condition=~Q(merged_into=F("id"))),
        ]

    def __str__(self) -> str:
        return self.place_name.full

    @property
    def place_name(self) -> PlaceName:
        """The name with its French forms."""
        return PlaceName(bare=self.name, article=Article(self.article), elides=self.elides, contracts=self.contracts)

    @property
    def became(self) -> tuple[Commune, ...]:
        """The communes that it has merged into, one after the other."""
        found: tuple[Commune, ...] = ()
        last = self
        while last.merged_into is not None and len(found) < MERGERS_FOLLOWED:
            last = last.merged_into
            found += (last,)
        return found

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, None when they are not known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


def communes_answered_for(scope: Scope) -> models.QuerySet[Commune]:
    """Return the communes of a scope as of today: what is there (places, people) leaves with the commune, or merges with it."""
    member = Membership.objects.filter(holding(clock.today()), epci__siren__in=scope.epcis).values("commune")
    return Commune.objects.filter(reaching(code__in=scope.communes) | reaching(pk__in=member))


class BassinDeVieQuerySet(ScopedQuerySet["BassinDeVie"]):
    """The bassins de vie of the EPCIs that an actor answers for."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return the bassins of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class BassinDeVie(models.Model):
    """Communes whose agents are trained together (art. 4): drawn by the EPCI."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="bassins")
    name = models.CharField("nom", max_length=80)

    objects = BassinDeVieQuerySet.as_manager()

    class Meta:
        verbose_name = "bassin de vie"
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["epci", "name"], name="one_bassin_of_a_name"),
            models.CheckConstraint(name="bassin_is_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    """Who is in which EPCI, cut to an actor."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return the memberships in the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Return the memberships that hold on at least one day of a period."""
        return self.filter(meeting(first, last))


class Membership(Dated):
    """A commune in an EPCI; never in two on the same day."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="memberships")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="memberships")
    bassin = models.ForeignKey(BassinDeVie, models.SET_NULL, null=True, blank=True, related_name="memberships")

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "appartenance"
        ordering = ("commune__sort_key", "starts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            NoOverlap(
                fields=("commune",),
                name="one_epci_at_a_time",
                violation_error_message="La commune est déjà dans un EPCI à ces dates ; clore d’abord l’autre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune} ({self.epci})"


class HandDistanceQuerySet(ScopedQuerySet["HandDistance"]):
    """Distances set by hand in the EPCIs that an actor answers for."""

    sees = "territory.see"

    def within(self, scope: Scope) -> Self:
        """Return the distances of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)


class HandDistance(models.Model):
    """The road between two communes as someone measured it: it wins over the estimate, and serves without positions."""

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="distances")
    first = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    second = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    hectometres = models.PositiveIntegerField("hectomètres")

    objects = HandDistanceQuerySet.as_manager()

    class Meta:
        verbose_name = "distance"
        ordering = ("epci", "first", "second")
        constraints = [
            models.UniqueConstraint(fields=["epci", "first", "second"], name="one_distance_of_a_pair"),
            models.CheckConstraint(name="distance_of_an_ordered_pair", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.second} : {self.hectometres / 10} km"
