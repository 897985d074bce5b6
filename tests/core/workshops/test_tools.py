"""Free and libre, or a reason in words (art. 3-2)."""

from __future__ import annotations

from escale.core.workshops.tools import TOOLS, tools_refusal


def test_every_tool_of_the_catalogue_says_its_licence_and_its_use() -> None:
    assert len(TOOLS) > 20
    assert all(tool.name and tool.use and tool.licence and tool.code == code for code, tool in TOOLS.items())


def test_tools_of_the_catalogue_need_no_reason() -> None:
    assert tools_refusal(["firefox", "libreoffice"], other="", exception="") == ""


def test_another_tool_is_refused_without_a_reason() -> None:
    assert "dire en quelques mots pourquoi" in tools_refusal([], other="WhatsApp", exception="")


def test_another_tool_is_kept_with_its_reason() -> None:
    assert tools_refusal([], other="WhatsApp", exception="les participants l’ont déjà") == ""


def test_a_reason_without_a_tool_is_refused() -> None:
    assert "quel outil" in tools_refusal([], other="", exception="parce que")


def test_an_unknown_code_is_refused() -> None:
    assert "photoshop" in tools_refusal(["photoshop"], other="", exception="")
