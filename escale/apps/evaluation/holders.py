"""Whoever opened a report or a questionnaire by its letter: an actor who may answer for the commune there, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from escale.apps.audit.scopes import NOWHERE, Scope
from escale.apps.evaluation.models import Questionnaire, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHolder:
    """Someone of the mairie, without an account."""

    report: Report

    @property
    def actor_id(self) -> str:
        """What the audit log calls them: the number of the report, never its key."""
        return f"report:{self.report.pk}"

    def scope(self, permission: str) -> Scope:
        """Return where they hold a permission."""
        if permission == "reports.acknowledge":
            return Scope(communes=frozenset({self.report.commune.code}))
        return NOWHERE

    def may(self, permission: str, on: object) -> bool:
        """Tell whether they hold a permission on an object."""
        return self.scope(permission).covers(on)


def find_report(key: str) -> Report | None:
    """Return the report of a key, once it was sent."""
    sent = Report.objects.filter(sent_at__isnull=False).select_related("epci", "commune")
    return sent.filter(key=key).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireHolder:
    """Someone of the mairie who answers for it, without an account."""

    questionnaire: Questionnaire

    @property
    def actor_id(self) -> str:
        """What the audit log calls them: the number of the questionnaire, never its key."""
        return f"questionnaire:{self.questionnaire.pk}"

    def scope(self, permission: str) -> Scope:
        """Return where they hold a permission."""
        if permission == "evaluations.answer":
            return Scope(communes=frozenset({self.questionnaire.commune.code}))
        return NOWHERE

    def may(self, permission: str, on: object) -> bool:
        """Tell whether they hold a permission on an object."""
        return self.scope(permission).covers(on)


def find_questionnaire(key: str) -> Questionnaire | None:
    """Return the questionnaire of a key."""
    rows = Questionnaire.objects.select_related("evaluation__epci", "evaluation__convention__commune", "commune")
    return rows.filter(key=key).first()
