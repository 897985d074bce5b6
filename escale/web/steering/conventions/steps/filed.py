"""The steps by which the coordination checks what a mairie filed, and records what it says in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from escale.apps.conventions.actions.checking import check_deliberation, check_signed_copy
from escale.apps.conventions.models import Convention, Paper, PaperKind, Party, Signatory
from escale.apps.conventions.papers.values import person_in_office
from escale.core.calendar.french import date_words
from escale.core.convention.life import Situation
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields
from escale.web.steering.conventions.steps.step import Cleaned, Step, StepForm


class DeliberationForm(StepForm):
    """The vote as the mairie typed it, to be compared with the paper."""

    paper = fields.RowField("Quelle pièce ?", lambda paper: words_of(paper))
    number = fields.text("Numéro de la délibération", required="Donner le numéro de la délibération.", most=40)
    held_on = fields.day("Séance du", required="Donner la date de la séance.")
    transmitted_on = fields.day("Transmise à la préfecture le")
    receipt = fields.text("Numéro de l’accusé de réception", most=80)
    published_on = fields.day("Publiée le")

    def prepare(self) -> None:
        """Offer what waits."""
        self.offer("paper", waiting(self.convention, PaperKind.DELIBERATION))


class SignedCopyForm(StepForm):
    """The signature as the mairie typed it."""

    paper = fields.RowField("Quelle pièce ?", lambda paper: words_of(paper))
    signatory = fields.RowField("Qui a signé pour la commune ?", str)
    signed_on = fields.day("Signée le", required="Donner la date de la signature.")

    def prepare(self) -> None:
        """Offer what waits, and those who sign for the commune."""
        self.offer("paper", waiting(self.convention, PaperKind.SIGNED))
        field = self.fields["signatory"]
        if isinstance(field, fields.RowField):
            rows = Signatory.objects.filter(epci=self.convention.epci, commune=self.convention.commune)
            field.offer(list(rows.order_by("-starts", "-pk")))


def waiting(convention: Convention, kind: PaperKind) -> list[Paper]:
    """Return what a mairie filed and nobody has checked yet, the first one first."""
    rows = Paper.objects.current().filter(convention=convention, kind=kind.value, checked_on=None)
    return list(rows.select_related("file", "avenant").order_by("pk"))


def words_of(paper: Paper) -> str:
    """Return « deliberation.pdf, déposée le 23 novembre 2026, pour l’avenant n° 1 »."""
    about = f", pour l’avenant n° {paper.avenant.number}" if paper.avenant else ""
    return f"{paper.file.name}, déposée le {date_words(paper.filed_on)}{about}"


def _check_deliberation(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    act = check_deliberation(actor=visitor.user, **cleaned)
    if act.executory_on:
        return f"La délibération n° {act.number} est enregistrée ; elle est exécutoire depuis le {date_words(act.executory_on)}."
    return f"La délibération n° {act.number} est enregistrée ; il reste à savoir quand elle est transmise et publiée."


def _check_signed_copy(visitor: Visitor, _: Convention, cleaned: Cleaned) -> str:
    row = check_signed_copy(actor=visitor.user, **cleaned)
    return f"{row.signatory}, a signé pour la commune le {date_words(row.signed_on)}."


def _typed(kind: PaperKind) -> Any:
    """Return what proposes the values that the mairie typed with the first paper that waits."""

    def initial(convention: Convention) -> Mapping[str, Any]:
        papers = waiting(convention, kind)
        if not papers:
            return {}
        typed = {name: _read(name, value) for name, value in papers[0].values.items()}
        person = person_in_office(convention, Party.COMMUNE, typed["signed_on"]) if typed.get("signed_on") else None
        return {**typed, "paper": papers[0].pk, **({"signatory": person.pk} if person else {})}

    return initial


def _read(name: str, value: Any) -> Any:
    return dt.date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) else value


def _waits(kind: PaperKind) -> Any:
    def when(convention: Convention, _: Situation, __: Visitor) -> bool:
        return bool(waiting(convention, kind))

    return when


STEPS = (
    Step(
        name="verifier-une-deliberation",
        title="Vérifier la délibération déposée",
        question="La pièce dit-elle bien cela ?",
        form=DeliberationForm,
        perform=_check_deliberation,
        initial=_typed(PaperKind.DELIBERATION),
        when=_waits(PaperKind.DELIBERATION),
        hints=("La mairie a déposé la délibération et saisi ce qu’elle dit : l’ouvrir dans les pièces et comparer.",),
    ),
    Step(
        name="verifier-un-exemplaire",
        title="Vérifier l’exemplaire signé déposé",
        question="Qui a signé pour la commune, et quand ?",
        form=SignedCopyForm,
        perform=_check_signed_copy,
        initial=_typed(PaperKind.SIGNED),
        when=_waits(PaperKind.SIGNED),
        hints=("La mairie a déposé la copie signée. L’ouvrir dans les pièces, comparer, puis enregistrer la signature.",),
    ),
)
