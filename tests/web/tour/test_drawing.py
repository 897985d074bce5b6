"""The drawing of a round: the way, its stops, the land around it."""

from __future__ import annotations

from itertools import pairwise

from escale.web.steering.tour.drawing import Place, draw_round

BASE = Place(name="Raismes", position=(50.39, 3.48))
OISY = Place(name="Oisy", position=(50.36, 3.43))
DENAIN = Place(name="Denain", position=(50.33, 3.39))
FAR = Place(name="Lille", position=(50.63, 3.06))


def test_a_round_leaves_the_base_and_comes_back_to_it() -> None:
    drawing = draw_round([], BASE, [OISY, DENAIN])

    assert drawing is not None
    marks = {mark.name: mark for mark in drawing.marks}
    way = [tuple(map(int, point.strip(" L").split())) for point in drawing.way.removeprefix("M").split("L")]
    assert way == [(marks[name].x, marks[name].y) for name in ("Raismes", "Oisy", "Denain", "Raismes")]
    assert {name: mark.number for name, mark in marks.items()} == {"Raismes": 0, "Oisy": 1, "Denain": 2}


def test_north_is_above_and_east_is_on_the_right() -> None:
    drawing = draw_round([], BASE, [DENAIN])

    assert drawing is not None
    base, stop = (next(mark for mark in drawing.marks if mark.name == name) for name in ("Raismes", "Denain"))
    assert base.y < stop.y
    assert base.x > stop.x


def test_every_mark_stands_inside_the_drawing() -> None:
    for stops in ([OISY], [OISY, DENAIN], [BASE], [FAR]):
        drawing = draw_round([], BASE, stops)

        assert drawing is not None
        assert all(0 < mark.x < drawing.width and 0 < mark.y < drawing.height for mark in drawing.marks)


def test_labels_do_not_cover_one_another() -> None:
    close = [Place(name=name, position=(50.39, 3.48 + number / 1000)) for number, name in enumerate(("Oisy", "Denain"))]

    drawing = draw_round([], BASE, close)

    assert drawing is not None
    heights = sorted(mark.label_y for mark in drawing.marks)
    assert all(b - a >= 30 for a, b in pairwise(heights))


def test_the_land_around_is_drawn_and_what_is_far_is_not() -> None:
    drawing = draw_round([OISY, FAR], BASE, [DENAIN])

    assert drawing is not None
    assert len(drawing.points) == 1


def test_a_known_outline_stands_instead_of_a_point() -> None:
    ring = [[3.40, 50.34], [3.46, 50.34], [3.46, 50.38], [3.40, 50.34]]
    square = {"type": "Polygon", "coordinates": [ring]}
    islands = {"type": "MultiPolygon", "coordinates": [[ring], [ring]]}

    for outline, number in ((square, 1), (islands, 2)):
        drawing = draw_round([Place(name="Oisy", position=OISY.position, outline=outline)], BASE, [DENAIN])

        assert drawing is not None
        assert len(drawing.outlines) == number
        assert drawing.points == []


def test_a_round_to_an_unknown_position_is_not_drawn() -> None:
    assert draw_round([], BASE, [Place(name="Oisy", position=None)]) is None
    assert draw_round([], Place(name="Raismes", position=None), [OISY]) is None
