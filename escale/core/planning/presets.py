"""Three ways of planning a year, instead of bare weights: dates that stay, little road, or the balance of both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from escale.core.planning.problem import Weights


class PresetName(StrEnum):
    """What the coordinator chooses from."""

    REGULAR = "regular"
    BALANCED = "balanced"
    SHORT = "short"


KEPT_DAY = 5_000.0
"""What it weighs to leave the usual day of a convention: each change is an avenant, so only an unserved visit weighs more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A way of planning: its French name and its weights."""

    name: PresetName
    label: str
    weights: Weights

    @property
    def sentence(self) -> str:
        """The choice, told as the kilometres that it accepts."""
        return f"Kilomètres que nous acceptons de faire pour éviter une date déplacée : {self.weights.irregular:.0f}."


PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            name=PresetName.REGULAR,
            label="dates régulières",
            weights=Weights(irregular=500, spacing=600, switch=150, preference=200, annex=KEPT_DAY),
        ),
        Preset(name=PresetName.BALANCED, label="équilibre", weights=Weights(annex=KEPT_DAY)),
        Preset(
            name=PresetName.SHORT,
            label="moins de route",
            weights=Weights(irregular=50, spacing=150, switch=25, preference=50, annex=KEPT_DAY),
        ),
    )
}
"""Every preset, in the order in which a screen shows them; the balance is the default."""
