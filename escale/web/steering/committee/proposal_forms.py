"""The forms of a proposal: its words, for whom it is, the clauses that it touches; and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from escale.apps.committee.clauses import Clause
from escale.apps.committee.labels import FATES, STATES
from escale.apps.committee.models import Fate, Meeting, MeetingState, Proposal
from escale.apps.committee.queries import in_force
from escale.apps.conventions.folders import shipped_models
from escale.apps.conventions.models import Avenant
from escale.apps.conventions.papers.texts import model_named, model_of
from escale.apps.conventions.queries import terms_on
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import date_words
from escale.web.steering.committee.forms import LIST, text_field
from escale.web.steering.conventions.steps import clauses, usual
from escale.web.steering.conventions.steps.step import Group

SESSIONS = f"{clauses.TERM}sessions_per_month"


class ProposalForm(forms.Form):
    """What is proposed, for whom, and which clauses it touches; `proposal` is the one that is written anew."""

    words = text_field("Proposition", "Écrire ce qui est proposé.", most=400, widget=forms.Textarea(attrs={"rows": 3}))
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Réunion", required=False, empty_label="Hors réunion", error_messages=LIST
    )
    communes = forms.ModelMultipleChoiceField(
        Commune.objects.none(),
        label="Communes",
        help_text="Aucune cochée : toutes celles dont la convention est en vigueur.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=LIST,
    )
    drops_own = forms.BooleanField(label="Oublier les clauses propres à une commune", required=False)

    def __init__(self, data: Any = None, *, epci: Epci, communes: QuerySet[Commune], proposal: Proposal | None = None) -> None:
        super().__init__(data)
        self._offer("communes", communes)
        self._offer("meeting", Meeting.objects.filter(epci=epci).counted())
        met: Any = self.fields["meeting"]
        met.label_from_instance = _told_in_a_list
        kept = list(proposal.clauses.select_related("commune")) if proposal else []
        shared = [one for one in kept if one.commune is None]
        self._own = [one for one in kept if one.commune is not None]
        if not self._own:
            del self.fields["drops_own"]
        today = clock.today(epci)
        running = next(iter(in_force(epci, today)), None)
        self._model = model_of(running) if running else model_named(shipped_models()[0])
        terms = terms_on(running, today) if running else self._model.terms
        self.fields |= usual.usual_fields(epci, empty=clauses.UNCHANGED)
        self.fields |= clauses.fields_of(terms) | clauses.wording_fields(self._model, clauses.worded(shared))
        if proposal:
            del self.fields["meeting"]
            self.initial.update(words=proposal.words, communes=list(proposal.communes.all()), **clauses.typed_of(shared))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Read the clauses; those of one commune alone stay unless they are dropped."""
        values = {**self.cleaned_data}
        if self.errors:
            return values
        values["usual"] = usual.usual_kept(values)
        shared = list(clauses.changes_in(values))
        own = [
            Clause(article=one.article, name=one.name, new=one.new, wording=one.wording, commune=one.commune)
            for one in self._own
            if not values.get("drops_own")
        ]
        values["clauses"] = [*shared, *own]
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        taken = ("words", "communes", "clauses", "meeting")
        return {name: self.cleaned_data[name] for name in taken if name in self.cleaned_data}

    @property
    def groups(self) -> list[Group]:
        """The words, then for whom, then the clauses: what is most asked for first, the rest below its article."""
        worded = tuple(name for name in self.fields if name.startswith(("article_", "wording_")))
        folds = (
            ("Communes concernées", ("communes",)),
            ("Jour habituel et nombre de demi-journées (art. 4)", (*usual.NAMES, SESSIONS)),
            *((title, tuple(one for one in names if one != SESSIONS)) for title, names in clauses.folded_terms(self._model)),
            ("Nouvelle rédaction d’articles", worded),
        )
        named = {name for _, names in folds for name in names}
        first = Group(title="", fields=[self[name] for name in self.fields if name not in named])
        return [first, *(Group(title=title, fields=[self[name] for name in names]) for title, names in folds if names)]


class FateForm(forms.Form):
    """What became of a proposal."""

    fate = forms.TypedChoiceField(
        label="Suite donnée", choices=list(FATES.items()), coerce=Fate, widget=forms.RadioSelect, error_messages=LIST
    )
    reason = text_field("Motif", most=400, help_text="Demandé quand la proposition est écartée.")
    avenant = forms.ModelChoiceField(
        Avenant.objects.none(),
        label="Avenant",
        help_text="Pour un avenant qui n’a pas été ouvert depuis la proposition.",
        required=False,
        empty_label="Aucun",
        error_messages=LIST,
    )

    def __init__(self, data: Any = None, *, epci: Epci, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["avenant"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared above
        rows = Avenant.objects.filter(convention__epci=epci, abandoned_on__isnull=True)
        field.queryset = rows.select_related("convention__commune", "convention__epci")


class OpenForm(forms.Form):
    """The conventions whose refusal was on the page: what is refused since then stops everything."""

    left_out = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_left_out(self) -> list[int]:
        """Return the keys."""
        words = self.cleaned_data["left_out"].split()
        if not all(word.isdecimal() for word in words):
            raise ValidationError("Recharger la page : la liste a changé.")
        return [int(word) for word in words]


def _told_in_a_list(row: Meeting) -> str:
    return f"Comité du {date_words(row.date)}, {STATES[MeetingState(row.state)]}"
