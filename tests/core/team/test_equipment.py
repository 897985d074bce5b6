"""The list of art. 3-2: a telephone, six laptops, a projector, a scanner-printer, a 4G hotspot."""

from __future__ import annotations

from escale.core.team.equipment import LIST, PieceKind, Shortage, shortages


def test_the_list_is_that_of_the_convention() -> None:
    assert list(LIST.items()) == [
        (PieceKind.TELEPHONE, 1),
        (PieceKind.LAPTOP, 6),
        (PieceKind.PROJECTOR, 1),
        (PieceKind.SCANNER_PRINTER, 1),
        (PieceKind.HOTSPOT_4G, 1),
    ]


def test_a_whole_kit_is_short_of_nothing_and_spares_do_no_harm() -> None:
    assert shortages({**LIST, PieceKind.LAPTOP: 7}) == ()


def test_five_laptops_are_told_as_five_out_of_six() -> None:
    assert shortages({**LIST, PieceKind.LAPTOP: 5}) == (Shortage(kind=PieceKind.LAPTOP, there=5, wanted=6),)


def test_an_empty_kit_lacks_everything_in_the_order_of_the_list() -> None:
    assert [one.kind for one in shortages({})] == list(LIST)
