"""A model of convention read from the contents of its files: `model.toml`, `terms.toml`, `notes.toml` and its texts.

What is missing, unknown, out of range or said twice is told all at once, each with its file and its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from escale.core.calendar.french import date_words
from escale.core.convention.faults import Fault, ModelError
from escale.core.convention.model import CONVENTION, Model, ModelText, Note, Source
from escale.core.convention.nodes import plain
from escale.core.convention.placeholders import Kind, Placeholder, fault_of
from escale.core.convention.sheets import Sheet, Table
from escale.core.convention.terms import DEFAULTS, Terms, TermsError
from escale.core.convention.text import parse

MODEL_FILE, TERMS_FILE, NOTES_FILE = "model.toml", "terms.toml", "notes.toml"
NOT_VOTED = "non voté"


def read_model(files: Mapping[str, str]) -> Model:
    """Read a model from the contents of its files by their names. Raise ModelError with every fault, its file and its line."""
    return _ModelReader(files).model()


class _ModelReader:
    """Reads the files of one model and gathers what is wrong with all of them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.faults: list[Fault] = []
        self.head = self._sheet(MODEL_FILE)
        self.placeholders = self._placeholders()
        self.is_voted = True
        self.texts: dict[str, ModelText] = {}

    def model(self) -> Model:
        table = self.head.table("model")
        self.is_voted = table.flag("voted", default=True)
        said = {key: table.words(key) for key in ("id", "label", "issuer", "siren")}
        table.close()
        self._read_texts()
        self._judge_slots()
        terms, sources = self._terms()
        notes = self._notes()
        self._judge_tables()
        if self.faults or self.head.faults:
            raise ModelError(tuple(sorted({*self.faults, *self.head.faults})))
        return Model(
            **said,
            is_voted=self.is_voted,
            texts=self.texts,
            placeholders=self.placeholders,
            terms=terms,
            sources=sources,
            notes=notes,
        )

    def _sheet(self, file: str) -> Sheet:
        if file not in self.files:
            self.faults.append(Fault(file=file, line=1, message="ce fichier manque ; l’écrire à côté des autres"))
        return Sheet(file, self.files.get(file, ""))

    def _judge_tables(self) -> None:
        for name in self.head.data.keys() - {"model", "texts", "placeholders"}:
            self.head.blame(self.head.line_of(name), f"[{name}] n’est pas connu ; sont connus : model, texts, placeholders")

    def _placeholders(self) -> dict[str, Placeholder]:
        found: dict[str, Placeholder] = {}
        for name, table in self.head.tables("placeholders"):
            kind, label = table.words("kind"), table.words("label")
            required, after_vote = table.flag("required", default=True), table.flag("after_vote", default=False)
            table.close()
            if kind and kind not in list(Kind):
                table.blame(f"le type « {kind} » n’existe pas ; choisir parmi {', '.join(Kind)}", key="kind")
            # A placeholder of an unknown type is still known by its name: it is told once, not at each of its places.
            known = Kind(kind) if kind in list(Kind) else Kind.TEXT
            found[name] = Placeholder(name=name, kind=known, label=label or name, required=required, after_vote=after_vote)
        return found

    def _read_texts(self) -> None:
        for name, table in self.head.tables("texts"):
            file, label, status = table.words("file"), table.words("label"), table.words("status", required=False)
            table.close()
            if file not in self.files:
                if file:
                    table.blame(f"le fichier « {file} » manque ; l’écrire à côté des autres", key="file")
                continue
            text = parse(file, self.files[file])
            self.faults += text.faults
            status = status or ("" if self.is_voted else NOT_VOTED)
            self.texts[name] = ModelText(name=name, label=label, status=status, text=text)
        if CONVENTION not in self.head.data.get("texts", {}):
            self.head.blame(self.head.last_line, f"le texte de la convention manque ; écrire [texts.{CONVENTION}] et son fichier")
        named = {text.text.file for text in self.texts.values()}
        for file in sorted(self.files.keys() - named):
            if file.endswith(".md"):
                message = f"ce texte n’est nommé nulle part ; l’annoncer dans {MODEL_FILE} ou l’ôter"
                self.faults.append(Fault(file=file, line=1, message=message))

    def _judge_slots(self) -> None:
        used: set[str] = set()
        for text in (one.text for one in self.texts.values()):
            for slot in text.slots:
                used.add(slot.name)
                placeholder = self.placeholders.get(slot.name)
                message = (
                    fault_of(slot, placeholder)
                    if placeholder
                    else f"« {slot.written} » n’est pas connu ; le déclarer dans {MODEL_FILE}, [placeholders.{slot.name}]"
                )
                if message:
                    self.faults.append(Fault(file=text.file, line=slot.line, message=message))
        for name in self.placeholders.keys() - used:
            self.head.blame(
                self.head.line_of(f"placeholders.{name}"), f"« {name} » ne sert dans aucun texte ; l’employer ou l’ôter"
            )

    def _terms(self) -> tuple[Terms, dict[str, Source]]:
        sheet = self._sheet(TERMS_FILE)
        values: dict[str, Any] = {}
        sources: dict[str, Source] = {}
        for name, table in sheet.tables():
            if name not in DEFAULTS:
                table.blame(f"le paramètre « {name} » n’est pas connu ; {_nearest(name, DEFAULTS)}")
                continue
            # TOML has no word for nothing: a parameter that the text leaves open says so.
            is_open = table.flag("open", default=False)
            values[name] = None if is_open else table.value("value")
            sources[name] = Source(name=name, reading=table.words("reading"), **self._place(table, needs_article=True))
            self._judge_date(table, values[name], sources[name].quote)
            table.close()
        if sheet.data or TERMS_FILE in self.files:
            for name in DEFAULTS.keys() - sources.keys():
                sheet.blame(sheet.last_line, f"le paramètre « {name} » manque ; écrire [{name}] avec value, article et reading")
        terms = _built(values, sources, sheet)
        self.faults += sheet.faults
        return terms, sources

    @staticmethod
    def _judge_date(table: Table, value: object, quote: str) -> None:
        """Tell of a date that is not the one of the text."""
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and plain(date_words(value)) not in plain(quote):
            table.blame(f"[{table.name}] : la date {date_words(value)} n’est pas celle des mots cités (« {quote} »)", key="value")

    def _notes(self) -> tuple[Note, ...]:
        if NOTES_FILE not in self.files:
            return ()
        sheet = Sheet(NOTES_FILE, self.files[NOTES_FILE])
        notes: list[Note] = []
        for table in sheet.listed("notes"):
            words = {key: table.words(key) for key in ("id", "fault", "proposal")}
            notes.append(Note(**words, **self._place(table, needs_article=False)))
            table.close()
        for name in sheet.data.keys() - {"notes"}:
            sheet.blame(sheet.line_of(name, key=name), f"« {name} » n’est pas connu ; écrire [[notes]]")
        self.faults += sheet.faults
        return tuple(notes)

    def _place(self, table: Table, *, needs_article: bool) -> dict[str, str]:
        """Return the article and the words that a table names, once they were found in the convention."""
        article, quote = table.words("article", required=needs_article), table.words("quote", required=False)
        convention = self.texts.get(CONVENTION)
        if convention is None:
            return {"article": article, "quote": quote}
        if article and article not in convention.text.ids:
            near = _nearest(article, convention.text.ids)
            table.blame(f"« {table.name} » nomme « {article} », qui n’est pas dans le texte ; {near}", key="article")
        elif quote and not convention.text.says(quote, article=article):
            where = f"l’{article}" if article else "le texte"
            table.blame(f"« {quote} » ne se lit pas dans {where} ; recopier les mots du texte", key="quote")
        return {"article": article, "quote": quote}


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return what was meant, or all that is known when nothing comes near."""
    names = list(dict.fromkeys(known))
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"écrire « {near[0]} » ?" if near else f"sont connus : {', '.join(names)}"


def _built(values: dict[str, Any], sources: Mapping[str, Source], sheet: Sheet) -> Terms:
    """Return the terms of these values; what cannot be is told, then replaced by its default so that the rest is judged too."""
    kept = dict(values)
    while True:
        try:
            return Terms(**kept)
        except TermsError as error:
            name = error.name
            article = sources[name].article if name in sources else ""
            sheet.blame(sheet.line_of(name, key="value"), f"« {name} » ({article}) : {error.message}")
            if name not in kept:
                return Terms()
            del kept[name]
