"""A convention between the EPCI and one commune: its text, its terms, and the few dates from which its life follows."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.holding import FixedOnce
from escale.apps.conventions.terms import read_terms
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.models.communes import reaching
from escale.apps.territory.overlap import NoOverlap
from escale.core.convention.terms import Terms

if TYPE_CHECKING:
    from escale.apps.audit.actors import Actor

SHA256 = 64


class Ground(StrEnum):
    """Why a convention ends, once that is certain."""

    DENUNCIATION = "denunciation"
    LAST_RENEWAL = "last_renewal"
    BREACH = "breach"
    AGREEMENT = "agreement"
    GENERAL_INTEREST = "general_interest"
    ANNULMENT = "annulment"


def of_communes(codes: Collection[str], path: str = "") -> Q:
    """Return the condition of what communes answer for: a commune nouvelle took over its former ones (L. 2113-5 CGCT)."""
    return Q(**{f"{path}commune__in": Commune.objects.filter(reaching(code__in=codes)).values("pk")})


class ConventionQuerySet(ScopedQuerySet["Convention"]):
    """Conventions, cut to an actor."""

    sees = "conventions.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and those of its communes."""
        return self.filter(Q(epci__siren__in=scope.epcis) | of_communes(scope.communes))

    def visible_to(self, actor: Actor) -> Self:
        """Return those that an actor sees: all, for a commune those sent to its council, for others those notified."""
        scope = actor.scope(self.sees)
        if scope.everywhere:
            return self.all()
        whole = Q(epci__siren__in=scope.epcis) | (of_communes(scope.communes) & Q(frozen_on__isnull=False))
        public = actor.scope("conventions.see_in_force")
        notified = Q(epci__siren__in=public.epcis) | of_communes(public.communes)
        return self.filter(whole | (notified & Q(notified_on__isnull=False)))

    def in_preparation(self) -> Self:
        """Return those on their way to their effect: neither notified nor given up."""
        return self.filter(notified_on__isnull=True, abandoned_on__isnull=True)


class Convention(models.Model):
    """One convention, whatever its state: that is computed from what is recorded and a date (`queries.state_of`), never stored.

    `commune` is the one that signed: a commune nouvelle takes it over with its name (L. 2113-5 CGCT). The text and the terms are
    fixed once it is notified (art. 8); `ends_on` is its last day, once it is certain.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="conventions")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="conventions")
    model = models.CharField("modèle", max_length=60)
    model_version = models.CharField("version du modèle", max_length=40)
    terms = models.JSONField("paramètres du texte", default=dict)
    values = models.JSONField("champs du texte", default=dict, blank=True)
    annex = models.JSONField("jour habituel annexé", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="fait suite à"
    )
    version = models.PositiveIntegerField("version du brouillon", default=1)
    text = models.TextField("texte figé", blank=True)
    text_sha256 = models.CharField("empreinte du texte", max_length=SHA256, blank=True)
    frozen_on = models.DateField("envoyée aux assemblées le", null=True, blank=True)
    notified_on = models.DateField("notifiée le", null=True, blank=True)
    ends_on = models.DateField("dernier jour", null=True, blank=True)
    ground = models.CharField("motif de la fin", max_length=20, blank=True)
    abandoned_on = models.DateField("abandonnée le", null=True, blank=True)
    archived_on = models.DateField("archivée le", null=True, blank=True)
    created_by = models.CharField("faite par", max_length=80)
    created_at = models.DateTimeField("faite le", default=timezone.now)

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        ordering = ("commune__sort_key", "pk")
        constraints = [
            models.CheckConstraint(name="convention_has_a_model", condition=~Q(model="") & ~Q(model_version="")),
            models.CheckConstraint(
                name="convention_is_frozen_whole",
                condition=Q(frozen_on__isnull=True, text="", text_sha256="")
                | (Q(frozen_on__isnull=False) & ~Q(text="") & ~Q(text_sha256="")),
            ),
            models.CheckConstraint(
                name="convention_is_notified_once_frozen",
                condition=Q(notified_on__isnull=True) | Q(frozen_on__lte=F("notified_on")),
                violation_error_message="La notification ne peut précéder l’envoi du texte aux assemblées.",
            ),
            models.CheckConstraint(
                name="convention_ends_after_its_effect",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("notified_on"), notified_on__isnull=False),
                violation_error_message="Le dernier jour ne peut précéder la prise d’effet.",
            ),
            models.CheckConstraint(
                name="convention_ends_on_a_ground",
                condition=Q(ends_on__isnull=True, ground="")
                | Q(ends_on__isnull=False, ground__in=[ground.value for ground in Ground]),
            ),
            models.CheckConstraint(
                name="convention_is_abandoned_before_effect", condition=Q(abandoned_on__isnull=True) | Q(notified_on__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["commune"],
                condition=Q(notified_on__isnull=False, ends_on__isnull=True),
                name="one_convention_goes_on",
                violation_error_message="E_OVERLAP : une autre convention de cette commune est en vigueur ; y mettre fin.",
            ),
            NoOverlap(
                fields=("commune",),
                name="one_convention_in_force",
                first="notified_on",
                last="ends_on",
                begun=True,
                violation_error_message="E_OVERLAP : une autre convention de cette commune est en vigueur ces jours-là.",
            ),
            FixedOnce(
                fields=("epci", "commune", "model", "model_version", "terms", "annex", "text", "text_sha256", "notified_on"),
                known="notified_on",
                name="convention_is_fixed_by_notification",
                violation_error_message="Une convention notifiée ne change que par un avenant (art. 8).",
            ),
        ]

    def __str__(self) -> str:
        return f"Convention avec {self.commune}"

    @property
    def base_terms(self) -> Terms:
        """The parameters of the text as it was voted, before any avenant."""
        return read_terms(self.terms)
