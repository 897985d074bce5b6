"""What became of five conventions in 2026: three denunciations, a mise en demeure, an avenant under way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.conventions.actions.amending import Change, draft_avenant
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.freezing import freeze_avenant_text
from escale.apps.conventions.actions.terminating import put_on_notice
from escale.apps.conventions.models import Convention, Party
from escale.apps.conventions.papers.avenants import ready_purpose
from escale.apps.conventions.papers.texts import model_of
from escale.config.demonstration.accounts import DENAIN
from escale.config.demonstration.actor import ACTOR
from escale.config.demonstration.conventions.authorities import Sitting, vote_in_bureau
from escale.config.demonstration.conventions.scene import PROOF, Scene, letter

IN_TIME, LATE, CONTESTABLE, ON_NOTICE = "59100", "59391", "59207", "59361"
"""Bousignies, Mastaing, Escautpont and Lourches, taken by chance: nothing of it is real."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The days of a letter."""

    sent: dt.date
    presented: dt.date
    delivered: dt.date


DENUNCIATIONS = {
    CONTESTABLE: Way(sent=dt.date(2026, 4, 29), presented=dt.date(2026, 4, 30), delivered=dt.date(2026, 5, 5)),
    LATE: Way(sent=dt.date(2026, 5, 4), presented=dt.date(2026, 5, 6), delivered=dt.date(2026, 5, 7)),
    IN_TIME: Way(sent=dt.date(2026, 10, 12), presented=dt.date(2026, 10, 14), delivered=dt.date(2026, 10, 15)),
}
NOTICE = Way(sent=dt.date(2026, 10, 26), presented=dt.date(2026, 10, 28), delivered=dt.date(2026, 10, 28))
"""Its month runs until Monday 30 November 2026: the 28th is a Saturday."""

AVENANT_FROZEN_ON = dt.date(2026, 10, 5)
SITTING_ON_AVENANT = Sitting(
    number="B26/047", held_on=dt.date(2026, 10, 19), delegation_number="26/031", delegation_on=dt.date(2026, 4, 27)
)
ARTICLES = ("4", "9", "10")


def tell_troubles(scene: Scene) -> None:
    """Record what has come."""
    for code, way in DENUNCIATIONS.items():
        if scene.has_come(way.sent):
            _denounce(scene, code, way)
    if scene.has_come(NOTICE.sent):
        _put_on_notice(scene)
    if scene.has_come(AVENANT_FROZEN_ON):
        _amend(scene)


def _denounce(scene: Scene, code: str, way: Way) -> None:
    convention = _of(scene, code)
    posting = letter(convention.commune, 2, way.sent, way.presented, way.delivered, scene.now)
    denounce(actor=ACTOR, convention=convention, author=Party.COMMUNE, posting=posting, states_fallback=False)


def _put_on_notice(scene: Scene) -> None:
    convention = _of(scene, ON_NOTICE)
    put_on_notice(
        actor=ACTOR,
        convention=convention,
        author=Party.EPCI,
        articles=["3-1", "7"],
        facts="Depuis septembre 2026, les rendez-vous se tiennent dans un hall ouvert (démonstration).",
        expected="Un bureau à l’abri des regards, chauffé, à chaque demi-journée (démonstration).",
        posting=letter(convention.commune, 2, NOTICE.sent, NOTICE.presented, NOTICE.delivered, scene.now),
    )


def _amend(scene: Scene) -> None:
    convention = _of(scene, DENAIN)
    changes = [Change(article=article) for article in ARTICLES]
    purpose = ready_purpose(model_of(convention), 1)
    drafted = draft_avenant(actor=ACTOR, convention=convention, purpose=purpose, changes=changes)
    avenant = freeze_avenant_text(actor=ACTOR, avenant=drafted, on=AVENANT_FROZEN_ON, proof=PROOF)
    if scene.has_come(SITTING_ON_AVENANT.completed_on):
        vote_in_bureau([convention], SITTING_ON_AVENANT, avenant)


def _of(scene: Scene, code: str) -> Convention:
    return Convention.objects.select_related("epci", "commune").get(epci=scene.epci, commune__code=code)
