"""Why a denunciation is certain, late or contestable: the same facts as sentences in French."""

from __future__ import annotations

from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.convention.denunciation import Certainty, Judged, Qualified
from escale.core.convention.letters import Letter, Returned
from escale.core.convention.terms import DateRule

RULE_WORDS = {
    DateRule.SENDING: "date d’envoi",
    DateRule.FIRST_PRESENTATION: "première présentation",
    DateRule.ADMIN_RULE: "règle administrative",
    DateRule.DELIVERY_ONLY: "remise seule",
}


def judged_words(judged: Judged) -> str:
    """Return « notifiée le 5 mai 2026 : trop tard », « jamais notifiée »."""
    if judged.notified_on is None:
        return "jamais notifiée"
    return f"notifiée le {date_words(judged.notified_on)} : {'dans les délais' if judged.in_time else 'trop tard'}"


def reasons_of(qualified: Qualified, letter: Letter) -> tuple[str, ...]:
    """Return the sentences that say how a denunciation is qualified, and why."""
    last = weekday_date_words(qualified.aimed.last_day_to_denounce)
    found = [
        f"La dénonciation vise le terme du {date_words(qualified.aimed.end)} ; elle devait être notifiée au plus tard le {last}."
    ]
    if qualified.form_fault:
        return (*found, qualified.form_fault)
    if letter.returned is Returned.WRONG_ADDRESS:
        found.append("La lettre est revenue d’une mauvaise adresse (NPAI) : personne n’a été notifié, sous aucune règle.")
    elif letter.presented is None:
        found.append("La première présentation n’est pas connue : elle est prise au jour de la remise.")
    if qualified.aimed.is_closed_from_start:
        found.append("Aucune dénonciation n’était possible pour ce terme : le dernier jour était passé avant la prise d’effet.")
    found.append(_certainty_reason(qualified))
    return tuple(found)


def _certainty_reason(qualified: Qualified) -> str:
    match qualified.certainty:
        case Certainty.CERTAIN_IN_TIME:
            return "Les quatre règles de date disent la même chose : dans les délais."
        case Certainty.CERTAIN_LATE:
            return "Les quatre règles de date disent la même chose : trop tard."
    kept = [judged.rule for judged in qualified.rules.values() if judged.in_time]
    lost = [judged.rule for judged in qualified.rules.values() if not judged.in_time]
    return f"Les règles de date ne s’accordent pas : dans les délais selon {_listed(kept)}, trop tard selon {_listed(lost)}."


def _listed(rules: list[DateRule]) -> str:
    """Return « la date d’envoi et la première présentation »."""
    words = [f"la {RULE_WORDS[rule]}" for rule in rules]
    return " et ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
