"""Understand a table as signed conventions: what each row says, and what cannot be read in it, cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from escale.apps.conventions.imports.columns import DATES, Column, Headings
from escale.apps.conventions.imports.lines import ConventionLine, LetterLine, SignatureLine, VoteLine
from escale.apps.conventions.imports.words import read_channel, read_gender, read_party, read_returned, read_yes
from escale.apps.conventions.models import Party
from escale.apps.documents.reading.tables import Row, Table
from escale.apps.schedule.imports.people import Known, KnownCommune, find_commune
from escale.apps.schedule.imports.reading import Told
from escale.apps.schedule.imports.values import read_date, read_usual
from escale.core.calendar.french import date_words
from escale.core.convention.letters import Channel
from escale.core.planning.problem import Annex

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Understood:
    """What a table says: conventions, faults, and how many rows nobody filled in."""

    lines: list[ConventionLine] = field(default_factory=list)
    faults: list[Told] = field(default_factory=list)
    empty: int = 0


def understand(table: Table, headings: Headings, known: Known, models: tuple[str, ...]) -> Understood:
    """Read every row below the headings; `models` are the names of the texts that there are."""
    found = Understood()
    seen: dict[str, int] = {}
    for row in table.rows:
        if row.number <= headings.row.number:
            continue
        if not any(headings.of(row, column) for column in DATES):
            found.empty += 1
            continue
        reader = _RowReader(row=row, headings=headings, known=known, models=models)
        line = reader.read(seen)
        found.faults += reader.faults
        if line is not None:
            found.lines.append(line)
    return found


@dataclass(slots=True, kw_only=True)
class _RowReader:
    """Reads one row, and keeps each fault beside its column so that all of them are told at once."""

    row: Row
    headings: Headings
    known: Known
    models: tuple[str, ...]
    faults: list[Told] = field(default_factory=list)

    def read(self, seen: dict[str, int]) -> ConventionLine | None:
        """Return what the row says; None when a cell cannot be read."""
        self._refuse_formulas()
        commune = self._commune(seen)
        model = self._tried(Column.MODEL, self._model)
        council = self._vote(Column.COUNCIL_NUMBER, Column.COUNCIL_ON, Column.COUNCIL_TRANSMITTED, Column.COUNCIL_PUBLISHED)
        bureau = self._vote(Column.BUREAU_NUMBER, Column.BUREAU_ON, Column.BUREAU_TRANSMITTED, Column.BUREAU_PUBLISHED)
        commune_signs = self._signature(
            Column.COMMUNE_FIRST_NAME,
            Column.COMMUNE_LAST_NAME,
            Column.COMMUNE_TITLE,
            Column.COMMUNE_GENDER,
            Column.COMMUNE_SIGNED,
        )
        epci_signs = self._signature(
            Column.EPCI_FIRST_NAME, Column.EPCI_LAST_NAME, Column.EPCI_TITLE, Column.EPCI_GENDER, Column.EPCI_SIGNED
        )
        letter = self._letter()
        usual = self._tried(Column.USUAL, self._usual)
        denounced_by, denunciation = self._denunciation()
        fallback = self._tried(Column.DENOUNCED_FALLBACK, lambda: read_yes(self._cell(Column.DENOUNCED_FALLBACK)))
        if self.faults or not (commune and model and council and bureau and commune_signs and epci_signs and letter):
            return None
        originals = {Party.EPCI: Column.EPCI_ORIGINAL, Party.COMMUNE: Column.COMMUNE_ORIGINAL}
        return ConventionLine(
            line=self.row.number,
            commune=commune,
            model=model,
            council=council,
            bureau=bureau,
            commune_signs=commune_signs,
            epci_signs=epci_signs,
            letter=letter,
            usual=usual,
            originals={party: place for party, column in originals.items() if (place := self._cell(column))},
            denounced_by=denounced_by,
            denunciation=denunciation,
            states_fallback=bool(fallback),
        )

    def _refuse_formulas(self) -> None:
        for column, rank in self.headings.ranks.items():
            if self.row.at(rank).startswith("="):
                self._fault(column, "une formule n’est pas lue ; écrire la valeur elle-même, sans « = »")

    def _commune(self, seen: dict[str, int]) -> KnownCommune | None:
        column = Column.COMMUNE if self._cell(Column.COMMUNE) else Column.CODE
        found = self._tried(column, lambda: find_commune(self.known, self._cell(Column.COMMUNE), self._cell(Column.CODE)))
        if found is None:
            return None
        if other := seen.get(found.code):
            self._fault(column, f"{found.full} est déjà ligne {other} ; n’en garder qu’une")
            return None
        seen[found.code] = self.row.number
        return found

    def _model(self) -> str:
        name = self._cell(Column.MODEL)
        if name in self.models:
            return name
        told = f"« {name} » n’est pas un modèle connu" if name else "le modèle manque"
        raise ValueError(f"{told} ; écrire l’un de ceux-ci : {', '.join(f'« {model} »' for model in self.models)}")

    def _vote(self, number: Column, held: Column, transmitted: Column, published: Column) -> VoteLine | None:
        told = self._words(number, "le numéro de la délibération manque ; l’écrire comme sur l’extrait")
        days = [self._day(column) for column in (held, transmitted, published)]
        if told is None or days[0] is None or days[1] is None or days[2] is None:
            return None
        for column, day in ((transmitted, days[1]), (published, days[2])):
            if day < days[0]:
                self._fault(
                    column, f"le {date_words(day)} précède la séance du {date_words(days[0])} ; corriger l’une des deux dates"
                )
        return VoteLine(number=told, held_on=days[0], transmitted_on=days[1], published_on=days[2])

    def _signature(self, first: Column, last: Column, title: Column, gender: Column, signed: Column) -> SignatureLine | None:
        first_name = self._words(first, "le prénom du signataire manque ; l’écrire")
        last_name = self._words(last, "le nom du signataire manque ; l’écrire")
        quality = self._words(title, "la qualité du signataire manque ; écrire par exemple « Maire »")
        agreement = self._tried(gender, lambda: read_gender(self._cell(gender)))
        day = self._day(signed)
        if first_name is None or last_name is None or quality is None or agreement is None or day is None:
            return None
        return SignatureLine(first_name=first_name, last_name=last_name, title=quality, gender=agreement, signed_on=day)

    def _letter(self) -> LetterLine | None:
        channel = self._tried(Column.CHANNEL, lambda: read_channel(self._cell(Column.CHANNEL)))
        sent = self._day(Column.SENT)
        presented, delivered = self._optional_day(Column.PRESENTED), self._optional_day(Column.DELIVERED)
        returned = self._tried(Column.RETURNED, lambda: read_returned(self._cell(Column.RETURNED)))
        if not self._cell(Column.DELIVERED) and not self._cell(Column.RETURNED):
            words = "la date de remise manque ; l’écrire, ou dire que le pli est revenu : « non réclamé », « refusé »"
            self._fault(Column.DELIVERED, words)
            return None
        if channel is None or sent is None:
            return None
        number = self._cell(Column.LETTER_NUMBER)
        if channel is not Channel.HAND and not number:
            self._fault(Column.LETTER_NUMBER, "le numéro de la lettre recommandée manque ; il est sur le bordereau")
        return LetterLine(
            channel=channel,
            number=number,
            sent=sent,
            presented=presented,
            delivered=delivered,
            returned=returned,
        )

    def _denunciation(self) -> tuple[Party | None, LetterLine | None]:
        columns = [column for column in Column if column.startswith("Dénonciation")]
        if not any(self._cell(column) for column in columns):
            return None, None
        author = self._tried(Column.DENOUNCED_BY, lambda: read_party(self._cell(Column.DENOUNCED_BY)))
        sent = self._day(Column.DENOUNCED_SENT)
        presented = self._optional_day(Column.DENOUNCED_PRESENTED)
        delivered = self._optional_day(Column.DENOUNCED_DELIVERED)
        number = self._words(Column.DENOUNCED_NUMBER, "le numéro de la lettre recommandée manque ; il est sur le bordereau")
        if author is None or sent is None or number is None:
            return None, None
        letter = LetterLine(
            channel=Channel.LRAR,
            number=number,
            sent=sent,
            presented=presented,
            delivered=delivered,
            returned=self._tried(Column.DENOUNCED_RETURNED, lambda: read_returned(self._cell(Column.DENOUNCED_RETURNED))),
        )
        return author, letter

    def _usual(self) -> Annex | None:
        text = self._cell(Column.USUAL)
        if not text:
            return None
        rank, window = read_usual(text)
        if rank is None:
            raise ValueError(f"« {text} » ne dit pas lequel ; écrire par exemple « 1er mardi, matin »")
        return Annex(nth=rank, window=window)

    def _words(self, column: Column, missing: str) -> str | None:
        if text := self._cell(column):
            return text
        self._fault(column, missing)
        return None

    def _day(self, column: Column) -> dt.date | None:
        if not self._cell(column):
            self._fault(column, "la date manque ; écrire par exemple 17/03/2025")
            return None
        return self._optional_day(column)

    def _optional_day(self, column: Column) -> dt.date | None:
        text = self._cell(column)
        return self._tried(column, lambda: read_date(text)[0]) if text else None

    def _cell(self, column: Column) -> str:
        return self.headings.of(self.row, column)

    def _tried(self, column: Column, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except ValueError as error:
            self._fault(column, str(error))
            return None

    def _fault(self, column: Column, words: str) -> None:
        # A cell that is a formula is told as such, and nothing else of it.
        if not any(fault.column == column.value for fault in self.faults):
            self.faults.append(Told(line=self.row.number, column=column.value, words=words))
