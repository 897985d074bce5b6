"""The forms of a repair, one for each thing that can happen: they say what the planner is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from escale.apps.schedule.wording import place_words
from escale.core.calendar.halfdays import Half
from escale.core.planning.plan import Visit
from escale.core.planning.repair import Absence, ByHand, Closure, Disruption, Joining
from escale.web.steering.changing.forms import HALVES, day_field, refuse_disorder


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the forms choose from: posts and communes by what the planner calls them, visits to come, the last day published."""

    posts: Mapping[str, str]
    communes: Mapping[str, str]
    visits: Iterable[Visit]
    last: dt.date


class Happening(forms.Form):
    """Something that disturbs the published tour."""

    def __init__(self, data: Any = None, *, stage: Stage, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.stage = stage
        self._choose("post", stage.posts)
        self._choose("commune", {"": "Choisir une commune", **stage.communes})

    def _choose(self, name: str, choices: Mapping[str, str]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices.items())

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its start, beside the end."""
        return refuse_disorder(self)

    @property
    def noted(self) -> bool:
        """Whether the team is to know it too."""
        return bool(self.cleaned_data.get("note"))

    @property
    def disruption(self) -> Disruption:
        """What the planner is asked."""
        raise NotImplementedError


def who_field() -> forms.ChoiceField:
    """Return the field that chooses a post, by who holds it."""
    return forms.ChoiceField(label="Qui", widget=forms.RadioSelect, error_messages={"required": "Choisir la personne."})


def commune_field() -> forms.ChoiceField:
    """Return the field that chooses a commune."""
    return forms.ChoiceField(
        label="Commune", error_messages={"required": "Choisir la commune.", "invalid_choice": "Choisir une commune de la liste."}
    )


class AbsenceForm(Happening):
    """A mediator is away."""

    post = who_field()
    starts = day_field("Premier jour d’absence", "Donner le premier jour d’absence.")
    ends = day_field("Dernier jour d’absence", "Donner le dernier jour d’absence.")
    note = forms.BooleanField(
        label="Noter aussi cette absence dans l’équipe",
        required=False,
        initial=True,
        help_text="Les prochaines recherches en tiendront compte.",
    )

    @property
    def disruption(self) -> Disruption:
        """What the planner is asked."""
        values = self.cleaned_data
        return Disruption(absences=(Absence(mediator=values["post"], starts=values["starts"], ends=values["ends"]),))


class VacancyForm(Happening):
    """Nobody holds a post any more."""

    post = who_field()
    starts = day_field("Premier jour sans personne", "Donner le premier jour sans personne.")
    ends = day_field(
        "Dernier jour sans personne", "", required=False, help_text="Si personne n’est encore recruté, laisser vide."
    )
    note = forms.BooleanField(
        label="Noter aussi dans l’équipe que le poste est vacant",
        required=False,
        initial=True,
        help_text="Seulement sans date de fin. La personne suivante s’inscrira dans l’équipe à son arrivée.",
    )

    @property
    def noted(self) -> bool:
        """Whether the team is to know it too: a vacancy with an end is no end of an occupancy."""
        return super().noted and self.cleaned_data["ends"] is None

    @property
    def disruption(self) -> Disruption:
        """What the planner is asked; without an end, up to the last month that is published."""
        values = self.cleaned_data
        ends = values["ends"] or max(self.stage.last, values["starts"])
        return Disruption(absences=(Absence(mediator=values["post"], starts=values["starts"], ends=ends, vacant=True),))


class ClosureForm(Happening):
    """The hall of a commune is closed."""

    commune = commune_field()
    starts = day_field("Premier jour de fermeture", "Donner le premier jour.")
    ends = day_field("Dernier jour de fermeture", "Donner le dernier jour.")
    other_room = forms.ChoiceField(
        label="La commune a-t-elle une autre salle ces jours-là ?",
        choices=[("yes", "Oui : aucune date ne bouge"), ("no", "Non : chercher d’autres dates")],
        widget=forms.RadioSelect,
        error_messages={"required": "Dire si la commune a une autre salle."},
    )

    @property
    def disruption(self) -> Disruption:
        """What the planner is asked."""
        values = self.cleaned_data
        closure = Closure(
            commune=values["commune"], starts=values["starts"], ends=values["ends"], other_room=values["other_room"] == "yes"
        )
        return Disruption(closures=(closure,))


class JoiningForm(Happening):
    """A commune joins."""

    commune = commune_field()
    date = day_field("À partir du", "Donner le jour où la commune arrive.")

    @property
    def disruption(self) -> Disruption:
        """What the planner is asked."""
        return Disruption(joinings=(Joining(commune=self.cleaned_data["commune"], date=self.cleaned_data["date"]),))


class MoveForm(Happening):
    """A visit is moved by hand, and the others give way."""

    visit = forms.ChoiceField(
        label="Quel passage",
        error_messages={"required": "Choisir le passage.", "invalid_choice": "Choisir un passage de la liste."},
    )
    date = day_field("Nouvelle date", "Donner la nouvelle date.")
    half = forms.ChoiceField(
        label="Moitié de la journée",
        choices=HALVES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir le matin ou l’après-midi."},
    )
    post = who_field()

    def __init__(self, data: Any = None, *, stage: Stage, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, stage=stage, initial=initial)
        self.visits = {f"{visit.commune}/{visit.date}": visit for visit in stage.visits}
        told = {
            key: f"{stage.communes.get(visit.commune, visit.commune)}, {place_words(visit)}" for key, visit in self.visits.items()
        }
        self._choose("visit", {"": "Choisir un passage", **told})

    def clean(self) -> dict[str, Any]:
        """Refuse another month: a visit stays in the month to which it is promised."""
        values = self.cleaned_data
        visit = self.visits.get(values.get("visit", ""))
        date = values.get("date")
        if visit and date and (visit.date.year, visit.date.month) != (date.year, date.month):
            self.add_error("date", "Le passage reste dans son mois (art. 4) ; choisir une date du même mois.")
        return values

    @property
    def disruption(self) -> Disruption:
        """What the planner is asked."""
        values = self.cleaned_data
        was = self.visits[values["visit"]]
        half = Half(values["half"])
        move = ByHand(commune=was.commune, was=was.date, date=values["date"], half=half, mediator=values["post"])
        return Disruption(by_hand=(move,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A thing that can happen: its name in addresses, how it is told, its form and the question of its page."""

    slug: str
    told: str
    question: str
    form: type[Happening]


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            slug="absence",
            told="Une personne de l’équipe est absente",
            question="Qui est absent, et quand ?",
            form=AbsenceForm,
        ),
        Kind(slug="salle", told="Une salle est fermée", question="Quelle salle, et quand ?", form=ClosureForm),
        Kind(slug="passage", told="Je veux déplacer un passage publié", question="Quel passage, et à quand ?", form=MoveForm),
        Kind(slug="commune", told="Une commune rejoint le service", question="Quelle commune, et quand ?", form=JoiningForm),
        Kind(slug="poste", told="Plus personne ne tient un poste", question="Quel poste, et depuis quand ?", form=VacancyForm),
    )
}
"""What can happen, the most frequent first."""
