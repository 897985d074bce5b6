"""What was agreed with each commune, what the planner was asked, and what it answered."""

from escale.apps.schedule.models.agreed import AnnexedPattern
from escale.apps.schedule.models.batches import Batch, BatchItem, ItemState
from escale.apps.schedule.models.runs import Run, RunStatus

__all__ = ["AnnexedPattern", "Batch", "BatchItem", "ItemState", "Run", "RunStatus"]
