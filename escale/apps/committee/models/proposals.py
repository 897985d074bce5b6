"""What the committee proposes: its words, the clauses and communes that it touches, its avenants and its fate (art. 6, 8)."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.committee.models.meetings import Meeting
from escale.apps.conventions.models import Avenant
from escale.apps.evaluation.models import Recommendation
from escale.apps.territory.models import Commune, Epci


class Fate(StrEnum):
    """What became of a proposal: the committee advises, the parties decide (art. 6, 8)."""

    PROPOSED = "proposed"
    RETAINED = "retained"
    REJECTED = "rejected"
    AVENANT = "avenant"


class ProposalQuerySet(ScopedQuerySet["Proposal"]):
    """Proposals, cut to an actor."""

    sees = "committee.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope."""
        return self.filter(epci__siren__in=scope.epcis)

    def open(self) -> Self:
        """Return those of which nothing was decided yet."""
        return self.filter(fate=Fate.PROPOSED.value)


class Proposal(models.Model):
    """An adjustment that the committee proposes, and what became of it.

    Without communes it is for every one whose convention is in force. `observation` says, in words, what in the data led to it.
    """

    epci = models.ForeignKey(Epci, models.PROTECT, related_name="committee_proposals")
    number = models.PositiveIntegerField("numéro")
    communes = models.ManyToManyField(Commune, related_name="committee_proposals", blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="proposals")
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, null=True, blank=True, related_name="proposals")
    observation = models.CharField("constat", max_length=400, blank=True)
    words = models.CharField("proposition", max_length=400)
    fate = models.CharField("suite", max_length=10, default=Fate.PROPOSED.value)
    reason = models.CharField("motif", max_length=400, blank=True)
    avenants: models.ManyToManyField[Avenant, ProposedAvenant] = models.ManyToManyField(
        Avenant, through="ProposedAvenant", related_name="proposals"
    )
    proposed_on = models.DateField("proposée le")
    settled_on = models.DateField("suite donnée le", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition du comité"
        verbose_name_plural = "propositions du comité"
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["epci", "number"], name="one_committee_proposal_a_number"),
            models.CheckConstraint(name="committee_proposal_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="committee_proposal_fate",
                condition=Q(fate=Fate.PROPOSED.value, settled_on__isnull=True, reason="")
                | Q(fate__in=[Fate.RETAINED.value, Fate.AVENANT.value], settled_on__isnull=False)
                | (Q(fate=Fate.REJECTED.value, settled_on__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"n° {self.number}"

    @property
    def where(self) -> str:
        """For which communes it is, in words: few are named, many are counted."""
        names = [str(commune) for commune in self.communes.all()]
        if not names:
            return "toutes les communes"
        return ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} communes"


MOST_NAMED = 5


class ProposalClause(models.Model):
    """One thing that a proposal changes: a parameter of the text or the annex with its new value, or an article worded anew.

    One that names a commune holds for that one alone: a usual day is each one's own.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="clauses")
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="+")
    article = models.CharField("article", max_length=20)
    name = models.CharField("paramètre", max_length=60, blank=True)
    new = models.JSONField("nouvelle valeur", null=True, blank=True)
    wording = models.TextField("nouvelle rédaction de l’article", blank=True)

    class Meta:
        verbose_name = "clause proposée"
        ordering = ("article", "name", "commune__sort_key", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "article", "name"], condition=Q(commune__isnull=True), name="one_proposed_change_of_a_clause"
            ),
            models.UniqueConstraint(
                fields=["proposal", "article", "name", "commune"], name="one_proposed_change_of_a_clause_and_commune"
            ),
            models.CheckConstraint(
                name="proposed_clause_changes_something", condition=~Q(article="") & (~Q(name="") | ~Q(wording=""))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} : {self.name}"


class ProposedAvenant(models.Model):
    """An avenant that carries out a proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="links")
    avenant = models.ForeignKey(Avenant, models.PROTECT, related_name="links")

    class Meta:
        verbose_name = "avenant d’une proposition"
        ordering = ("avenant__convention__commune__sort_key", "avenant__number")
        constraints = [models.UniqueConstraint(fields=["proposal", "avenant"], name="one_link_of_an_avenant")]

    def __str__(self) -> str:
        return f"{self.proposal_id} : {self.avenant_id}"
