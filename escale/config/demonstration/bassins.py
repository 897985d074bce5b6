"""Two bassins de vie of the demonstration, made up: the convention speaks of them and gives no list (art. 4)."""

from __future__ import annotations

from escale.apps.territory.actions import add_bassin
from escale.apps.territory.models import BassinDeVie, Commune, Epci
from escale.config.demonstration.actor import ACTOR

BASSINS = {
    "Denain et ses voisines (démonstration)": (
        "59172",
        "59179",
        "59205",
        "59288",
        "59292",
        "59361",
        "59504",
        "59651",
    ),
    "Saint-Amand-les-Eaux et ses voisines (démonstration)": (
        "59526",
        "59114",
        "59284",
        "59335",
        "59403",
        "59434",
        "59511",
        "59594",
    ),
}


def draw_bassins(epci: Epci) -> None:
    """Draw the two of them, once."""
    if BassinDeVie.objects.filter(epci=epci).exists():
        return
    for name, codes in BASSINS.items():
        add_bassin(actor=ACTOR, epci=epci, name=name, communes=list(Commune.objects.filter(code__in=codes)))
