"""The motives are few, coarse, and each says what to bring."""

from __future__ import annotations

from escale.core.booking.motives import ALWAYS, MOST_MOTIVES, MOTIVES, Motive, to_bring


def test_the_list_is_closed_short_and_whole() -> None:
    assert set(MOTIVES) == set(Motive)
    assert len(Motive) <= MOST_MOTIVES
    assert len({card.label for card in MOTIVES.values()}) == len(Motive)


def test_each_motive_says_what_to_bring_and_that_passwords_stay_with_the_person() -> None:
    for motive in Motive:
        assert to_bring(motive)[-1] == ALWAYS
        assert all(isinstance(thing, str) and len(thing) > 5 for thing in MOTIVES[motive].bring)
    assert "nous ne les gardons pas" in ALWAYS


def test_no_motive_names_an_illness_a_handicap_or_an_income() -> None:
    words = " ".join(card.label.lower() for card in MOTIVES.values())

    assert not any(word in words for word in ("maladie", "handicap", "mdph", "invalidité", "surendettement", "rsa"))
