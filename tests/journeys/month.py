"""One month of the service: two communes, two mediators, one coordination, a clock that goes on, and the screens of each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from playwright.sync_api import Page

from escale.apps.accounts.access import Kind
from escale.apps.accounts.models import Role, User
from escale.apps.audit.actors import SYSTEM
from escale.apps.team.actions import add_piece, open_kit
from escale.apps.team.models import Mediator, Post
from escale.apps.territory.models import Commune
from escale.apps.visits.actions import settle_months
from escale.apps.visits.matching import Promise
from escale.core.calendar.months import Month
from escale.core.team.equipment import LIST
from tests.apps.booking.service import Clock
from tests.journeys.queue import work_off
from tests.journeys.village import SINCE, Village, make_village
from tests.journeys.walk import Walk
from tests.web.cast import make_person

THUMB = 360
"""The width of the telephone of a mediator."""
COUNT_TAPS = """
addEventListener("pointerdown", () => { sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1; }, true);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Who plays, the browser of each of them, and the one clock of the month."""

    village: Village
    sacha: User
    desk_of_denain: User
    clock: Clock
    walk: Walk
    texts: Path

    @contextmanager
    def seen(self, path: str, by: User | None = None, *, width: int = 1280) -> Iterator[Page]:
        """Open a page as someone, or as nobody, in a browser that is closed afterwards: whoever comes back enters again."""
        page = self.walk.open(path, user=by, width=width)
        page.set_default_timeout(20_000)
        yield page
        page.context.close()

    def in_the_field(self, path: str, by: User) -> AbstractContextManager[Page]:
        """Open a page on the telephone of a mediator."""
        return self.seen(path, by, width=THUMB)

    def pass_a_round(self) -> None:
        """Do what the worker does each minute, then what waits in the queue, while nobody looks at a page."""
        self.clock.now += dt.timedelta(minutes=2)
        call_command("tick")
        work_off()

    def texts_of_today(self) -> list[str]:
        """Return the text messages that left on this day, with their numbers."""
        lines = (self.texts / f"{self.clock.now:%Y-%m-%d}.jsonl").read_text(encoding="utf-8").splitlines()
        return ["{to} {text}".format(**json.loads(line)) for line in lines]


def make_stage(walk: Walk, clock: Clock, texts: Path) -> Stage:
    """Write the territory, and the published half-days of two months in two communes."""
    village = make_village()
    sacha = User.objects.create(email="sacha@example.org", name="Sacha Exemple")
    Role.objects.create(user=sacha, kind=Kind.MEDIATOR, epci=village.epci, place=village.epci.siren)
    Mediator.objects.filter(first_name="Sacha").update(user=sacha)
    desk = make_person(Kind.DESK, village.epci, village.denain)
    one, two = Post.objects.order_by("label")
    kit = open_kit(actor=SYSTEM, epci=village.epci, label="Malle 1", post=one, starts=SINCE)
    for number, kind in enumerate((kind for kind, count in LIST.items() for _ in range(count)), start=1):
        add_piece(actor=SYSTEM, kit=kit, number=number, kind=kind, starts=SINCE)
    promises = [
        _promise(village.oisy, one, dt.date(2027, 1, 5), "PM"),
        _promise(village.denain, two, dt.date(2027, 1, 7), "AM"),
        _promise(village.oisy, one, dt.date(2027, 2, 2), "PM"),
        _promise(village.denain, two, dt.date(2027, 2, 4), "AM"),
    ]
    months = [Month(2027, 1), Month(2027, 2)]
    settle_months(actor=SYSTEM, epci=village.epci, months=months, promises=promises, today=clock.now.date(), reason="la tournée")
    return Stage(village=village, sacha=sacha, desk_of_denain=desk, clock=clock, walk=walk, texts=texts)


def count_taps(page: Page) -> None:
    """Count from now on how often a finger or a mouse goes down on the pages of this tab."""
    page.context.add_init_script(COUNT_TAPS)
    page.evaluate(COUNT_TAPS)


def taps_of(page: Page) -> int:
    """Return how often it did."""
    found: int = page.evaluate("Number(sessionStorage.taps ?? 0)")
    return found


def _promise(commune: Commune, post: Post, date: dt.date, half: str) -> Promise:
    return Promise(commune=commune.pk, post=post.pk, date=date, half=half, for_month=f"{date:%Y-%m}")
