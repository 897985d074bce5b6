"""All the rules in their order, each said in one sentence with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from escale.core.evaluation.funnel import ALARM
from escale.core.evaluation.insights.insight import Insight, Kind
from escale.core.evaluation.insights.observed import Bounds, Room, Seen
from escale.core.evaluation.insights.room import capacity, growth
from escale.core.evaluation.insights.slots import empty, full
from escale.core.evaluation.insights.spread import ENOUGH, ENOUGH_EXPECTED, THOUSAND, equity, travel
from escale.core.evaluation.insights.unmet import ENOUGH_LEFT, ENOUGH_REQUESTS, unmet
from escale.core.evaluation.wording import NARROW, number_words

TITLES: Mapping[Kind, str] = {
    Kind.FULL: "Rendez-vous toujours pleins",
    Kind.EMPTY: "Rendez-vous toujours libres",
    Kind.DEMAND: "Demandes sans place",
    Kind.TRAVEL: "Route par accompagnement",
    Kind.EQUITY: "Accompagnements par habitant",
    Kind.CAPACITY: "Demi-journées qui restent",
    Kind.GROWTH: "Une commune ou un poste de plus",
}
"""What each rule watches, in a few words."""
CHANCE = (
    f"Une commune n’est nommée que hors de l’entonnoir à {number_words(100 * ALARM)}{NARROW}%, si {ENOUGH_EXPECTED}"
    f" accompagnements au moins y étaient attendus, et à partir de {ENOUGH} dans le territoire."
)
BY_COMMUNE: tuple[Callable[[Sequence[Seen], Bounds], Insight | None], ...] = (full, empty, unmet, travel, equity)


def insights(seen: Sequence[Seen], room: Room | None, bounds: Bounds) -> tuple[Insight, ...]:
    """Return what the rules find, in the order of the kinds; a rule that finds nothing, or too little to judge, says nothing."""
    found = [rule(seen, bounds) for rule in BY_COMMUNE]
    return tuple(one for one in (*found, capacity(room), growth(room)) if one is not None)


def rule_of(kind: Kind, bounds: Bounds) -> str:
    """Return the rule of a kind, in French, with its numbers."""
    days = bounds.half_days
    return {
        Kind.FULL: (
            f"Tous les créneaux de rendez-vous étaient pris à chacune des {days} dernières demi-journées tenues. Sous {days}"
            " demi-journées tenues, rien n’est dit. Un rendez-vous compte même si la personne n’est pas venue."
        ),
        Kind.EMPTY: (
            f"Aucun créneau de rendez-vous n’était pris à chacune des {days} dernières demi-journées tenues. Sous {days}"
            " demi-journées tenues, rien n’est dit."
        ),
        Kind.DEMAND: (
            f"{ENOUGH_REQUESTS} demandes au moins sont restées sans rendez-vous, closes ainsi ou en attente depuis plus de"
            f" {bounds.wait_days} jours ; ou {ENOUGH_LEFT} personnes au moins sont reparties sans aide de l’accueil sans"
            " rendez-vous."
        ),
        Kind.TRAVEL: (
            "Les kilomètres des demi-journées tenues, depuis la base et retour, rapportés aux accompagnements ; le trajet d’un"
            f" jour à deux communes est partagé par moitié, le temps est compté à {bounds.km_per_hour}\u00a0km/h. {CHANCE}"
        ),
        Kind.EQUITY: (
            f"Les accompagnements de chaque commune pour {THOUSAND} et par an, sur les mois où sa convention la liait. L’article"
            f" 4 promet autant de demi-journées aux grandes communes qu’aux petites : la taille explique beaucoup. {CHANCE}"
        ),
        Kind.CAPACITY: (
            "Chaque mois, les demi-journées que l’équipe peut donner, jours fériés et congés notés ôtés, moins celles qui sont"
            " dues, communes attendues comprises."
        ),
        Kind.GROWTH: (
            "Le même calcul avec une commune de plus, ouverte à toutes les demi-journées du service, puis avec un poste de plus,"
            " sans congé."
        ),
    }[kind]
