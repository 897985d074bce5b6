"""Two versions of a text, compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from escale.core.documents.comparing import Fate, Words, changes_between

SAME, ADDED, REMOVED = Fate.SAME, Fate.ADDED, Fate.REMOVED
paragraphs = st.lists(st.text("ab ", min_size=1, max_size=8), max_size=6)


def test_the_same_text_changes_nothing() -> None:
    assert changes_between(["Un.", "Deux."], ["Un.", "Deux."]) == ()


def test_a_word_that_changes_is_seen_inside_its_paragraph() -> None:
    [change] = changes_between(["Le préavis est de deux mois."], ["Le préavis est de trois mois."])

    assert change == (
        Words(text="Le préavis est de", fate=SAME),
        Words(text="deux", fate=REMOVED),
        Words(text="trois", fate=ADDED),
        Words(text="mois.", fate=SAME),
    )


def test_a_paragraph_that_comes_and_one_that_goes_are_whole() -> None:
    changes = changes_between(["Un.", "Il pleut sur la ville."], ["Un.", "Nouvelle clause toute différente."])

    assert changes == (
        (Words(text="Il pleut sur la ville.", fate=REMOVED),),
        (Words(text="Nouvelle clause toute différente.", fate=ADDED),),
    )


@given(paragraphs, paragraphs)
def test_nothing_is_told_of_texts_that_are_alike_and_something_of_others(before: list[str], after: list[str]) -> None:
    assert (changes_between(before, after) == ()) == (before == after)
