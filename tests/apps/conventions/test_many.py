"""Many conventions are read by their dates alone: what is told of them is what reading each of them whole tells."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from typing import Any

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.models import (
    Act,
    ActKind,
    Authorisation,
    Avenant,
    AvenantClause,
    Convention,
    Denonciation,
    Gender,
    Ground,
    Matter,
    Notification,
    Outcome,
    Party,
    Signatory,
    Signature,
    Termination,
)
from escale.apps.conventions.queries import states_of, states_one_by_one
from escale.apps.conventions.terms import write_terms
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.letters import Channel, Returned
from escale.core.convention.life import State
from escale.core.convention.terms import Terms
from tests.apps.conventions.paper import TEXT, day
from tests.cast import make_commune

SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
CONVENTIONS = 24
DATES = ("2025-01-05", "2025-02-20", "2025-03-20", "2026-06-30", "2026-07-01", "2026-11-23", "2027-07-01", "2029-04-30")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_reading_many_by_their_dates_tells_what_reading_each_one_whole_tells(seed: int, epci: Epci, elsewhere: Epci) -> None:
    set_setting(actor=SYSTEM, epci=elsewhere, key="POSTING_SAFETY_DAYS", value="30")
    set_setting(actor=SYSTEM, epci=elsewhere, key="HOLIDAY_AREA", value="ALSACE_MOSELLE")
    sketch = Sketch(random.Random(seed))
    for number in range(CONVENTIONS):
        home = (epci, elsewhere)[number % 2]
        sketch.convention(home, make_commune(home, f"{59000 + number}", f"Exemple {number}"))
    rows = Convention.objects.all()

    told = [states_of(rows, day(on)) for on in DATES]

    assert told == [states_one_by_one(rows, day(on)) for on in DATES]
    assert len({situation.state for found in told for situation in found.values()}) > 5


class Sketch:
    """Writes conventions of all sorts, some of them as no action would leave them: without an act, or signed once."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    def convention(self, epci: Epci, commune: Commune) -> None:
        row = Convention(epci=epci, commune=commune, model="essai", model_version="1", created_by="tests")
        row.terms = write_terms(Terms(max_renewals=self.draw.choice([None, None, 0, 1])))
        if self.maybe(0.9):
            row.text, row.text_sha256, row.frozen_on = TEXT, SHA256, day("2025-01-06")
        if row.frozen_on and self.maybe(0.8):
            row.notified_on = self.after("2025-03-17", 300)
        elif self.maybe(0.3):
            row.abandoned_on = self.after("2025-04-01", 300)
        row.save()
        if row.frozen_on:
            self.conclude(row)
        if row.notified_on:
            self.trouble(row)

    def conclude(self, row: Convention) -> None:
        kinds = {Party.COMMUNE: ActKind.COMMUNE_COUNCIL, Party.EPCI: ActKind.BUREAU}
        for party, kind in kinds.items():
            commune = row.commune if party is Party.COMMUNE else None
            for number in range(self.draw.choice([0, 1, 1, 1, 2])):
                outcome = Outcome.ADOPTED if self.maybe(0.8) else Outcome.POSTPONED
                held: dict[str, Any] = {"held_on": self.after("2025-02-01", 20)}
                if outcome is Outcome.ADOPTED:
                    held |= {"number": f"{row.pk}-{number}", "transmitted_on": self.after("2025-02-21", 10)}
                    held["published_on"] = self.after("2025-02-21", 10) if self.maybe(0.9) else None
                act = Act.objects.create(epci=row.epci, commune=commune, kind=kind.value, outcome=outcome.value, **held)
                text = SHA256 if self.maybe(0.9) else "0" * 64
                Authorisation.objects.create(act=act, convention=row, party=party.value, text_sha256=text)
            if self.maybe(0.9):
                who = {"first_name": "Camille", "last_name": "Exemple", "title": "Maire", "gender": Gender.FEMININE.value}
                signer = Signatory.objects.create(epci=row.epci, commune=commune, **who)
                signed = {"signed_on": self.after("2025-03-01", 16), "override": "urgence" if self.maybe(0.1) else ""}
                Signature.objects.create(convention=row, party=party.value, signatory=signer, **signed)

    def trouble(self, row: Convention) -> None:
        is_whole = row.signatures.count() == len(Party) and row.terms["max_renewals"] is None
        if self.maybe(0.4):
            letter = self.letter(row, Matter.DENUNCIATION)
            withdrawn = self.after("2026-06-10", 10) if self.maybe(0.2) else None
            accepted = {"withdrawn_on": withdrawn, "epci_accepts_on": withdrawn, "commune_accepts_on": withdrawn}
            Denonciation.objects.create(convention=row, author=letter.sender, notification=letter, **accepted)
        elif is_whole and self.is_in_force(row):
            told = {"ground": Ground.GENERAL_INTEREST.value, "author": "epci", "reasons": "motif", "document": "pièce"}
            days = {"decided_on": day("2026-09-01"), "last_day": self.after("2026-09-30", 60)}
            letter = self.letter(row, Matter.TERMINATION)
            Termination.objects.create(convention=row, notification=letter, **told, **days)
        if self.maybe(0.3):
            on = self.after("2026-01-10", 300)
            frozen = {"text": TEXT, "text_sha256": SHA256, "frozen_on": day("2026-01-05")}
            avenant = Avenant.objects.create(convention=row, number=1, purpose="Durée", notified_on=on, effect_on=on, **frozen)
            name, new = self.draw.choice([("denunciation_notice_months", 3), ("max_renewals", 2), ("annexe", None)])
            AvenantClause.objects.create(avenant=avenant, convention=row, article="5-1", name=name, new=new)

    def is_in_force(self, row: Convention) -> bool:
        found = states_of(Convention.objects.filter(pk=row.pk), day("2026-09-01"))
        return found[row.pk].state is State.IN_FORCE

    def letter(self, row: Convention, matter: Matter) -> Notification:
        sent = self.after("2026-04-10", 40)
        found = Notification(convention=row, matter=matter.value, sender="commune", channel=Channel.LRAR.value, sent=sent)
        found.number = f"{matter}{row.pk}"
        fate = self.draw.choice(["delivered", "delivered", "unclaimed", "under way"])
        if fate != "under way":
            found.presented = sent + dt.timedelta(days=2)
        if fate == "delivered":
            found.delivered = sent + dt.timedelta(days=self.draw.randrange(2, 9))
        elif fate == "unclaimed":
            found.returned = Returned.UNCLAIMED.value
        found.save()
        return found

    def maybe(self, chance: float) -> bool:
        return self.draw.random() < chance

    def after(self, first: str, days: int) -> dt.date:
        return day(first) + dt.timedelta(days=self.draw.randrange(days))
