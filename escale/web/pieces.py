"""What is done to a piece of a kit from a page, in the steering and in the field alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from escale.apps.audit.actors import Actor
from escale.apps.team.actions import cancel_loan, erase_piece, mend_fault, return_piece
from escale.apps.team.kits import KitOnDay, PieceLine
from escale.apps.team.labels import PIECES_FOUND, STOCKS
from escale.apps.team.models import Fault, Loan, Piece, PieceFound, Stock
from escale.web.days import DayField

NOTHING_LENT = "Ce matériel n’est pas prêté."
NOT_FAULTY = "Ce matériel n’est pas en panne."


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that one button does to a piece, and what the next page says."""

    act: Callable[[Actor, Piece], object]
    told: str


def _mend(actor: Actor, piece: Piece) -> None:
    fault = Fault.objects.filter(piece=piece, mended_on=None).first()
    if fault is None:
        raise ValidationError(NOT_FAULTY)
    mend_fault(actor=actor, fault=fault)


def _take_back(actor: Actor, piece: Piece) -> None:
    return_piece(actor=actor, loan=_loan(piece))


def _cancel(actor: Actor, piece: Piece) -> None:
    cancel_loan(actor=actor, loan=_loan(piece))


def _erase(actor: Actor, piece: Piece) -> None:
    erase_piece(actor=actor, piece=piece)


def _loan(piece: Piece) -> Loan:
    loan = Loan.objects.filter(piece=piece, ends=None).first()
    if loan is None:
        raise ValidationError(NOTHING_LENT)
    return loan


DEEDS: Mapping[str, Deed] = {
    "repare": Deed(act=_mend, told="Réparation notée : ce matériel compte de nouveau."),
    "rendu": Deed(act=_take_back, told="Retour noté."),
    "pret-annule": Deed(act=_cancel, told="Prêt annulé."),
    "efface": Deed(act=_erase, told="C’est noté : ce matériel est effacé, il peut servir à quelqu’un d’autre."),
}


class PieceForm(forms.Form):
    """One piece among those of a kit."""

    piece = forms.TypedChoiceField(
        label="Quel matériel",
        coerce=int,
        error_messages={"required": "Choisir le matériel.", "invalid_choice": "Choisir un matériel de la liste."},
    )

    def __init__(self, data: Any = None, *, lines: Iterable[PieceLine], initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.pieces = {line.piece.pk: line for line in lines}
        field = self.fields["piece"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- declared above
        told = [
            (key, f"{line.words} ({line.piece.label})" if line.piece.label else line.words) for key, line in self.pieces.items()
        ]
        field.choices = [("", "Choisir"), *told]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {**given, "piece": self.pieces[given["piece"]].piece}


class FaultForm(PieceForm):
    """A piece that does not work."""

    words = forms.CharField(
        label="Ce qui ne marche pas",
        max_length=200,
        help_text="Quelques mots, sans nom d’habitant.",
        error_messages={"required": "Dire en quelques mots ce qui ne marche pas."},
    )


class LoanForm(PieceForm):
    """A piece lent to a commune or a workshop."""

    borrower = forms.CharField(
        label="Prêté à",
        max_length=80,
        help_text="La commune ou l’atelier. Pas de nom d’habitant.",
        error_messages={"required": "Dire à quelle commune ou à quel atelier."},
    )
    starts = DayField(
        label="À partir du",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donner le jour du départ."},
    )
    due_on = DayField(label="Retour prévu le", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class InventoryForm(forms.Form):
    """The weekly inventory: all is thought to be there, one tap says what is not."""

    def __init__(self, data: Any = None, *, kit: KitOnDay) -> None:
        super().__init__(data)
        self.lines = list(kit.at_hand)
        for line in self.lines:
            self.fields[f"piece_{line.piece.pk}"] = _choice(first_upper(line.words), PIECES_FOUND, PieceFound(_thought(line)))
        self.fields["ink"] = _choice("Encre", STOCKS, Stock.OK)
        self.fields["paper"] = _choice("Papier", STOCKS, Stock.OK)

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        found = {line.piece.pk: PieceFound(given[f"piece_{line.piece.pk}"]) for line in self.lines}
        return {"found": found, "ink": Stock(given["ink"]), "paper": Stock(given["paper"])}


def first_upper(words: str) -> str:
    """Write « Hotspot 4G » : `capitalize` would lower the rest."""
    return f"{words[:1].upper()}{words[1:]}"


def _thought(line: PieceLine) -> str:
    if line.fault is not None:
        return PieceFound.FAULTY.value
    return PieceFound.MISSING.value if line.is_missing else PieceFound.PRESENT.value


def _choice(label: str, words: Mapping[Any, str], initial: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(value.value, first_upper(text)) for value, text in words.items()],
        initial=initial.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisir une réponse.", "invalid_choice": "Choisir une des réponses."},
    )
