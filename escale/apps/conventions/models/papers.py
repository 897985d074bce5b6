"""The papers of a convention: what was made here, what was filed, which one replaces which; each with its bytes and its hash."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.conventions.models.acts import Act
from escale.apps.conventions.models.avenants import Avenant
from escale.apps.conventions.models.conventions import Convention, of_communes
from escale.apps.conventions.models.parties import PARTIES
from escale.apps.conventions.models.signing import Notification
from escale.apps.documents.models import StoredFile
from escale.core.convention.parties import Party

if TYPE_CHECKING:
    from escale.apps.audit.actors import Actor


class PaperKind(StrEnum):
    """What a paper is."""

    CORRECTED_DRAFT = "texte_corrige"
    TEXT = "texte"
    AVENANT = "avenant"
    DELIBERATION = "deliberation"
    SIGNED = "exemplaire_signe"
    SLIP = "bordereau"
    DENUNCIATION = "denonciation"
    FORMAL_NOTICE = "mise_en_demeure"
    TERMINATION = "resiliation"
    JUDGMENT = "jugement"
    PROOF = "preuve"


LETTERS = (PaperKind.SLIP, PaperKind.DENUNCIATION, PaperKind.FORMAL_NOTICE, PaperKind.TERMINATION)
"""What is prepared, then sent: a commune reads it once it has been."""

INTERNAL = (PaperKind.CORRECTED_DRAFT, PaperKind.PROOF)
"""What the EPCI keeps for itself."""


class PaperQuerySet(ScopedQuerySet["Paper"]):
    """Papers, cut to an actor."""

    sees = "conventions.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope; of a commune, what was sent to it and what it filed itself."""
        internal, letters = [kind.value for kind in INTERNAL], [kind.value for kind in LETTERS]
        shown = ~Q(kind__in=internal) & (~Q(kind__in=letters) | Q(notification__isnull=False))
        of_commune = of_communes(scope.communes, "convention__") & Q(convention__frozen_on__isnull=False)
        filed = Q(filed_for=Party.COMMUNE.value)
        return self.filter(Q(convention__epci__siren__in=scope.epcis) | (of_commune & (shown | filed)))

    def visible_to(self, actor: Actor) -> Self:
        """Return what an actor sees: all of its conventions, of others that it sees what is in force."""
        scope = actor.scope(self.sees)
        if scope.everywhere:
            return self.all()
        public = actor.scope("conventions.see_in_force")
        seen = Q(convention__epci__siren__in=public.epcis) | of_communes(public.communes, "convention__")
        reached = self.model._default_manager.all().reached_with(actor, self.sees).values("pk")
        return self.filter(Q(pk__in=reached) | (seen & _in_force()))

    def with_files(self) -> Self:
        """Return them with their files and hashes, without the bytes."""
        return self.select_related("file__content").defer("file__content__content")

    def current(self) -> Self:
        """Return those that count: neither replaced nor sent back."""
        return self.filter(replaced_by__isnull=True, sent_back_on__isnull=True)


def _in_force() -> Q:
    """Return the condition of what stands in force: notified, checked, neither replaced nor sent back.

    What is signed with a note is an agreement on something else: on a withdrawal, on an end.
    """
    texts = Q(kind__in=[PaperKind.TEXT.value, PaperKind.AVENANT.value]) | Q(kind=PaperKind.SIGNED.value, note="")
    stands = Q(replaced_by__isnull=True, checked_on__isnull=False, convention__notified_on__isnull=False)
    return texts & stands & (Q(avenant__isnull=True) | Q(avenant__notified_on__isnull=False))


class Paper(models.Model):
    """One paper of one convention. One that was made here keeps the values that filled it and the version of its model.

    What a commune files waits until it is checked, or is sent back with the reason.
    """

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="papers")
    kind = models.CharField("nature", max_length=20)
    avenant = models.ForeignKey(Avenant, models.PROTECT, null=True, blank=True, related_name="papers")
    act = models.ForeignKey(Act, models.PROTECT, null=True, blank=True, related_name="papers")
    notification = models.ForeignKey(Notification, models.PROTECT, null=True, blank=True, related_name="papers")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="paper")
    filed_for = models.CharField("déposé par", max_length=8)
    is_made_here = models.BooleanField("produit ici", default=False)
    model_version = models.CharField("version du modèle", max_length=40, blank=True)
    values = models.JSONField("champs remplis", default=dict, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    note = models.CharField("note", max_length=300, blank=True)
    filed_on = models.DateField("déposé le")
    filed_by = models.CharField("auteur", max_length=80)
    checked_on = models.DateField("vérifié le", null=True, blank=True)
    sent_back_on = models.DateField("renvoyé le", null=True, blank=True)
    sent_back_why = models.CharField("motif du renvoi", max_length=300, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce"
        ordering = ("convention", "filed_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="paper_is_known",
                condition=Q(kind__in=[kind.value for kind in PaperKind], filed_for__in=PARTIES),
            ),
            models.CheckConstraint(
                name="paper_is_checked_or_sent_back",
                condition=Q(sent_back_on__isnull=True, sent_back_why="")
                | (Q(sent_back_on__isnull=False, checked_on__isnull=True) & ~Q(sent_back_why="")),
                violation_error_message="Une pièce est vérifiée, ou renvoyée avec le motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.convention}"

    @property
    def waits(self) -> bool:
        """Whether what a party filed was neither checked nor sent back."""
        return self.checked_on is None and self.sent_back_on is None
