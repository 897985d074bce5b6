"""French words for the values of the planning; a test holds each table complete."""

from __future__ import annotations

from escale.apps.schedule.models import ItemState, PlanOrigin, PlanState, RemarkState, RunStatus, Standing
from escale.core.planning.progress import Phase

RUN_STATUSES = {
    RunStatus.QUEUED: "en attente",
    RunStatus.RUNNING: "en cours",
    RunStatus.DONE: "terminée",
    RunStatus.STOPPED: "arrêtée",
    RunStatus.FAILED: "échouée",
}
PHASES = {
    Phase.FIRST_PLAN: "premier plan trouvé",
    Phase.SEARCH: "le plan s’améliore",
    Phase.DONE: "le plan est prêt",
}
ITEM_STATES = {
    ItemState.QUEUED: "en attente",
    ItemState.RUNNING: "en cours",
    ItemState.DONE: "planifié",
    ItemState.FAILED: "échoué",
}
PLAN_STATES = {
    PlanState.DRAFT: "brouillon",
    PlanState.SENT: "envoyé aux mairies",
    PlanState.PUBLISHED: "publié",
    PlanState.DISCARDED: "écarté",
}
PLAN_ORIGINS = {
    PlanOrigin.FIRST: "premier plan",
    PlanOrigin.RUN: "recherche",
    PlanOrigin.IMPORT: "importé",
    PlanOrigin.COPY: "copie",
    PlanOrigin.REPAIR: "réparation",
    PlanOrigin.TRANSITION: "passage en douceur vers de nouveaux jours",
}
STANDINGS = {Standing.FIRM: "participante", Standing.EXPECTED: "attendue"}
REMARK_STATES = {RemarkState.OPEN: "à examiner", RemarkState.FOLLOWED: "suivie", RemarkState.DECLINED: "non suivie"}
