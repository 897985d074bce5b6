"""What was agreed with each commune, what the planner was asked, and what it answered."""

from escale.apps.schedule.models.agreed import AgreedVisits, AnnexedPattern
from escale.apps.schedule.models.batches import Batch, BatchItem, ItemState
from escale.apps.schedule.models.inquiries import (
    Inquiry,
    LinkPurpose,
    Market,
    PersonalLink,
    Remark,
    RemarkState,
    Wish,
)
from escale.apps.schedule.models.participations import Participation, Standing
from escale.apps.schedule.models.plans import Plan, PlanChange, PlannedVisit, PlanOrigin, PlanState, Publication
from escale.apps.schedule.models.questions import Question, QuestionKind, QuestionStatus, ReducedService
from escale.apps.schedule.models.runs import Run, RunStatus

__all__ = [
    "AgreedVisits",
    "AnnexedPattern",
    "Batch",
    "BatchItem",
    "Inquiry",
    "ItemState",
    "LinkPurpose",
    "Market",
    "Participation",
    "PersonalLink",
    "Plan",
    "PlanChange",
    "PlanOrigin",
    "PlanState",
    "PlannedVisit",
    "Publication",
    "Question",
    "QuestionKind",
    "QuestionStatus",
    "ReducedService",
    "Remark",
    "RemarkState",
    "Run",
    "RunStatus",
    "Standing",
    "Wish",
]
