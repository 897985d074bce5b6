"""The fields of something sent to the other party, and what became of it; steps that send a letter share them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from escale.apps.conventions.actions.posting import Posting
from escale.apps.conventions.labels import RETURNS
from escale.core.convention.letters import CHANNEL_WORDS, Channel
from escale.web.steering.conventions.steps import fields
from escale.web.steering.conventions.steps.step import Cleaned, Folded, StepForm

PROVED = {channel: CHANNEL_WORDS[channel] for channel in (Channel.LRAR, Channel.LRE, Channel.HAND)}
FATE = ("Ce que la lettre est devenue, si c’est connu", ("presented", "delivered", "returned", "proof"))


class FateForm(StepForm):
    """What became of a letter."""

    folded: ClassVar[Folded] = (fields.OLD_DATE,)

    presented = fields.day("Présentée la première fois le", "L’avis de passage ou l’enveloppe le disent.")
    delivered = fields.day("Remise le", "La date de l’avis de réception signé. Vide tant qu’elle n’est pas remise.")
    returned = fields.choice("Revenue", RETURNS, empty="Non")
    proof = fields.proof()


class LetterForm(FateForm):
    """A letter as it left, and its fate if that is known: it may be told later."""

    folded: ClassVar[Folded] = (FATE,)
    field_order: Sequence[str] = ("avenant", "channel", "number", "sent")

    channel = fields.choice("Par", PROVED, radio=True)
    number = fields.text(
        "Numéro du recommandé", "Il figure sur le bordereau de dépôt. Aucun pour une remise en main propre.", most=40
    )
    sent = fields.day("Envoyée ou remise le", "Le cachet de la poste fait foi.", required="Donner la date d’envoi.")

    def clean(self) -> Cleaned:
        """Take what is handed over as received on the same day."""
        values = super().clean()
        if values.get("channel") is Channel.HAND and not values.get("delivered"):
            values["delivered"] = values.get("sent")
        return values


def posting_of(cleaned: Cleaned) -> Posting:
    """Return the letter that a form tells of."""
    return Posting(
        sent=cleaned["sent"],
        channel=cleaned["channel"],
        number=cleaned["number"],
        presented=cleaned["presented"],
        delivered=cleaned["delivered"],
        returned=cleaned["returned"],
        proof=cleaned["proof"],
    )
