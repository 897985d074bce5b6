"""The table of a year: its usual days, its orders, its counts."""

from __future__ import annotations

import datetime as dt

from escale.core.calendar.months import Month
from escale.web.steering.tour.year import Cell, Gap, Line, Order, Pattern, Shown, Tour, YearVisit, pattern_words, usual_of


def visit(date: str, half: str = "AM", for_month: str = "", post: int = 1) -> YearVisit:
    day = dt.date.fromisoformat(date)
    return YearVisit(key=1, commune=1, post=post, date=day, half=half, for_month=for_month or date[:7])


def line(name: str, post: int | None, usual: Pattern | None, *cells: Cell) -> Line:
    return Line(
        key=1,
        code=name,
        name=name,
        sort_key=name.lower(),
        is_expected=False,
        post=post,
        usual=usual,
        agreed=None,
        cells=cells,
    )


def test_the_usual_day_is_the_most_frequent_one() -> None:
    assert usual_of([visit("2027-01-05"), visit("2027-02-02"), visit("2027-03-11")], None) == (1, 1, "AM")


def test_of_two_days_as_frequent_the_agreed_one_is_usual() -> None:
    visits = [visit("2027-01-05"), visit("2027-02-11")]

    assert usual_of(visits, (2, 3, "AM")) == (2, 3, "AM")
    assert usual_of(visits, (4, 4, "PM")) == (1, 1, "AM")


def test_a_make_up_does_not_make_a_usual_day() -> None:
    assert usual_of([visit("2027-03-11", for_month="2027-02")], None) is None


def test_a_usual_day_reads_as_people_say_it() -> None:
    assert pattern_words((1, 1, "AM")) == "1er mardi, matin"
    assert pattern_words((3, 4, "PM")) == "3e vendredi, après-midi"


def test_the_three_orders() -> None:
    zoe, ana, lou = line("Zoé", 1, (1, 1, "AM")), line("Ana", 2, (2, 1, "AM")), line("Lou", 1, (1, 3, "PM"))
    tour = Tour(months=(), lines=(zoe, ana, lou), posts={1: "Camille", 2: "Sacha"})

    def names(order: Order) -> list[tuple[str, list[str]]]:
        return [(group.heading, [line.name for line in group.lines]) for group in tour.groups(order)]

    assert names(Order.COMMUNE) == [("", ["Ana", "Lou", "Zoé"])]
    assert names(Order.DAY) == [("", ["Zoé", "Lou", "Ana"])]
    assert names(Order.MEDIATOR) == [("Camille", ["Zoé", "Lou"]), ("Sacha", ["Ana"])]


def test_communes_without_a_visit_come_last() -> None:
    tour = Tour(months=(), lines=(line("Ana", None, None), line("Zoé", 1, (1, 1, "AM"))), posts={1: "Camille"})

    assert [group.heading for group in tour.groups(Order.MEDIATOR)] == ["Camille", "Sans passage"]


def test_the_counts_of_a_table() -> None:
    january, february = Month(2027, 1), Month(2027, 2)
    usual = Cell(month=january, visits=(Shown(visit=visit("2027-01-05"), is_usual=True),))
    empty = Cell(month=february, gap=Gap.UNSERVED, note="aucune place")
    tour = Tour(months=(january, february), lines=(line("Ana", 1, (1, 1, "AM"), usual, empty),))

    assert (tour.served, tour.on_usual_day) == (1, 1)
    assert [cell.note for _, cell in tour.unserved] == ["aucune place"]
    assert tour.irregular == []


def test_the_next_dates_of_a_commune() -> None:
    cells = [
        Cell(month=Month(2027, number), visits=(Shown(visit=visit(f"2027-0{number}-05"), is_usual=True),))
        for number in range(1, 8)
    ]

    assert line("Ana", 1, None, *cells).coming(dt.date(2027, 3, 5)) == [dt.date(2027, number, 5) for number in (3, 4, 5)]
