"""What the steps of the assemblies ask: a vote, an act, what makes it executory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django import forms

from escale.apps.conventions.labels import ACT_KINDS, OUTCOMES
from escale.apps.conventions.models import AUTHORISING, Act, ActKind, Avenant, Convention, Outcome
from escale.core.calendar.french import date_words
from escale.web.steering.conventions.steps import fields, texts
from escale.web.steering.conventions.steps.step import Cleaned, Folded, StepForm

VOTING = {kind: ACT_KINDS[kind] for kind in (ActKind.COMMUNE_COUNCIL, ActKind.BUREAU, ActKind.EPCI_COUNCIL)}
OTHERS = {kind: ACT_KINDS[kind] for kind in (ActKind.DELEGATION, ActKind.OPINION, ActKind.DIAGNOSTIC)}
NOT_ADOPTED = {outcome: OUTCOMES[outcome] for outcome in (Outcome.POSTPONED, Outcome.REFUSED, Outcome.WITHDRAWN)}
NUMBER = "Comme il est écrit sur l’extrait : « 2025-07 », « 23/180 »."
POWER_OF_BUREAU = "Le Bureau n’a de pouvoir que par une délégation du conseil communautaire (art. L. 5211-10 du CGCT)."


class ExecutoryForm(StepForm):
    """What makes an act executory."""

    transmitted_on = fields.day("Transmise au contrôle de légalité le")
    receipt = fields.text("Accusé de réception", "Le numéro que la préfecture renvoie.", most=80)
    published_on = fields.day("Publiée ou affichée le")


class ActForm(ExecutoryForm):
    """An act that was adopted."""

    field_order: Sequence[str] = ("avenant", "kind", "held_on", "number")
    folded: ClassVar[Folded] = (fields.OLD_DATE,)

    held_on = fields.day("Séance du", required="Donner la date de la séance.")
    number = fields.text("Numéro", NUMBER, required="Donner le numéro de la délibération.", most=40)
    proof = fields.proof()
    file = fields.PaperField("Extrait de la délibération")


class VoteForm(ActForm):
    """The vote by which an assembly adopts the text of the convention."""

    field_order: Sequence[str] = ("avenant", "kind", "held_on", "number", "delegation")

    avenant = texts.avenant_field()
    kind = fields.choice("Assemblée", VOTING, radio=True)
    delegation = fields.RowField("Délégation du conseil au Bureau", lambda act: told_of(act), POWER_OF_BUREAU)
    covers_avenants = forms.BooleanField(
        label="Elle vaut aussi pour les avenants à venir",
        help_text="Si la délibération autorise à signer la convention « et ses avenants ».",
        required=False,
    )

    def prepare(self) -> None:
        """Ask which assembly voted, among those that have still to."""
        self.offer_texts()
        parties = texts.parties_to_vote(self.convention, self.avenants)
        kinds = {kind: VOTING[kind] for party in parties for kind in AUTHORISING[party]}
        if len(kinds) == 1:
            [(kind, words)] = kinds.items()
            self.fix("kind", kind, told=f"{words[:1].upper()}{words[1:]}.")
        else:
            fields.narrow(self.fields["kind"], kinds)
        if ActKind.BUREAU in kinds:
            self.offer("delegation", delegations_of(self.convention), none="Aucune pour l’instant")
        else:
            self.fix("delegation", None)

    @property
    def avenants(self) -> list[Avenant]:
        """The avenants that it may be about: none, it is about the convention."""
        return []

    def offer_texts(self) -> None:
        """Ask nothing: it is about the convention."""
        self.fix("avenant", None)

    def clean(self) -> Cleaned:
        """Leave the delegation to the Bureau: the council has its power from the law."""
        values = super().clean()
        if values.get("kind") is not ActKind.BUREAU:
            values["delegation"] = None
        return values


class AvenantVoteForm(VoteForm):
    """The vote by which an assembly adopts an avenant."""

    @property
    def avenants(self) -> list[Avenant]:
        """Those that wait for a vote."""
        return texts.avenants_to_vote(self.convention)

    def offer_texts(self) -> None:
        """Ask which avenant was voted."""
        self.offer("avenant", self.avenants)
        self.fix("covers_avenants", value=False)


class NotAdoptedForm(StepForm):
    """A vote that did not adopt the text."""

    folded: ClassVar[Folded] = (fields.OLD_DATE,)

    avenant = texts.avenant_field()
    kind = fields.choice("Assemblée", VOTING, radio=True)
    outcome = fields.choice("Ce qui s’est passé", NOT_ADOPTED, radio=True)
    held_on = fields.day("Séance du", required="Donner la date de la séance.")
    next_council_on = fields.day("Prochaine séance le", "Nécessaire pour un vote reporté.")
    proof = fields.proof()

    def prepare(self) -> None:
        """Ask which avenant it was about, when several wait for a vote."""
        self.offer(
            "avenant", texts.avenants_to_vote(self.convention), none="" if self.convention.notified_on else "La convention"
        )


class OtherActForm(ActForm):
    """An act that authorises no signature by itself."""

    field_order: Sequence[str] = ("kind", "held_on", "number", "transmitted_on", "receipt", "published_on", "proof")

    kind = fields.choice("Acte", OTHERS, radio=True)
    number = fields.text("Numéro", f"{NUMBER} Un avis et un diagnostic peuvent n’en pas avoir.", most=40)


class CompleteForm(ExecutoryForm):
    """What is still missing of an act."""

    field_order: Sequence[str] = ("act",)
    folded: ClassVar[Folded] = (fields.OLD_DATE,)

    act = fields.RowField("Acte", lambda act: told_of(act))
    delegation = fields.RowField("Délégation du conseil au Bureau", lambda act: told_of(act), POWER_OF_BUREAU)
    proof = fields.proof()
    file = fields.PaperField("Extrait, accusé de réception")

    def prepare(self) -> None:
        """Offer the acts that lack something."""
        self.offer("act", incomplete(self.convention))
        if any(act.kind == ActKind.BUREAU for act in incomplete(self.convention)):
            self.offer("delegation", delegations_of(self.convention), none="Aucune pour l’instant")
        else:
            self.fix("delegation", None)


def delegations_of(convention: Convention) -> list[Act]:
    """Return the delegations of the council to the Bureau that are known, the latest first."""
    return list(Act.objects.filter(epci=convention.epci, kind=ActKind.DELEGATION.value).order_by("-held_on"))


def incomplete(convention: Convention) -> list[Act]:
    """Return the adopted acts on the texts of a convention that are not executory, or lack their delegation."""
    acts = {one.act.pk: one.act for one in convention.authorisations.all() if one.act.outcome == Outcome.ADOPTED}
    return [act for act in acts.values() if act.executory_on is None or (act.kind == ActKind.BUREAU and not act.delegation_id)]


def told_of(act: Act) -> str:
    """Return « Délibération du Bureau n° B25/014 du 24 février 2025 »."""
    words = ACT_KINDS[ActKind(act.kind)]
    number = f" n° {act.number}" if act.number else ""
    return f"{words[:1].upper()}{words[1:]}{number} du {date_words(act.held_on)}"
