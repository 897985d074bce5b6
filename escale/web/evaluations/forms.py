"""What is written about an evaluation: its three criteria, what it recommends, what a rectification puts right."""

from __future__ import annotations

from typing import Any

from django import forms

from escale.apps.evaluation.actions.evaluations import ARTICLES, MOST_LETTERS
from escale.apps.evaluation.models import CRITERIA, MOST_OF_A_SYNTHESIS
from escale.apps.territory.models import Commune
from escale.core.evaluation.definitions import FAMILIES


class SynthesisForm(forms.Form):
    """One text for each criterion of art. 6; one may be left for later, none at the validation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, title in zip(CRITERIA, FAMILIES.values(), strict=True):
            self.fields[name] = forms.CharField(
                label=title,
                required=False,
                max_length=MOST_OF_A_SYNTHESIS,
                widget=forms.Textarea(attrs={"rows": 10}),
                error_messages={"max_length": f"C’est trop long : {MOST_OF_A_SYNTHESIS} signes au plus."},
            )


class RecommendationForm(forms.Form):
    """What an evaluation recommends, on which articles, for which communes."""

    words = forms.CharField(
        label="Recommandation",
        help_text="Par exemple : « proposer deux demi-journées par mois ».",
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrire la recommandation.", "max_length": "C’est trop long : 400 signes au plus."},
    )
    articles = forms.MultipleChoiceField(
        label="Articles de la convention qu’elle touche",
        choices=[(one, f"Article {one}") for one in ARTICLES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisir l’article, ou les articles, que la recommandation touche."},
    )
    communes = forms.ModelMultipleChoiceField(
        Commune.objects.none(),
        label="Communes concernées",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisir les communes que la recommandation concerne."},
    )

    def __init__(self, *args: Any, communes: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(communes) > 1:
            field = self.fields["communes"]
            field.queryset = Commune.objects.filter(pk__in=communes).defer("outline").order_by("sort_key")  # type: ignore[attr-defined]
        else:
            del self.fields["communes"]


class RectifyForm(forms.Form):
    """What a rectification puts right."""

    because = forms.CharField(
        label="Ce que le rectificatif corrige",
        help_text="Par exemple : « deux accompagnements notés en retard ». L’évaluation validée ne change pas.",
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Dire ce que le rectificatif corrige.",
            "max_length": f"C’est trop long : {MOST_LETTERS} signes au plus.",
        },
    )
