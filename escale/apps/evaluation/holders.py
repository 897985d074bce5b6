"""Whoever opened a report by its letter: an actor who may say that the commune read it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from escale.apps.audit.scopes import NOWHERE, Scope
from escale.apps.evaluation.models import Report


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
