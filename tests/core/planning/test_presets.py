"""Presets: complete, in order of what they give for a date that stays, and told in kilometres."""

from __future__ import annotations

from escale.core.planning.presets import KEPT_DAY, PRESETS, PresetName
from escale.core.planning.problem import Weights


def test_every_preset_has_its_label_and_its_weights() -> None:
    assert set(PRESETS) == set(PresetName)
    assert [preset.label for preset in PRESETS.values()] == ["dates régulières", "équilibre", "moins de route"]


def test_the_balance_is_the_default_weights_and_keeps_what_was_agreed() -> None:
    assert PRESETS[PresetName.BALANCED].weights == Weights(annex=KEPT_DAY)


def test_more_regular_means_more_kilometres_for_each_date_that_stays() -> None:
    accepted = [PRESETS[name].weights.irregular for name in (PresetName.SHORT, PresetName.BALANCED, PresetName.REGULAR)]

    assert accepted == sorted(accepted)
    assert PRESETS[PresetName.SHORT].sentence == "Kilomètres que nous acceptons de faire pour éviter une date déplacée : 50."


def test_only_an_unserved_visit_weighs_more_than_an_agreed_day() -> None:
    for preset in PRESETS.values():
        others = {name: getattr(preset.weights, name) for name in Weights.__slots__} | {"annex": 0.0}
        assert others.pop("unserved") > KEPT_DAY > max(others.values())
