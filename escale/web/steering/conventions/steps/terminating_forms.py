"""What the steps that end a convention ask: why, from when, by which document, signed or sent by whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from escale.apps.conventions.labels import GROUNDS, PARTIES
from escale.apps.conventions.models import Ground, PaperKind, Signatory
from escale.web.steering.conventions.steps import fields, parting
from escale.web.steering.conventions.steps.letters import FATE, LetterForm
from escale.web.steering.conventions.steps.noticing import open_notices, words_of
from escale.web.steering.conventions.steps.step import Cleaned, Folded, StepForm

BY_LETTER = {ground: GROUNDS[ground] for ground in (Ground.BREACH, Ground.GENERAL_INTEREST)}
LAST_DAY = "Dernier jour de la convention"
TOLD = FATE[1][:3]
"""What became of a letter: asked at once here, since nothing ends before the other party knows."""


class PrepareForm(StepForm):
    """What the decision says."""

    ground = fields.choice("Pourquoi ?", BY_LETTER, radio=True)
    notice = fields.RowField("Après quelle mise en demeure ?", lambda row: words_of(row))
    author = fields.choice("Qui résilie ?", PARTIES, radio=True)
    reasons = fields.words("Motifs", "Ce qui n’a pas été fait ; ou le motif d’intérêt général.", required="Dire les motifs.")
    act = fields.text(
        "L’acte qui l’autorise", "Tel que la lettre le cite.", required="Donner l’acte : son organe, son numéro et sa date."
    )
    last_day = fields.day(LAST_DAY, required="Donner le dernier jour de la convention.")

    def prepare(self) -> None:
        """Offer the mises en demeure that are open."""
        self.offer("notice", open_notices(self.convention), none="Aucune")

    def clean(self) -> Cleaned:
        """Ask for the mise en demeure that a breach follows."""
        values = super().clean()
        if values.get("ground") is Ground.BREACH and not values.get("notice"):
            words = "Une résiliation pour manquement suit une mise en demeure restée sans effet (art. 5-2) ; l’envoyer d’abord."
            self.add_error("ground", words)
        return values


class _DecisionForm(LetterForm):
    """The decision as it was sent."""

    folded: ClassVar[Folded] = ()

    paper = parting.letter_field()
    last_day = fields.day(
        LAST_DAY, "Pas avant le jour où l’autre partie reçoit la lettre.", required="Donner le dernier jour de la convention."
    )
    file = fields.PaperField("La décision, ou l’avis de réception", required="Joindre la décision : elle est écrite (art. 5-2).")

    def prepare(self) -> None:
        """Offer the letters that wait to leave; a file is asked when none of them is the one."""
        parting.offer_letters(self, PaperKind.TERMINATION, none=parting.LATER)
        if self.data.get("paper"):
            self.fields["file"].required = False


class BreachForm(_DecisionForm):
    """The end after a mise en demeure."""

    field_order: Sequence[str] = ("notice", "paper", "channel", "number", "sent", *TOLD, "last_day")

    notice = fields.RowField("Après quelle mise en demeure ?", lambda row: words_of(row))

    def prepare(self) -> None:
        """Offer the mises en demeure that are open too."""
        super().prepare()
        self.offer("notice", open_notices(self.convention))


class InterestForm(_DecisionForm):
    """The end for the general interest."""

    field_order: Sequence[str] = ("author", "reasons", "paper", "channel", "number", "sent", *TOLD, "last_day")

    author = fields.choice("Qui résilie ?", PARTIES, radio=True)
    reasons = fields.words("Le motif d’intérêt général", required="Écrire le motif d’intérêt général.")


class AgreementForm(StepForm):
    """The document that both sign."""

    epci_signatory = fields.RowField("A signé pour l’EPCI", str)
    epci_signed_on = fields.day("Signé par l’EPCI le", required="Donner la date de la signature de l’EPCI.")
    commune_signatory = fields.RowField("A signé pour la commune", str)
    commune_signed_on = fields.day("Signé par la commune le", required="Donner la date de la signature de la commune.")
    last_day = fields.day(LAST_DAY, "Pas avant la dernière signature.", required="Donner le dernier jour de la convention.")
    proof = fields.proof()
    file = fields.PaperField("L’accord signé", required="Joindre l’accord signé par les deux parties (art. 5-2).")

    def prepare(self) -> None:
        """Offer those who sign for each party."""
        rows = Signatory.objects.filter(epci=self.convention.epci).order_by("-starts", "-pk")
        for name, commune in (("epci_signatory", None), ("commune_signatory", self.convention.commune)):
            field = self.fields[name]
            if isinstance(field, fields.RowField):
                field.offer(list(rows.filter(commune=commune)))


class AnnulmentForm(StepForm):
    """The judgment."""

    document = fields.text("Le jugement", "Juridiction et numéro : « TA Lille, n° 2600001 ».", required="Donner le jugement.")
    judged_on = fields.day("Rendu le", required="Donner la date du jugement.")
    file = fields.PaperField("Le jugement", required="Joindre le jugement.")
