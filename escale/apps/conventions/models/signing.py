"""Signatures, notifications and originals: what makes a text that was voted one that binds."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import F, Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.models.avenants import Avenant
from escale.apps.conventions.models.conventions import SHA256, Convention
from escale.apps.conventions.models.parties import PARTIES, Signatory
from escale.core.convention.letters import Channel, Letter, Returned


class Method(StrEnum):
    """How a text is signed, by the levels of eIDAS."""

    PAPER = "PAPIER"
    SIMPLE = "SES"
    ADVANCED = "AES"
    ADVANCED_QUALIFIED_CERTIFICATE = "AES_QC"
    QUALIFIED = "QES"


class Matter(StrEnum):
    """What is notified."""

    CONVENTION = "convention"
    AVENANT = "avenant"
    DENUNCIATION = "denonciation"
    FORMAL_NOTICE = "mise_en_demeure"
    TERMINATION = "resiliation"


NUMBERED = (Channel.LRAR, Channel.LRE)
"""The channels whose letters have a number."""


class Signature(models.Model):
    """The signature of one party under a convention, or under one of its avenants: one for each party, no third one."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="signatures")
    avenant = models.ForeignKey(Avenant, models.PROTECT, null=True, blank=True, related_name="signatures")
    party = models.CharField("partie", max_length=8)
    signatory = models.ForeignKey(Signatory, models.PROTECT, related_name="signatures")
    signed_on = models.DateField("signée le")
    method = models.CharField("procédé", max_length=8, default=Method.PAPER.value)
    reference = models.CharField("certificat, fichier", max_length=200, blank=True)
    override = models.TextField("passé outre, motif du juriste", blank=True)

    class Meta:
        verbose_name = "signature"
        ordering = ("signed_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="signature_of_a_party", condition=Q(party__in=PARTIES, method__in=[method.value for method in Method])
            ),
            models.UniqueConstraint(
                fields=["convention", "party"],
                condition=Q(avenant__isnull=True),
                name="one_signature_a_party",
                violation_error_message="E_SIGNED_ALREADY : cette partie a déjà signé.",
            ),
            models.UniqueConstraint(
                fields=["avenant", "party"],
                condition=Q(avenant__isnull=False),
                name="one_signature_a_party_of_an_avenant",
                violation_error_message="E_SIGNED_ALREADY : cette partie a déjà signé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signatory}, {self.signed_on}"


class NotificationQuerySet(ScopedQuerySet["Notification"]):
    """Notifications, cut to an actor."""

    sees = "conventions.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the conventions of the scope."""
        return self.filter(Q(convention__epci__siren__in=scope.epcis) | Q(convention__commune__code__in=scope.communes))


class Notification(models.Model):
    """Something written on its way to the other party, and what became of it."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="notifications")
    avenant = models.ForeignKey(Avenant, models.PROTECT, null=True, blank=True, related_name="notifications")
    matter = models.CharField("objet", max_length=16)
    sender = models.CharField("expéditeur", max_length=8)
    channel = models.CharField("voie", max_length=16)
    number = models.CharField("numéro du recommandé", max_length=40, blank=True)
    sent = models.DateField("envoyée le")
    presented = models.DateField("première présentation", null=True, blank=True)
    delivered = models.DateField("remise le", null=True, blank=True)
    returned = models.CharField("revenue", max_length=12, blank=True)
    proof = models.CharField("pièce", max_length=200, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "notification"
        ordering = ("sent", "pk")
        constraints = [
            models.CheckConstraint(
                name="notification_is_known",
                condition=Q(
                    matter__in=[matter.value for matter in Matter],
                    sender__in=PARTIES,
                    channel__in=[channel.value for channel in Channel],
                    returned__in=["", *(returned.value for returned in Returned)],
                ),
            ),
            models.CheckConstraint(
                name="notification_goes_forward",
                condition=(Q(presented__isnull=True) | Q(presented__gte=F("sent")))
                & (Q(delivered__isnull=True) | Q(delivered__gte=F("sent")))
                & (Q(delivered__isnull=True) | Q(presented__isnull=True) | Q(delivered__gte=F("presented"))),
                violation_error_message="Une lettre est envoyée, puis présentée, puis remise ; corriger une des dates.",
            ),
            models.CheckConstraint(
                name="notification_has_one_fate",
                condition=Q(returned="") | Q(delivered__isnull=True),
                violation_error_message="Une lettre remise n’est pas revenue ; garder l’un ou l’autre.",
            ),
            models.CheckConstraint(
                name="registered_letter_is_numbered",
                condition=~Q(channel__in=[channel.value for channel in NUMBERED]) | ~Q(number=""),
                violation_error_message="Donner le numéro de la lettre recommandée.",
            ),
            models.UniqueConstraint(
                fields=["channel", "number"],
                condition=~Q(number=""),
                name="one_letter_a_number",
                violation_error_message="E_LETTER_KNOWN : une lettre porte déjà ce numéro ; vérifier le bordereau.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.channel} {self.number}".strip()

    @property
    def is_under_way(self) -> bool:
        """Whether nobody knows yet what becomes of it."""
        return self.delivered is None and not self.returned

    @property
    def letter(self) -> Letter:
        """The letter as the rules read it. Raise RefusedError while it is under way."""
        return Letter(
            sent=self.sent,
            presented=self.presented,
            delivered=self.delivered,
            returned=Returned(self.returned) if self.returned else None,
            channel=Channel(self.channel),
        )


class Original(models.Model):
    """One of the two originals, who holds it and where (« en deux exemplaires originaux »)."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="originals")
    number = models.PositiveSmallIntegerField("exemplaire")
    holder = models.CharField("détenteur", max_length=8)
    place = models.CharField("lieu", max_length=120)
    scan_sha256 = models.CharField("empreinte de la copie", max_length=SHA256, blank=True)

    class Meta:
        verbose_name = "original"
        ordering = ("convention", "number")
        constraints = [
            models.UniqueConstraint(fields=["convention", "number"], name="two_originals"),
            models.CheckConstraint(
                name="original_is_one_of_two",
                condition=Q(number__in=(1, 2), holder__in=PARTIES) & ~Q(place=""),
                violation_error_message="Il y a deux originaux : dire qui détient chacun, et où.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.convention}, original {self.number}"
