"""What ends a convention, or may: denunciations, mises en demeure, terminations."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from escale.apps.conventions.models.acts import Act
from escale.apps.conventions.models.conventions import Convention, Ground
from escale.apps.conventions.models.parties import PARTIES, Signatory
from escale.apps.conventions.models.signing import Notification


class Denonciation(models.Model):
    """A letter of one party that it will not renew (art. 5-1); whether it has effect is computed (`queries.qualified`)."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="denonciations")
    author = models.CharField("auteur", max_length=8)
    notification = models.OneToOneField(Notification, models.PROTECT, related_name="denonciation")
    aims_at = models.DateField("terme visé", null=True, blank=True)
    states_fallback = models.BooleanField("vaut à défaut pour le terme suivant", default=True)
    act = models.ForeignKey(Act, models.PROTECT, null=True, blank=True, related_name="denonciations")
    epci_accepts_on = models.DateField("retrait accepté par l’EPCI le", null=True, blank=True)
    commune_accepts_on = models.DateField("retrait accepté par la commune le", null=True, blank=True)
    withdrawn_on = models.DateField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "dénonciation"
        verbose_name_plural = "dénonciations"
        ordering = ("notification__sent", "pk")
        constraints = [
            models.CheckConstraint(name="denunciation_of_a_party", condition=Q(author__in=PARTIES)),
            models.CheckConstraint(
                name="denunciation_is_withdrawn_by_both",
                condition=Q(withdrawn_on__isnull=True)
                | Q(epci_accepts_on__lte=F("withdrawn_on"), commune_accepts_on__lte=F("withdrawn_on")),
                violation_error_message="Une dénonciation se retire avec l’accord écrit des deux parties.",
            ),
        ]

    def __str__(self) -> str:
        return f"Dénonciation, {self.convention}"


class CureOutcome(StrEnum):
    """How a mise en demeure is closed."""

    CURED = "cured"
    DROPPED = "dropped"


class MiseEnDemeure(models.Model):
    """A party asks the other one to keep its word, within a month (art. 5-2)."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="mises_en_demeure")
    author = models.CharField("auteur", max_length=8)
    articles = models.JSONField("articles méconnus", default=list)
    facts = models.TextField("faits")
    expected = models.TextField("ce qui est attendu")
    notification = models.OneToOneField(Notification, models.PROTECT, related_name="mise_en_demeure")
    closed_on = models.DateField("close le", null=True, blank=True)
    outcome = models.CharField("issue", max_length=8, blank=True)
    reasons = models.TextField("motifs", blank=True)

    class Meta:
        verbose_name = "mise en demeure"
        verbose_name_plural = "mises en demeure"
        ordering = ("notification__sent", "pk")
        constraints = [
            models.CheckConstraint(
                name="formal_notice_says_what",
                condition=Q(author__in=PARTIES) & ~Q(facts="") & ~Q(expected="") & ~Q(articles=[]),
                violation_error_message="Dire les faits, les articles méconnus et ce qui est attendu.",
            ),
            models.CheckConstraint(
                name="formal_notice_is_closed_whole",
                condition=Q(closed_on__isnull=True, outcome="")
                | Q(closed_on__isnull=False, outcome__in=[outcome.value for outcome in CureOutcome]),
            ),
        ]

    def __str__(self) -> str:
        return f"Mise en demeure, {self.convention}"


class Termination(models.Model):
    """What ends a convention before its term: a breach, both parties, the general interest, or a court."""

    convention = models.OneToOneField(Convention, models.PROTECT, related_name="termination")
    ground = models.CharField("motif", max_length=20)
    decided_on = models.DateField("décidée le")
    last_day = models.DateField("dernier jour")
    author = models.CharField("auteur", max_length=8, blank=True)
    reasons = models.TextField("motifs", blank=True)
    mise_en_demeure = models.ForeignKey(
        MiseEnDemeure, models.PROTECT, null=True, blank=True, related_name="terminations", verbose_name="mise en demeure"
    )
    notification = models.OneToOneField(Notification, models.PROTECT, null=True, blank=True, related_name="termination")
    epci_signatory = models.ForeignKey(Signatory, models.PROTECT, null=True, blank=True, related_name="+")
    epci_signed_on = models.DateField("signée par l’EPCI le", null=True, blank=True)
    commune_signatory = models.ForeignKey(Signatory, models.PROTECT, null=True, blank=True, related_name="+")
    commune_signed_on = models.DateField("signée par la commune le", null=True, blank=True)
    document = models.CharField("pièce", max_length=200)

    class Meta:
        verbose_name = "résiliation"
        verbose_name_plural = "résiliations"
        ordering = ("decided_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="termination_is_written",
                condition=~Q(document=""),
                violation_error_message="Une résiliation est formalisée par écrit (art. 5-2) : joindre la pièce.",
            ),
            models.CheckConstraint(
                name="termination_has_its_ground",
                condition=Q(
                    ground=Ground.BREACH.value, mise_en_demeure__isnull=False, notification__isnull=False, author__in=PARTIES
                )
                | Q(
                    ground=Ground.AGREEMENT.value,
                    epci_signatory__isnull=False,
                    epci_signed_on__isnull=False,
                    commune_signatory__isnull=False,
                    commune_signed_on__isnull=False,
                )
                | (Q(ground=Ground.GENERAL_INTEREST.value, notification__isnull=False, author__in=PARTIES) & ~Q(reasons=""))
                | Q(ground=Ground.ANNULMENT.value),
                violation_error_message="Il manque ce que ce motif demande : mise en demeure, signatures ou motifs.",
            ),
        ]

    def __str__(self) -> str:
        return f"Résiliation, {self.convention}"
