"""The kilometres that a month can spare at most: a maximum-weight matching of its communes (Edmonds 1965)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import rustworkx as rx

from escale.core.planning.bound.merged import Merged
from escale.core.planning.grid import Floats, Grid, Ints

SCALE = 10_000
"""Matchings are made on whole numbers, rounded up: the bound loses less than a thousandth of a kilometre."""


class Spared(NamedTuple):
    """The value of the matchings of all months, and their pairs of communes (month, first, second)."""

    value: float
    pairs: Ints


def spared_at_most(grid: Grid, merged: Merged, saving_price: Floats) -> Spared:
    """Return the most that all months can spare when each commune pays `saving_price[c, t]` (C, T) to be in a pair."""
    total = 0
    pairs: list[tuple[int, int, int]] = []
    nodes = np.repeat(np.arange(len(grid.per_month)), grid.per_month)
    for t in range(grid.due.shape[1]):
        gain = merged.saving - saving_price[:, t][:, None] - saving_price[:, t][None, :]
        gain = np.where(merged.shared[t], gain, 0.0)[np.ix_(nodes, nodes)]
        first, second = np.nonzero(np.triu(gain, 1) > 1 / SCALE)
        weights = np.ceil(gain[first, second] * SCALE).astype(np.int64)
        graph: rx.PyGraph[None, int] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * len(nodes))
        graph.add_edges_from(list(zip(first.tolist(), second.tolist(), weights.tolist(), strict=True)))
        for i, j in rx.max_weight_matching(graph, weight_fn=int):
            total += graph.get_edge_data(i, j)
            pairs.append((t, int(nodes[min(i, j)]), int(nodes[max(i, j)])))
    return Spared(value=total / SCALE, pairs=np.array(pairs, np.int32).reshape(-1, 3))
