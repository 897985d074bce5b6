"""Names that the program writes as text mean something, and its modules say what they are for."""

from __future__ import annotations

import ast
import re

import pytest

from escale.apps.accounts.access import PERMISSIONS
from escale.apps.audit.effects import After, Within, effects_of
from escale.config.effects import EFFECTS
from tests.architecture.source import ROOT, modules, texts_assigned_to, texts_given_to, trees

VAGUE = {"utils", "helpers", "common", "manager", "managers", "misc"}


def test_every_permission_that_is_asked_for_is_in_the_list() -> None:
    asked = {
        **texts_given_to("require", 1),
        **texts_given_to("reached_with", 1),
        **texts_given_to("may", 0),
        **texts_given_to("scope", 0),
        **texts_assigned_to("sees"),
    }

    assert len(asked) > 5
    assert {name: module for name, module in asked.items() if name not in PERMISSIONS} == {}


def test_every_event_of_the_effects_table_is_recorded_by_an_action() -> None:
    recorded = texts_given_to("record", 0) | texts_given_to("tell", 0)

    assert len(recorded) > 2
    assert set(EFFECTS) <= set(recorded)


def test_every_event_is_named_after_its_domain() -> None:
    for event, module in (texts_given_to("record", 0) | texts_given_to("tell", 0)).items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", event), f"{event} in {module}"
        assert event.split(".")[0] in module, f"{event} in {module}"


@pytest.mark.parametrize("event", sorted(EFFECTS))
def test_every_effect_says_when_it_runs_and_is_installed(event: str) -> None:
    assert EFFECTS[event], f"{event}: a line without effects says nothing"
    assert all(isinstance(effect, Within | After) for effect in EFFECTS[event])
    assert effects_of(event) == tuple(EFFECTS[event])


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [path for path in modules() if path.stem in VAGUE or VAGUE & set(path.relative_to(ROOT).parts)]

    assert vague == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [module for module, tree in trees() if tree.body and not ast.get_docstring(tree)]

    assert silent == []
