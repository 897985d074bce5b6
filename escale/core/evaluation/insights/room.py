"""What the team can still give in the months ahead, and what one commune or one post more would change (art. 4 and 7)."""

from __future__ import annotations

from escale.core.calendar.french import month_words
from escale.core.evaluation.insights.insight import Insight, Kind
from escale.core.evaluation.insights.observed import MonthRoom, Room
from escale.core.evaluation.wording import Count, joined, number_words


def capacity(room: Room | None) -> Insight | None:
    """Return the half-days left month by month, or the months that miss some."""
    if room is None or not room.months:
        return None
    short = [month for month in room.months if month.unserved]
    spare = sum(month.spare for month in room.months)
    tight = min(room.months, key=lambda month: month.spare)
    if short:
        missing = sum(month.unserved for month in short)
        names = joined([month_words(month.month) for month in short])
        sentence = f"{Count(missing):demi-journée due ne trouve|demi-journées dues ne trouvent} pas de place en {names}."
        suggestion = f"Prévoir un renfort en {names}, pour que chaque commune ait ses demi-journées."
    elif spare:
        sentence = (
            f"L’équipe peut encore donner {Count(spare):demi-journée|demi-journées} en {room.year}, au moins {tight.spare}"
            f" chaque mois (en {month_words(tight.month)})."
        )
        suggestion = (
            f"Dire à quoi servent les demi-journées qui restent en {room.year} : deuxièmes passages là où l’on attend,"
            " ateliers par bassin de vie."
        )
    else:
        sentence, suggestion = f"En {room.year}, toutes les demi-journées de l’équipe sont prises.", ""
    return Insight(
        kind=Kind.CAPACITY,
        sentence=sentence,
        whole=sentence,
        details=tuple(_month(month) for month in room.months),
        articles=("4", "7"),
        suggestion=suggestion,
    )


def growth(room: Room | None) -> Insight | None:
    """Return what one commune or one post more would change."""
    if room is None or not room.months:
        return None
    return Insight(
        kind=Kind.GROWTH,
        sentence=f"Voici ce qu’une commune ou un poste de plus changerait en {room.year}.",
        details=(f"Une commune de plus : {_after(room.one_more_commune)}", f"Un poste de plus : {_after(room.one_more_post)}"),
        articles=("4", "7"),
        suggestion="Dire jusqu’où le service accueille de nouvelles communes avec les postes d’aujourd’hui.",
    )


def _after(sentence: str) -> str:
    """Return a sentence as it goes on after a colon."""
    return sentence[:1].lower() + sentence[1:]


def _month(month: MonthRoom) -> str:
    told = (
        f"{month_words(month.month).capitalize()} : {number_words(month.places)} possibles pour {number_words(month.needs)} dues"
    )
    if month.unserved:
        return f"{told}, {number_words(month.unserved)} sans place"
    return f"{told}, {Count(month.spare):reste|restent}" if month.spare else f"{told}, aucune ne reste"
