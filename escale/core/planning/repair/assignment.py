"""The cheapest assignment of rows to columns, exact and in whole numbers (shortest augmenting paths; Kuhn 1955, Munkres 1957)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Long = NDArray[np.int64]
FORBIDDEN = np.int64(1) << 56
"""A cost that no assignment pays: give each row a column of its own where it waits."""


def cheapest_assignment(cost: Long) -> list[int]:
    """Return the column of each row, all different, with the least sum of costs. There are at least as many columns as rows."""
    rows, columns = cost.shape
    row_price, price = np.zeros(rows, np.int64), np.zeros(columns, np.int64)
    held_by = np.full(columns, -1)
    for row in range(rows):
        distance = np.full(columns, np.int64(1) << 60)
        came_from = np.full(columns, -1)
        done = np.zeros(columns, np.bool_)
        current, column, length = row, -1, np.int64(0)
        while current >= 0:
            reach = length + cost[current] - row_price[current] - price
            nearer = ~done & (reach < distance)
            distance[nearer] = reach[nearer]
            came_from[nearer] = column
            column = int(np.where(done, np.int64(1) << 61, distance).argmin())
            done[column], length = True, distance[column]
            current = int(held_by[column])
        row_price[row] += length
        for passed in np.flatnonzero(done).tolist():
            if held_by[passed] >= 0:
                row_price[held_by[passed]] += length - distance[passed]
            price[passed] -= length - distance[passed]
        while column >= 0:
            before = int(came_from[column])
            held_by[column] = held_by[before] if before >= 0 else row
            column = before
    found = np.full(rows, -1)
    for column in np.flatnonzero(held_by >= 0).tolist():
        found[held_by[column]] = column
    return found.tolist()
