"""A letter of one party to the other: who writes by which authority, to whom and where, about what; no part is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from escale.core.calendar.french import date_words
from escale.core.convention.filling import MissingValuesError
from escale.core.convention.placeholders import Place, Signatory
from escale.core.documents.tree import Block, Bullets, Document, Letterhead, Section, Signature, line, paragraph, strong


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """A party that writes or is written to: its name in a sentence, its seat line by line, who represents it.

    `called` is how that person is addressed: « Madame la Maire ».
    """

    name: str
    seat: tuple[str, ...]
    signatory: Signatory | None
    called: str

    @property
    def heading(self) -> str:
        """Its name as it stands alone: « Commune d’Oisy »."""
        bare = self.name.removeprefix("la commune")
        return f"Commune{bare}" if bare != self.name else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """What every letter says: from whom to whom, on which day and where, about the convention with which commune."""

    sender: Correspondent
    recipient: Correspondent
    written_on: dt.date
    commune: Place
    issuer: str
    notified_on: dt.date | None
    act: str = ""
    contact: str = ""
    sent_by: str = "Lettre recommandée avec avis de réception"

    @property
    def parties(self) -> str:
        """The convention by its parties, after « la »."""
        return f"convention de médiation numérique entre {self.issuer} et la commune {self.commune.de}"

    @property
    def convention(self) -> str:
        """The convention by its parties and the date of its notification, after « la »."""
        return f"{self.parties}, notifiée le {date_words(self.notified_on)}" if self.notified_on else self.parties


def missing_of_letter(letter: Correspondence, *, needs_act: bool, needs: Mapping[str, bool]) -> tuple[str, ...]:
    """Return all that a letter lacks, in French; `needs` tells of each other thing whether it is known."""
    sender, recipient = letter.sender, letter.recipient
    signatory = sender.signatory
    known = {
        f"Adresse du siège, pour l’expéditeur ({sender.name})": bool(sender.seat),
        f"Signataire en fonction ({sender.name})": signatory is not None and bool(signatory.name),
        f"Qualité du signataire ({sender.name})": signatory is None or bool(signatory.title),
        "Acte qui autorise cette lettre : nature, numéro et date": bool(letter.act) or not needs_act,
        f"Adresse du siège, pour le destinataire ({recipient.name})": bool(recipient.seat),
        **needs,
    }
    return tuple(label for label, is_known in known.items() if not is_known)


def letter_document(
    letter: Correspondence,
    *,
    subject: str,
    body: Iterable[Block],
    enclosures: tuple[str, ...] = (),
    needs_act: bool,
    needs: Mapping[str, bool],
) -> Document:
    """Return a letter. Raise MissingValuesError with all that it lacks."""
    if missing := missing_of_letter(letter, needs_act=needs_act, needs=needs):
        raise MissingValuesError(missing)
    signatory = letter.sender.signatory or Signatory()
    head = Letterhead(
        sender=(letter.sender.heading, *letter.sender.seat),
        recipient=(letter.recipient.called, letter.recipient.heading, *letter.recipient.seat),
        above=(letter.sent_by, f"Le {date_words(letter.written_on)}"),
    )
    closing: list[Block] = [
        paragraph(f"Veuillez agréer, {letter.recipient.called}, l’expression de ma considération distinguée."),
        Signature(lines=(line(strong(f"Pour {letter.sender.name}")), line(signatory.name), line(signatory.title))),
    ]
    if enclosures:
        joined = Bullets(items=tuple(line(one) for one in enclosures))
        closing.append(Section(id="pieces-jointes", title="Pièces jointes", blocks=(joined,)))
    greeting = paragraph(f"{letter.recipient.called},")
    return Document(
        title=subject,
        issuer=letter.sender.heading,
        date=letter.written_on,
        blocks=(head, greeting, *body, *closing),
    )


def authority(letter: Correspondence) -> str:
    """Return « Agissant au nom de la commune d’Oisy, en qualité de maire, (délibération n° 12 du 3 mars 2027), »."""
    signatory = letter.sender.signatory or Signatory()
    by = f" ({letter.act})" if letter.act else ""
    return f"Agissant au nom de {letter.sender.name}, en qualité de {signatory.title}{by},"
