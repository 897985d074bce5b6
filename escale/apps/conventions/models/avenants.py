"""Avenants: what they change in a convention, clause by clause, and the dates from which they hold (art. 8)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.holding import FixedOnce
from escale.apps.conventions.models.conventions import SHA256, Convention, of_communes

ANNEX = "annexe"
"""The name by which an avenant changes the planning annexed to the convention (art. 4)."""


class AvenantQuerySet(ScopedQuerySet["Avenant"]):
    """Avenants, cut to an actor."""

    sees = "conventions.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the conventions of the scope."""
        return self.filter(
            Q(convention__epci__siren__in=scope.epcis)
            | (of_communes(scope.communes, "convention__") & Q(frozen_on__isnull=False))
        )


class Avenant(models.Model):
    """One avenant of a convention, numbered from 1 without a gap; one that is given up keeps its number."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="avenants")
    number = models.PositiveSmallIntegerField("numéro")
    purpose = models.CharField("objet", max_length=200)
    text = models.TextField("texte figé", blank=True)
    text_sha256 = models.CharField("empreinte du texte", max_length=SHA256, blank=True)
    frozen_on = models.DateField("envoyé aux assemblées le", null=True, blank=True)
    notified_on = models.DateField("notifié le", null=True, blank=True)
    effect_on = models.DateField("prend effet le", null=True, blank=True)
    stated_on = models.DateField("effet écrit dans l’avenant", null=True, blank=True)
    is_retroactive = models.BooleanField("dit être rétroactif", default=False)
    abandoned_on = models.DateField("abandonné le", null=True, blank=True)

    objects = AvenantQuerySet.as_manager()

    class Meta:
        verbose_name = "avenant"
        ordering = ("convention", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                name="one_avenant_a_number",
                violation_error_message="Cette convention a déjà un avenant de ce numéro.",
            ),
            models.CheckConstraint(name="avenant_is_numbered", condition=Q(number__gte=1) & ~Q(purpose="")),
            models.CheckConstraint(
                name="avenant_is_frozen_whole",
                condition=Q(frozen_on__isnull=True, text="", text_sha256="")
                | (Q(frozen_on__isnull=False) & ~Q(text="") & ~Q(text_sha256="")),
            ),
            models.CheckConstraint(
                name="avenant_takes_effect_once_notified",
                condition=Q(notified_on__isnull=True, effect_on__isnull=True)
                | Q(frozen_on__lte=F("notified_on"), effect_on__isnull=False, abandoned_on__isnull=True),
            ),
            FixedOnce(
                fields=("convention", "number", "text", "text_sha256", "notified_on", "effect_on"),
                known="notified_on",
                name="avenant_is_fixed_by_notification",
                violation_error_message="Un avenant notifié ne change plus ; en faire un autre (art. 8).",
            ),
        ]

    def __str__(self) -> str:
        return f"Avenant n° {self.number}, {self.convention}"


class AvenantClause(models.Model):
    """One thing that an avenant changes: an article, its old and its new value; `name` is a parameter of the text, or the annex.

    `is_under_way` holds on the first line of each article, from the day when the avenant is sent to the councils to its
    notification: an article has one avenant under way at a time.
    """

    avenant = models.ForeignKey(Avenant, models.PROTECT, related_name="clauses")
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="changed_clauses")
    article = models.CharField("article", max_length=20)
    name = models.CharField("paramètre", max_length=60, blank=True)
    old = models.JSONField("avant", null=True, blank=True)
    new = models.JSONField("après", null=True, blank=True)
    wording = models.TextField("nouvelle rédaction de l’article", blank=True)
    is_under_way = models.BooleanField("en cours", default=False)

    class Meta:
        verbose_name = "article modifié"
        ordering = ("avenant", "article", "name")
        constraints = [
            models.UniqueConstraint(fields=["avenant", "article", "name"], name="one_change_of_a_clause"),
            models.UniqueConstraint(
                fields=["convention", "article"],
                condition=Q(is_under_way=True),
                name="one_avenant_of_a_clause_at_a_time",
                violation_error_message="E_AVENANT_CONFLICT : un autre avenant de cet article est en cours.",
            ),
            models.CheckConstraint(name="clause_has_an_article", condition=~Q(article="")),
        ]

    def __str__(self) -> str:
        return f"{self.article} : {self.name}"
