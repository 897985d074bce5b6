"""What is typed of a workshop that does not exist yet: the rhythm at which it comes back, what its author chooses most often."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from escale.apps.accounts.models import User
from escale.apps.team.models import Kit, Occupancy
from escale.apps.territory import clock
from escale.apps.territory.models import Epci
from escale.core.workshops.cycles import Cycle, Rhythm
from escale.web.desk.identity import CHOOSE, REOPEN
from escale.web.workshops.plan_forms import PlanForm

ONCE = "once"
RHYTHMS = [
    (ONCE, "une seule fois"),
    (Rhythm.WEEKS.value, "toutes les semaines, ou une semaine sur plusieurs"),
    (Rhythm.MONTHLY.value, "chaque mois, le même jour : par exemple le deuxième mardi"),
    (Rhythm.MONTHLY_LAST.value, "chaque mois, le dernier : par exemple le dernier jeudi"),
]


class NewWorkshopForm(PlanForm):
    """A new workshop, or a cycle of them; `key` makes a second click the same one."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": REOPEN, "invalid": REOPEN})
    rhythm = forms.ChoiceField(
        label="Il revient…", choices=RHYTHMS, initial=ONCE, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    every = forms.IntegerField(
        label="Toutes les combien de semaines ?",
        required=False,
        min_value=1,
        max_value=12,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    sessions = forms.IntegerField(
        label="Combien de séances ?",
        required=False,
        min_value=2,
        max_value=30,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, *, epci: Epci, user: User) -> None:
        super().__init__(data, epci=epci, initial={"key": uuid.uuid4(), **_own(user, epci)})

    def clean(self) -> dict[str, Any]:
        """Refuse a rhythm that would skip months in silence, beside the date that makes it."""
        typed = self.cleaned_data
        if typed.get("rhythm", ONCE) != ONCE and typed.get("date") is not None:
            if not typed.get("sessions"):
                self.add_error("sessions", "Dire combien de séances, de 2 à 30.")
            else:
                try:
                    _ = self.cycle
                except ValueError as error:
                    self.add_error("date", str(error))
        return typed

    @property
    def cycle(self) -> Cycle | None:
        """The rhythm; None for a workshop that does not come back."""
        typed = self.cleaned_data
        if typed["rhythm"] == ONCE:
            return None
        return Cycle(
            first=typed["date"], rhythm=Rhythm(typed["rhythm"]), sessions=typed["sessions"], every=typed.get("every") or 1
        )


def _own(user: User, epci: Epci) -> dict[str, Any]:
    """Return the post and the kit of a mediator who prepares: their own, unless they say otherwise."""
    today = clock.today(epci)
    posts = list(Occupancy.objects.filter(mediator__user=user, post__epci=epci).on(today).values_list("post", flat=True))
    if not posts:
        return {}
    kit = Kit.objects.filter(post__in=posts).on(today).first()
    return {"posts": [str(post) for post in posts], "kit": kit and kit.pk}
