"""What is typed of a workshop: what, for whom, where, when, with what; and the rhythm at which it comes back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.activity.labels import LEVELS, MISSIONS, PUBLICS, THEMES
from escale.apps.team.models import Kit, Occupancy, Post
from escale.apps.territory import clock
from escale.apps.territory.models import BassinDeVie, Commune, Epci, Premises, Room
from escale.apps.workshops.models import Workshop
from escale.apps.workshops.plans import WorkshopPlan, plan_of
from escale.core.activity.vocabulary import Level, Mission, Public, Theme
from escale.core.workshops.tools import TOOLS
from escale.web.days import DayField
from escale.web.desk.identity import CHOOSE, words_field


def _many(label: str, choices: list[tuple[Any, str]], hint: str = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )


def _time(label: str, required: str) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    errors = {"required": required, "invalid": "Écrire une heure, par exemple 09:30."}
    return forms.TimeField(label=label, widget=widget, error_messages=errors)


class PlanForm(forms.Form):
    """A workshop as it is wanted."""

    title = words_field(
        "Titre", "Tel que les habitants le liront : « Mes photos de téléphone sur un ordinateur ».", required="Donner un titre."
    )
    public = forms.ChoiceField(
        label="Pour qui ?",
        choices=[(one.value, words) for one, words in PUBLICS.items()],
        widget=forms.RadioSelect,
        initial=Public.RESIDENTS.value,
        error_messages=CHOOSE,
    )
    level = forms.ChoiceField(
        label="Niveau",
        choices=[(one.value, words) for one, words in LEVELS.items()],
        widget=forms.RadioSelect,
        initial=Level.BEGINNER.value,
        error_messages=CHOOSE,
    )
    themes = _many("Thèmes", [(one.value, words) for one, words in THEMES.items()])
    date = DayField(
        label="Date",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner la date.", "invalid": "Cette date n’existe pas ; écrire par exemple 30/04/2027."},
    )
    starts = _time("De", "Donner l’heure du début.")
    ends = _time("À", "Donner l’heure de la fin.")
    posts = _many("Qui anime ?", [])
    where = forms.ChoiceField(label="Lieu de la commune", required=False, error_messages=CHOOSE)
    host = forms.ModelChoiceField(
        label="Ou ailleurs : dans quelle commune",
        queryset=Commune.objects.none(),
        required=False,
        empty_label="aucune",
        error_messages=CHOOSE,
    )
    address = words_field("Lieu et adresse", "Seulement si ce n’est pas un lieu de la liste.")
    bassin = forms.ModelChoiceField(
        label="Bassin de vie",
        queryset=BassinDeVie.objects.none(),
        required=False,
        empty_label="aucun : choisir les communes ci-dessous",
        error_messages=CHOOSE,
    )
    communes = _many("Ou communes", [], "Aucune cochée : celle où l’atelier a lieu.")
    places = forms.IntegerField(
        label="Places",
        required=False,
        min_value=1,
        help_text="Vide : autant que la convention le permet (huit, art. 3-1).",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": "Un atelier a au moins une place."},
    )
    kit = forms.ModelChoiceField(
        label="Malle",
        queryset=Kit.objects.none(),
        required=False,
        help_text="Prise pour cette demi-journée : aucun autre atelier ne peut la choisir.",
        empty_label="aucune : chacun apporte son appareil",
        error_messages=CHOOSE,
    )
    tools = _many("Outils libres et gratuits", [(tool.code, f"{tool.name} : {tool.use}") for tool in TOOLS.values()])
    other_tool = words_field("Un outil hors de cette liste")
    exception = words_field(
        "Pourquoi cet outil ?", "L’article 3-2 demande des outils libres et gratuits : une exception a sa raison."
    )
    missions = _many(
        "Missions de l’article 3-2",
        [(one.value, words) for one, words in MISSIONS.items()],
        "Aucune cochée : celles que le public et les thèmes proposent.",
    )

    def __init__(self, data: Any = None, *, epci: Epci, workshop: Workshop | None = None, **options: Any) -> None:
        known = {} if workshop is None else _typed(plan_of(workshop))
        super().__init__(data, initial={**known, **options.pop("initial", {})}, **options)
        today = clock.today(epci)
        day = min(today, workshop.date) if workshop else today
        communes = Commune.objects.members_of(epci, day, day).defer("outline")
        self.known_communes = {str(commune.pk): commune for commune in communes}
        self.known_posts = {str(post.pk): post for post in Post.objects.filter(epci=epci).on(today)}
        self.premises = {place.pk: place for place in Premises.objects.filter(commune__in=communes).select_related("commune")}
        self.rooms = {room.pk: room for room in Room.objects.filter(premises__in=self.premises).select_related("premises")}
        self._offer("posts", _post_choices(self.known_posts, today))
        self._offer("communes", [(key, str(commune)) for key, commune in self.known_communes.items()])
        self._offer("where", [("", "aucun de cette liste"), *self._places()])
        rows = {"host": communes, "bassin": BassinDeVie.objects.filter(epci=epci), "kit": Kit.objects.filter(epci=epci).on(today)}
        for name, found in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
            field.queryset = found
        if not BassinDeVie.objects.filter(epci=epci).exists():
            del self.fields["bassin"]
            self.fields["communes"].label = "Communes"
        if len(self.known_posts) == 1 and workshop is None:
            self.initial["posts"] = list(self.known_posts)

    @property
    def plan(self) -> WorkshopPlan:
        """What was typed. Raise ValidationError, beside its field, for a place that is nowhere."""
        typed = self.cleaned_data
        place, room = self._place(typed["where"])
        host = place.commune if place else typed["host"]
        if host is None:
            raise ValidationError({"where": "Choisir un lieu, ou dire dans quelle commune et à quelle adresse."})
        return WorkshopPlan(
            title=typed["title"],
            public=Public(typed["public"]),
            level=Level(typed["level"]),
            themes=frozenset(Theme(theme) for theme in typed["themes"]),
            missions=frozenset(Mission(mission) for mission in typed["missions"]),
            host=host,
            date=typed["date"],
            starts=typed["starts"],
            ends=typed["ends"],
            posts=tuple(self.known_posts[key] for key in typed["posts"]),
            communes=self._communes(host),
            bassin=typed.get("bassin"),
            premises=place,
            room=room,
            address=typed["address"],
            kit=typed["kit"],
            places=typed["places"],
            tools=frozenset(typed["tools"]),
            other_tool=typed["other_tool"],
            exception=typed["exception"],
        )

    def _communes(self, host: Commune) -> tuple[Commune, ...]:
        chosen = tuple(self.known_communes[key] for key in self.cleaned_data["communes"])
        return chosen or (() if self.cleaned_data.get("bassin") else (host,))

    def _place(self, key: str) -> tuple[Premises | None, Room | None]:
        if not key:
            return None, None
        if key.startswith("r"):
            room = self.rooms[int(key[1:])]
            return self.premises[room.premises_id], room
        return self.premises[int(key[1:])], None

    def _places(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the places and their rooms, by commune."""
        found: dict[str, list[tuple[str, str]]] = {}
        for place in sorted(self.premises.values(), key=lambda place: (place.commune.sort_key, place.rank)):
            here = found.setdefault(str(place.commune), [])
            here.append((f"p{place.pk}", place.name))
            for room in self.rooms.values():
                if room.premises_id == place.pk:
                    seats = f" ({room.seats} places assises)" if room.seats else ""
                    here.append((f"r{room.pk}", f"{place.name}, {room.name}{seats}"))
        return list(found.items())

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = choices


def _post_choices(posts: dict[str, Post], day: dt.date) -> list[tuple[str, str]]:
    held = Occupancy.objects.filter(post__in=posts.values()).on(day).select_related("mediator")
    names = {str(row.post_id): str(row.mediator) for row in held}
    return [(key, f"{names[key]} ({post.label})" if key in names else post.label) for key, post in posts.items()]


def _typed(plan: WorkshopPlan) -> dict[str, Any]:
    where = f"r{plan.room.pk}" if plan.room else f"p{plan.premises.pk}" if plan.premises else ""
    return {
        "title": plan.title,
        "public": plan.public.value,
        "level": plan.level.value,
        "themes": [theme.value for theme in plan.themes],
        "missions": [mission.value for mission in plan.missions],
        "date": plan.date,
        "starts": plan.starts,
        "ends": plan.ends,
        "posts": [str(post.pk) for post in plan.posts],
        "where": where,
        "host": "" if where else plan.host.pk,
        "address": plan.address,
        "bassin": plan.bassin and plan.bassin.pk,
        "communes": [] if plan.bassin else [str(commune.pk) for commune in plan.communes],
        "places": plan.places,
        "kit": plan.kit and plan.kit.pk,
        "tools": list(plan.tools),
        "other_tool": plan.other_tool,
        "exception": plan.exception,
    }
