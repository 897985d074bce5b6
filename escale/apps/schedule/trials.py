"""A change of the pattern tried on the published tour: what is asked, what is answered, as JSON objects and in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from escale.apps.schedule.answers import unserved_to
from escale.apps.schedule.wording import LEAST_KM
from escale.core.calendar.french import month_words
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from escale.core.planning.agreed import usual_words

if TYPE_CHECKING:
    from escale.core.planning.explaining.usual import UsualDay
    from escale.core.planning.plan import Visit
    from escale.core.planning.tried import Trial

Json = dict[str, Any]
NUMBERS = ("", "une", "deux", "trois", "quatre")
NBSP = "\u00a0"
MOST_MONTHS = 4
NO_PLACE = (
    "Démontré mois par mois : les passages que la commune a déjà restant à leur date, il n’y a pas d’autre place, même en "
    "déplaçant les autres communes."
)
NO_DAY_CHANGES = "aucun jour habituel ne change"


class TrialKind(StrEnum):
    """What is tried."""

    VISITS = "visits"
    WINDOW = "window"
    MEDIATOR = "mediator"
    COMMUNE = "commune"


def trial_asked(kind: TrialKind, *, commune: str = "", visits: int = 0, window: Window | None = None) -> Json:
    """Write what is tried: for which commune (for one more of them, where), how many half-days a month, or which half-day."""
    return {"kind": kind.value, "commune": commune, "visits": visits, "window": str(window) if window else ""}


def trial_to(found: Trial, asked: Mapping[str, Any], *, name: str, seconds: float) -> Json:
    """Write the answer; `name` is what the commune is called."""
    answer = _figures(found)
    answer |= {
        "possible": found.possible,
        "reason": found.reason,
        "months": [str(month) for month in found.months],
        "missing": unserved_to(found.missing),
        "visits": len(found.before[1].visits),
        "least": _figures(found.least) if found.least else None,
        "seconds": round(seconds, 2),
    }
    return answer | {"words": f"{tried_words(asked, name)} : {_answer_words(answer)}."}


def tried_words(asked: Mapping[str, Any], name: str) -> str:
    """Return what is tried: « Passer Denain à deux demi-journées par mois »."""
    match TrialKind(asked["kind"]):
        case TrialKind.VISITS:
            return f"Passer {name} à {NUMBERS[asked['visits']]} demi-journées par mois"
        case TrialKind.WINDOW:
            return f"Passer {name} au {Window.parse(asked['window']).words}"
        case TrialKind.MEDIATOR:
            return "Un médiateur de plus"
    return f"Une commune de plus, aussi loin que {name}"


def detail_words(asked: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
    """Return what stands below the sentence: the day, who moves, the road, what stays free, and what is proved."""
    if answer["reason"]:
        return []
    if answer["missing"]:
        return [NO_PLACE]
    before, after = (f"{km:.0f}{NBSP}km" for km in answer["km"])
    details = [f"Route estimée : {before} par mois aujourd’hui, {after} ensuite.", _free_words(answer["free"])]
    if answer["usual"] and asked["kind"] != TrialKind.MEDIATOR:
        details.insert(0, _usual_words(asked, answer["usual"]))
    if answer["moved"]:
        details.insert(1, _moved_words(answer["moved"], answer["visits"]))
    if least := answer["least"]:
        details.append(
            f"Sans chercher un jour régulier : {_count(least['moved'])}, {_road(least['km'])} ; démontré mois par mois, "
            "aucune façon ne déplace moins de passages publiés."
        )
    if answer["is_least"]:
        details.append("Démontré mois par mois : aucune façon ne déplace moins de passages publiés.")
    else:
        details.append(
            "La réponse retenue est la meilleure trouvée en quelques secondes, sans preuve que rien de mieux n’existe."
        )
    return details


def _answer_words(answer: Json) -> str:
    if answer["reason"]:
        return f"impossible ; {answer['reason'].rstrip('.')}"
    if not answer["possible"]:
        return "; ".join(f"impossible en {months} : {reason}" for reason, months in _missing(answer["missing"]))
    return f"possible, {_count(answer['moved'])}, {_road(answer['km'])}"


def _missing(missing: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return each reason with its months, in their order; the months of a whole year are counted."""
    found: dict[str, list[str]] = {}
    for item in missing:
        months = found.setdefault(item["reason"], [])
        words = month_words(Month.parse(item["month"]))
        if words not in months:
            months.append(words)
    return [
        (reason, ", ".join(months) if len(months) <= MOST_MONTHS else f"{len(months)} mois") for reason, months in found.items()
    ]


def _figures(found: Trial) -> Json:
    before, after = found.free
    return {
        "km": [round(km, 1) for km in found.kilometres],
        "free": {"before": list(before), "after": list(after)},
        "moved": [
            {
                "commune": change.commune,
                "name": change.name,
                "dates": len(change.visits_from),
                "usual": _day_to(change.usual_to) if change.changes_usual_day else None,
            }
            for change in found.moved
        ],
        "usual": _kept(found.usual, found.added),
        "is_least": found.is_least,
    }


def _day_to(day: UsualDay | None) -> Json | None:
    """Write a usual day as a convention keeps it, with its words."""
    if day is None:
        return None
    written = {"nth": day.nth, "weekday": day.window.weekday.value, "half": day.window.half.value}
    return written | {"words": usual_words(day.nth, day.window)}


def _kept(day: UsualDay | None, added: Sequence[Visit]) -> Json | None:
    if day is None:
        return None
    kept = sum(visit.pattern == (day.nth, day.window) for visit in added)
    return {**(_day_to(day) or {}), "kept": kept, "of": len(added)}


def _count(moved: Sequence[Mapping[str, Any]]) -> str:
    if not moved:
        return "aucune commune déplacée"
    return f"{len(moved)} commune{'s' if len(moved) > 1 else ''} déplacée{'s' if len(moved) > 1 else ''}"


def _road(km: Sequence[float]) -> str:
    more = km[1] - km[0]
    if abs(more) < LEAST_KM:
        return "autant de route"
    return f"{'+' if more > 0 else '−'}{abs(more):.0f}{NBSP}km par mois"


def _usual_words(asked: Mapping[str, Any], usual: Mapping[str, Any]) -> str:
    lead = "La demi-journée ajoutée tombe" if asked["kind"] == TrialKind.VISITS else "Le passage tombe"
    often = f", {usual['kept']} fois sur {usual['of']}" if usual["of"] else ""
    if usual["kept"] * 2 < usual["of"]:
        return f"Aucun jour régulier : au mieux le {usual['words']}{often}."
    return f"{lead} le {usual['words']}{often}."


def _moved_words(moved: Sequence[Mapping[str, Any]], visits: int) -> str:
    dates = sum(item["dates"] for item in moved)
    many = "s" if dates > 1 else ""
    changed = [item["name"] for item in moved if item["usual"]]
    told = f"change{'nt' if len(changed) > 1 else ''} de jour habituel : {', '.join(changed)}" if changed else NO_DAY_CHANGES
    return f"{dates} date{many} publiée{many} déplacée{many}, sur {visits} (art.{NBSP}4) ; {told}."


def _free_words(free: Mapping[str, Sequence[int]]) -> str:
    before, after = (f"{min(counts)} à {max(counts)}" for counts in (free["before"], free["after"]))
    return f"Demi-journées libres : {before} par mois aujourd’hui, {after} ensuite, toute l’équipe ensemble."
