"""What each party owes under a convention, and how it is kept: counts by party, and one line for each obligation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from escale.apps.obligations.kept import Kept, Status
from escale.apps.obligations.labels import STATUSES
from escale.core.convention.parties import Party

TONES = {Status.MET: "good", Status.DUE: "soon", Status.LATE: "late", Status.AT_RISK: "soon", Status.NOT_MEASURED: "info"}
ORDER = (Status.LATE, Status.AT_RISK, Status.DUE, Status.MET, Status.NOT_YET, Status.NOT_MEASURED)
"""What needs someone first, what nothing measures last."""

UNMEASURED = (Status.NOT_MEASURED, Status.NOT_YET)
AGREEING = (Status.MET, *UNMEASURED)
"""Those whose words take the mark of the plural."""

PRESSING = (Status.LATE, Status.AT_RISK, Status.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One obligation: its article, its words, how it stands."""

    key: str
    article: str
    words: str
    status: str
    tone: str
    told: str
    is_pressing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many obligations stand in one way: « 4 tenues »."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDuties:
    """What one party owes; `measured` is how many obligations something measures today, `met` how many of these are met."""

    name: str
    duties: Sequence[Duty]
    counts: Sequence[Counted]
    met: int
    measured: int

    @property
    def pressing(self) -> list[Duty]:
        """Those that are late, at risk or to be done."""
        return [duty for duty in self.duties if duty.is_pressing]


def duties_of(kept: Iterable[Kept], names: dict[Party, str]) -> list[PartyDuties]:
    """Return what each party owes, in the order of the text; nothing when nothing is owed any more."""
    lines = list(kept)
    return [_of_party(names[party], [one for one in lines if one.obligation.party is party]) for party in Party if lines]


def counts_of(lines: Iterable[Kept]) -> list[Counted]:
    """Return how many obligations stand in each way, what needs someone first."""
    counted = Counter(line.status for line in lines)
    return [
        Counted(words=_counted_words(status, counted[status]), tone=TONES.get(status, "")) for status in ORDER if counted[status]
    ]


def _of_party(name: str, lines: Sequence[Kept]) -> PartyDuties:
    counted = Counter(line.status for line in lines)
    return PartyDuties(
        name=name,
        duties=[_duty(line) for line in lines],
        counts=counts_of(lines),
        met=counted[Status.MET],
        measured=sum(counted[status] for status in Status if status not in UNMEASURED),
    )


def _counted_words(status: Status, count: int) -> str:
    plural = "s" if count > 1 and status in AGREEING else ""
    return f"{count} {STATUSES[status]}{plural}"


def _duty(line: Kept) -> Duty:
    return Duty(
        key=line.obligation.id,
        article=f"art. {line.obligation.article}",
        words=line.obligation.words,
        status=STATUSES[line.status],
        tone=TONES.get(line.status, ""),
        told=line.told,
        is_pressing=line.status in PRESSING,
    )
