"""An explanation in French, for a coordinator: what the usual day would cost, and whom it would move."""

from __future__ import annotations

from escale.core.calendar.halfdays import Window
from escale.core.planning.check import Parts
from escale.core.planning.explaining.changes import Change
from escale.core.planning.explaining.usual import UsualDay

MOST_NAMED = 6
EVEN = 0.05
COUNTED = (
    ("unserved", "visite non tenue", "visites non tenues"),
    ("irregular", "date hors du jour habituel", "dates hors du jour habituel"),
    ("spacing", "intervalle trop court ou trop long", "intervalles trop courts ou trop longs"),
    ("switch", "visite par un autre médiateur", "visites par un autre médiateur"),
    ("preference", "préférence manquée", "préférences manquées"),
    ("annex", "jour annexé manqué", "jours annexés manqués"),
)


def already_there(name: str, day: UsualDay) -> str:
    """Say that nothing has to change."""
    return f"{name} a déjà son jour habituel le {day.words}."


def price_words(window: Window, delta: float, before: Parts, after: Parts, moved: tuple[Change, ...]) -> str:
    """Say what the usual day would cost at most, of what that is made, and who would move."""
    if delta < -EVEN:
        said = (
            f"Possible le {window.words}, et le planning trouvé coûte même {number(-delta)} km-équivalents de moins : "
            "le planning donné peut être amélioré, indépendamment peut-être de cette demande."
        )
    elif delta <= EVEN:
        said = f"Possible le {window.words}, sans aucun surcoût."
    else:
        said = f"Possible le {window.words}, pour au plus {number(delta)} km-équivalents de plus ({_made_of(before, after)})."
    return f"{said} {_who(moved)}"


def exchange_words(delta: float, moved: tuple[Change, ...]) -> str:
    """Say what the simplest way costs, and who is in it."""
    names = ", ".join(change.name for change in moved[:MOST_NAMED])
    more = f" et {len(moved) - MOST_NAMED} autres" if len(moved) > MOST_NAMED else ""
    return f"Au plus simple, seules bougent {names}{more}, pour {number(delta)} km-équivalents de plus."


def exact_words(delta: float, model: str) -> str:
    """Say what is proved, and for what it holds."""
    return (
        f"Écart exact de {number(delta)} km-équivalents entre les deux optimums prouvés du modèle « {model} », "
        "et pour ce modèle seulement."
    )


def number(value: float) -> str:
    """Write « 1 234,5 »."""
    return f"{value:,.1f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def _made_of(before: Parts, after: Parts) -> str:
    terms = []
    for name, one, several in COUNTED:
        difference = getattr(after, name) - getattr(before, name)
        if difference:
            terms.append(f"{difference:+d} {one if abs(difference) == 1 else several}")
    kilometres = round(after.km - before.km, 1)
    if kilometres:
        terms.append(f"{'+' if kilometres > 0 else '-'}{number(abs(kilometres))} km")
    if after.balance != before.balance:
        terms.append(f"{after.balance - before.balance:+d} d'écart entre médiateurs")
    return ", ".join(terms).replace("-", "\N{MINUS SIGN}") or "arrondis"


def _who(moved: tuple[Change, ...]) -> str:
    avenants = [change for change in moved if change.changes_usual_day]
    named = [f"{c.name} ({_day(c.usual_from)} → {_day(c.usual_to)})" for c in avenants[:MOST_NAMED]]
    if len(avenants) > MOST_NAMED:
        named.append(f"et {len(avenants) - MOST_NAMED} autres")
    said = f"Changeraient de jour habituel : {', '.join(named)}." if named else "Aucun jour habituel ne changerait."
    dates = len(moved) - len(avenants)
    if dates == 1:
        said += " Une autre commune verrait des dates changer."
    elif dates:
        said += f" {dates} autres communes verraient des dates changer."
    return said


def _day(day: UsualDay | None) -> str:
    return day.words if day else "aucun"
