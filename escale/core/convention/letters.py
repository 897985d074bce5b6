"""A registered letter on its way: when it was sent, presented, handed over or returned, and what each rule makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from escale.core.calendar.french import date_words
from escale.core.convention.refusals import RefusedError
from escale.core.convention.terms import DateRule, Terms


class Channel(StrEnum):
    """How something written reaches the other party."""

    LRAR = "LRAR"
    LRE = "LRE"
    HAND = "REMISE_MAIN"
    MAIL = "LETTRE_SIMPLE"
    E_MAIL = "COURRIEL"
    ORAL = "ORAL"


class Returned(StrEnum):
    """Why a letter came back."""

    UNCLAIMED = "NON_RECLAMEE"
    REFUSED = "REFUSEE"
    WRONG_ADDRESS = "NPAI"


CHANNEL_WORDS = {
    Channel.LRAR: "lettre recommandée avec avis de réception",
    Channel.LRE: "lettre recommandée électronique",
    Channel.HAND: "remise en main propre",
    Channel.MAIL: "lettre simple",
    Channel.E_MAIL: "courriel",
    Channel.ORAL: "oral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter whose fate is known: handed over, or returned. Raise RefusedError for dates that cannot follow each other."""

    sent: dt.date
    presented: dt.date | None = None
    delivered: dt.date | None = None
    returned: Returned | None = None
    channel: Channel = Channel.LRAR

    def __post_init__(self) -> None:
        if self.delivered and self.returned:
            raise RefusedError(
                "E_LETTER_BOTH",
                f"une lettre remise le {date_words(self.delivered)} n’est pas revenue ; garder l’un ou l’autre",
                place="delivered",
            )
        if self.presented and self.presented < self.sent:
            raise _backwards("presented", "présentée", self.presented, "son envoi", self.sent)
        if self.delivered and self.delivered < (self.presented or self.sent):
            before = ("sa première présentation", self.presented) if self.presented else ("son envoi", self.sent)
            raise _backwards("delivered", "remise", self.delivered, *before)
        if not (self.delivered or self.returned):
            raise RefusedError(
                "E_LETTER_UNDER_WAY",
                "cette lettre est encore en chemin ; dire quand elle a été remise, ou pourquoi elle est revenue",
                place="delivered",
            )
        if self.returned in {Returned.UNCLAIMED, Returned.REFUSED} and not self.presented:
            raise RefusedError(
                "E_PRESENTATION_MISSING",
                "donner la date de première présentation, lue sur l’enveloppe revenue ou l’avis de passage",
                place="presented",
            )

    def notified_on(self, rule: DateRule) -> dt.date | None:
        """Return the day on which the other party is notified under a rule; None when it never is.

        A letter sent to a wrong address notifies nobody. One that is refused counts like one that is never claimed.
        """
        if self.returned is Returned.WRONG_ADDRESS:
            return None
        match rule:
            case DateRule.SENDING:
                return self.sent
            case DateRule.FIRST_PRESENTATION:
                return self.presented or self.delivered
            case DateRule.ADMIN_RULE:
                # CE, 24 April 2012, n° 341146.
                return self.delivered or self.presented
            case DateRule.DELIVERY_ONLY:
                return self.delivered


def form_fault(terms: Terms, channel: Channel) -> str:
    """Return why a denunciation by this channel has no effect (art. 5-1), in French; empty when its form is right."""
    accepted = {
        Channel.LRAR: True,
        Channel.LRE: terms.denunciation_accept_lre,
        Channel.HAND: terms.denunciation_accept_hand_delivery,
    }
    if accepted.get(channel, False):
        return ""
    return (
        "L’article 5-1 veut une lettre recommandée avec accusé de réception : "
        f"une dénonciation par {CHANNEL_WORDS[channel]} est sans effet."
    )


def _backwards(place: str, done: str, on: dt.date, what: str, before: dt.date) -> RefusedError:
    return RefusedError(
        "E_LETTER_BACKWARDS",
        f"une lettre ne peut être {done} le {date_words(on)}, avant {what} le {date_words(before)} ; corriger une des dates",
        place=place,
    )
