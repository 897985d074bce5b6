"""Bring in the conventions that were signed before the product: all those of a file, or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.conventions import journal
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.drafting import draft_convention, fingerprint
from escale.apps.conventions.actions.filing import file_paper
from escale.apps.conventions.actions.notifying import notify_convention
from escale.apps.conventions.actions.opening import keep, refused
from escale.apps.conventions.actions.posting import Posting
from escale.apps.conventions.actions.signing import name_signatory, place_original, sign
from escale.apps.conventions.imports.cells import RefusedCellError, in_cell
from escale.apps.conventions.imports.columns import Column
from escale.apps.conventions.imports.lines import ConventionLine, LetterLine, SignatureLine, VoteLine
from escale.apps.conventions.imports.rebuilding import STATUS, rebuilt_document, values_of_line
from escale.apps.conventions.models import ActKind, Convention, PaperKind, Party, Signatory
from escale.apps.conventions.papers.texts import model_named, version_of
from escale.apps.conventions.papers.values import kept_values
from escale.apps.documents.rendering import PDF_TYPE, Layout, to_pdf
from escale.apps.schedule.imports.reading import Told
from escale.apps.territory.clock import today
from escale.apps.territory.dated import holding
from escale.apps.territory.models import Commune, Epci
from escale.core.calendar.french import date_words
from escale.core.documents.plain import plain_text

ACT_COLUMNS = {
    ActKind.COMMUNE_COUNCIL: {
        "number": Column.COUNCIL_NUMBER,
        "held_on": Column.COUNCIL_ON,
        "transmitted_on": Column.COUNCIL_TRANSMITTED,
        "published_on": Column.COUNCIL_PUBLISHED,
    },
    ActKind.BUREAU: {
        "number": Column.BUREAU_NUMBER,
        "held_on": Column.BUREAU_ON,
        "transmitted_on": Column.BUREAU_TRANSMITTED,
        "published_on": Column.BUREAU_PUBLISHED,
    },
}
SIGNING_COLUMNS = {
    Party.COMMUNE: {"signed_on": Column.COMMUNE_SIGNED, "signatory": Column.COMMUNE_LAST_NAME},
    Party.EPCI: {"signed_on": Column.EPCI_SIGNED, "signatory": Column.EPCI_LAST_NAME},
}
LETTER_COLUMNS = {
    "number": Column.LETTER_NUMBER,
    "channel": Column.CHANNEL,
    "sent": Column.SENT,
    "presented": Column.PRESENTED,
    "delivered": Column.DELIVERED,
    "returned": Column.RETURNED,
    "window": Column.USUAL,
}
DENUNCIATION_COLUMNS = {
    "number": Column.DENOUNCED_NUMBER,
    "sent": Column.DENOUNCED_SENT,
    "presented": Column.DENOUNCED_PRESENTED,
    "delivered": Column.DENOUNCED_DELIVERED,
    "returned": Column.DENOUNCED_RETURNED,
}
"""Which cell an action speaks of when it refuses one of its fields."""


class FaultyLinesError(ValidationError):
    """Some lines cannot be imported; `faults` names each one, and nothing of the file is written."""

    def __init__(self, faults: Sequence[Told]) -> None:
        super().__init__([ValidationError(fault.sentence.capitalize(), code="E_LINE") for fault in faults])
        self.faults = tuple(faults)


@transaction.atomic
def import_conventions(
    *, actor: Actor, epci: Epci, title: str, lines: Sequence[ConventionLine], keep_texts: bool = True
) -> list[Convention]:
    """Write the conventions of a file, with their acts, signatures and letters: each takes effect, and the tour follows.

    Raise FaultyLinesError with every line that a rule refuses: then nothing is written. A trial that will be undone need not
    make and keep the texts as PDF (`keep_texts`).
    """
    require(actor, "conventions.manage", epci)
    communes = {commune.code: commune for commune in Commune.objects.filter(code__in=[line.commune.code for line in lines])}
    writer = _Writer(actor=actor, epci=epci, title=title, now=today(epci), keep_texts=keep_texts)
    made: list[Convention] = []
    faults: list[Told] = []
    for line in lines:
        completed = set(writer.completed)
        try:
            with transaction.atomic():
                made.append(writer.write(line, communes[line.commune.code]))
        except RefusedCellError as refusal:
            # What the line had completed is undone with it, and its keys may serve again.
            writer.completed = completed
            faults.append(Told(line=line.line, column=refusal.column.value, words=refusal.words))
    if faults:
        raise FaultyLinesError(faults)
    return made


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes the lines of one file by the actions that people use, one after the other."""

    actor: Actor
    epci: Epci
    title: str
    now: dt.date
    keep_texts: bool
    completed: set[int] = field(default_factory=set)

    def write(self, line: ConventionLine, commune: Commune) -> Convention:
        """Write one convention. Raise RefusedCellError at the first cell that a rule refuses."""
        proof = f"import de « {self.title[:80]} », ligne {line.line}"
        with in_cell({}, Column.COMMUNE):
            convention = self._draft(line, commune)
        with in_cell({"text": Column.MODEL}, Column.MODEL):
            self._freeze(line, convention)
        for kind, vote in ((ActKind.BUREAU, line.bureau), (ActKind.COMMUNE_COUNCIL, line.council)):
            with in_cell(ACT_COLUMNS[kind], ACT_COLUMNS[kind]["number"]):
                self._vote(convention, kind, vote, proof)
        for party, signature in ((Party.EPCI, line.epci_signs), (Party.COMMUNE, line.commune_signs)):
            with in_cell(SIGNING_COLUMNS[party], SIGNING_COLUMNS[party]["signed_on"]):
                self._sign(convention, commune, party, signature, proof)
        with in_cell(LETTER_COLUMNS, Column.SENT):
            notify_convention(actor=self.actor, convention=convention, posting=_posting(line.letter, proof))
        convention.refresh_from_db()
        self._place(line, convention)
        if line.denounced_by and line.denunciation:
            with in_cell(DENUNCIATION_COLUMNS, Column.DENOUNCED_SENT):
                posting = _posting(line.denunciation, proof)
                denounce(
                    actor=self.actor,
                    convention=convention,
                    author=line.denounced_by,
                    posting=posting,
                    states_fallback=line.states_fallback,
                )
        told = {"file": self.title[:80], "line": line.line}
        journal.record("conventions.imported", actor=self.actor, convention=convention, on=self.now, **told)
        return convention

    def _draft(self, line: ConventionLine, commune: Commune) -> Convention:
        going = Convention.objects.filter(commune=commune, notified_on__isnull=False, ends_on__isnull=True).first()
        if going is not None:
            words = f"{commune} a déjà une convention en vigueur ; retirer cette ligne, ou mettre d’abord fin à l’autre."
            raise refused("commune", "E_OVERLAP", words)
        model = model_named(line.model)
        return draft_convention(
            actor=self.actor,
            epci=self.epci,
            commune=commune,
            model=line.model,
            model_version=version_of(line.model),
            terms=model.terms,
            annex=line.usual,
            was_signed=True,
        )

    def _freeze(self, line: ConventionLine, convention: Convention) -> None:
        """Fix the text, rebuilt from its model: the day on which it was sent to the assemblies is known by their first vote."""
        document = rebuilt_document(convention, line)
        text, on = plain_text(document), min(line.council.held_on, line.bureau.held_on)
        keep(convention, text=text, text_sha256=fingerprint(text), frozen_on=on)
        told = {"sha256": convention.text_sha256, "rebuilt": True}
        journal.record("conventions.frozen", actor=self.actor, convention=convention, on=on, **told)
        if not self.keep_texts:
            return
        file_paper(
            actor=self.actor,
            convention=convention,
            kind=PaperKind.TEXT,
            content=to_pdf(document, Layout.CONVENTION),
            name=f"convention-{convention.commune.code}.pdf",
            media_type=PDF_TYPE,
            filed_for=Party.EPCI,
            filed_on=self.now,
            values=kept_values(values_of_line(convention, line)),
            model_version=convention.model_version,
            is_made_here=True,
            note=STATUS,
        )

    def _vote(self, convention: Convention, kind: ActKind, vote: VoteLine, proof: str) -> None:
        act = record_act(
            actor=self.actor, convention=convention, kind=kind, held_on=vote.held_on, number=vote.number, proof=proof
        )
        said = {"transmitted_on": vote.transmitted_on, "published_on": vote.published_on}
        for name, day in said.items():
            known = getattr(act, name)
            if known is not None and known != day:
                words = f"Cet acte est déjà connu avec une autre date, le {date_words(known)} ; n’en garder qu’une."
                raise refused(name, "E_ACT_KNOWN", words)
        if act.pk not in self.completed and (act.transmitted_on is None or act.published_on is None):
            # Said once for all the conventions that one act of the Bureau authorises.
            complete_act(
                actor=self.actor,
                act=act,
                transmitted_on=vote.transmitted_on,
                published_on=vote.published_on,
                proof=proof,
            )
        self.completed.add(act.pk)

    def _sign(self, convention: Convention, commune: Commune, party: Party, line: SignatureLine, proof: str) -> None:
        signatory = self._signatory(commune if party is Party.COMMUNE else None, line)
        sign(actor=self.actor, convention=convention, signatory=signatory, signed_on=line.signed_on, proof=proof)

    def _signatory(self, commune: Commune | None, line: SignatureLine) -> Signatory:
        first, last = line.first_name, line.last_name
        people = Signatory.objects.filter(epci=self.epci, commune=commune, first_name=first, last_name=last)
        known = people.filter(holding(line.signed_on)).first() or people.first()
        return known or name_signatory(
            actor=self.actor,
            epci=self.epci,
            commune=commune,
            first_name=first,
            last_name=last,
            title=line.title,
            gender=line.gender,
        )

    def _place(self, line: ConventionLine, convention: Convention) -> None:
        for number, party in enumerate((Party.EPCI, Party.COMMUNE), start=1):
            if place := line.originals.get(party):
                place_original(
                    actor=self.actor, convention=convention, number=number, holder=party, place=place[:120], on=self.now
                )


def _posting(line: LetterLine, proof: str) -> Posting:
    return Posting(
        sent=line.sent,
        channel=line.channel,
        number=line.number,
        presented=line.presented,
        delivered=line.delivered,
        returned=line.returned,
        proof=proof,
    )
