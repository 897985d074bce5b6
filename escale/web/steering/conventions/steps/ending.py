"""The steps of what ends a convention, or may: denunciation, mise en demeure, termination, dispute."""

from __future__ import annotations

from escale.web.steering.conventions.steps import denouncing, disputing, noticing, terminating

STEPS = (*denouncing.STEPS, *noticing.STEPS, *terminating.STEPS, *disputing.STEPS)
