"""The assignment is the cheapest of all."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from escale.core.planning.repair.assignment import cheapest_assignment


@given(st.integers(1, 4), st.integers(0, 2), st.data())
def test_no_other_assignment_costs_less(rows: int, spare: int, data: st.DataObject) -> None:
    columns = rows + spare
    numbers = st.lists(st.integers(-5, 50), min_size=columns, max_size=columns)
    cost = np.array(data.draw(st.lists(numbers, min_size=rows, max_size=rows)), np.int64)

    found = cheapest_assignment(cost)

    assert len(set(found)) == rows
    least = min(sum(cost[row, c] for row, c in enumerate(choice)) for choice in itertools.permutations(range(columns), rows))
    assert sum(cost[row, column] for row, column in enumerate(found)) == least
