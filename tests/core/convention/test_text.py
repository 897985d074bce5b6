"""The Markdown of a convention: what is read, and what is refused with its line."""

from __future__ import annotations

import pytest

from escale.core.convention.nodes import Listing, Prose, Rule, SignatureBlock, Subtitle, said
from escale.core.convention.text import parse
from tests.core.convention.models import CONVENTION


def text(source: str = CONVENTION) -> list[str]:
    return [f"{fault.line} {fault.message}" for fault in parse("t.md", source).faults]


def test_articles_have_the_identifiers_that_the_text_gives_them() -> None:
    assert parse("t.md", CONVENTION).ids == ("article-1", "article-2", "article-2-1")
    assert text() == []


def test_lists_stand_inside_lists() -> None:
    [listing] = [node for node in parse("t.md", CONVENTION).nodes if isinstance(node, Listing)]

    assert [(item.depth, said(item.words)) for item in listing.items] == [
        (0, "à ouvrir :"),
        (1, "un bureau ;"),
        (1, "une salle ;"),
        (0, "à nommer un référent."),
    ]


def test_subtitle_rule_and_signature_are_told_apart_from_paragraphs() -> None:
    kinds = [type(node) for node in parse("t.md", CONVENTION).nodes]

    assert (kinds.count(Subtitle), kinds.count(Rule), kinds.count(SignatureBlock)) == (1, 1, 1)


def test_lines_of_a_paragraph_or_of_an_item_are_one() -> None:
    prose, listing = parse("t.md", "# T\n\nun\ndeux\n- trois\n  quatre\n").nodes[1:]

    assert isinstance(prose, Prose)
    assert said(prose.words) == "un deux"
    assert isinstance(listing, Listing)
    assert [said(item.words) for item in listing.items] == ["trois quatre"]


def test_a_sign_after_a_backslash_is_itself() -> None:
    [_, prose] = parse("t.md", "# T\n\n\\*\\*2\\*\\* \\{\\{ x \\}\\} \\<b\\>").nodes

    assert isinstance(prose, Prose)
    assert said(prose.words) == "**2** {{ x }} <b>"


def test_words_are_looked_for_in_an_article_and_in_those_inside_it() -> None:
    read = parse("t.md", CONVENTION)

    assert read.says("jusqu'au  30 juin 2026", article="article-2")
    assert not read.says("jusqu’au 30 juin 2026", article="article-1")
    assert read.says("Fait le")
    assert not read.says("Fait le", article="article-2")


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("{#article-2}", "", 20, "pas d’identifiant"),
        ("{#article-2}", "{#Article 2}", 20, "pas d’identifiant"),
        ("{#article-2}", "{#article-1}", 20, "sert déjà à la ligne 11"),
        ("### Article 2-1", "#### Article 2-1", 22, "saute un niveau ; écrire ### au lieu de ####"),
        ("# CONVENTION", "CONVENTION", 1, "pas de titre"),
        ("---", "# ENCORE", 26, "un second titre"),
        ("{{ voted_on }}", "{{ Voté le }}", 9, "ne se lit pas"),
        ("{{ voted_on }}", "{{ voted_on", 9, "« {{ » n’a pas de sens ici"),
        ("**Commune**", "**Commune", 13, "n’est pas fermé"),
        ("**Commune**", "*Commune*", 13, "« * » n’a pas de sens ici"),
        ("**Commune**", "<b>Commune</b>", 13, "« <b> » n’a pas de sens ici"),
        ("La **Commune**", "| La Commune |", 13, "mise en forme n’est pas connue"),
        ("  - une salle", "   - une salle", 17, "mal décalée"),
        ("  - une salle", "      - une salle", 17, "mal décalée"),
        ("::: subtitle", "::: sous-titre", 5, "« sous-titre » n’est pas connu"),
        ("## Article 1er : But", "##Article 1er : But", 11, "sans espace"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(old: str, new: str, line: int, told: str) -> None:
    assert old in CONVENTION

    found = text(CONVENTION.replace(old, new, 1))

    assert any(one.startswith(f"{line} ") and told in one for one in found), found


def test_a_block_that_stays_open_or_empty_is_told() -> None:
    assert text("# T\n\n::: signature\n") == [
        "3 ce bloc est vide ; le remplir ou l’ôter",
        "3 ce bloc n’est pas fermé ; écrire « ::: » seul sur une ligne après lui",
    ]
