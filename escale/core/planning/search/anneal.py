"""Simulated annealing (Kirkpatrick et al. 1983): better moves always, worse ones less and less often."""

from __future__ import annotations

import numpy as np

from escale.core.planning.compiled import lean
from escale.core.planning.grid import Floats, Grid
from escale.core.planning.search.draws import uniform
from escale.core.planning.search.moves import try_move
from escale.core.planning.search.state import State, apply, begin, settle
from escale.core.planning.search.terms import balance_cost

BEST_MARGIN = 1e-6


@lean
def anneal(grid: Grid, state: State, cumulated: Floats, hot: float, cold: float, proposals: int) -> None:
    """Try `proposals` moves while the temperature falls from `hot` to `cold` (kilometre equivalents), geometrically."""
    temperature = hot
    factor = (cold / hot) ** (64.0 / max(64, proposals))
    for n in range(proposals):
        if n & 63 == 63:
            temperature *= factor
        balance = balance_cost(grid, state.loads)
        begin(state)
        try_move(grid, state, uniform(state.rng), cumulated)
        if apply(grid, state) > 0:
            threshold = -temperature * np.log(uniform(state.rng))
            if settle(grid, state, balance, threshold) and state.cost[0] < state.cost[1] - BEST_MARGIN:
                state.cost[1] = state.cost[0]
                for slot in range(state.holder.shape[0]):
                    state.best[slot] = state.holder[slot]
