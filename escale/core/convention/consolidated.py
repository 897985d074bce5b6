"""The text that holds on a day: each avenant in force written into the articles of the convention, with its source (art. 8)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from escale.core.calendar.french import date_words
from escale.core.convention.avenant_text import ClauseChange, change_words, titled_wording
from escale.core.convention.markdown import Reader
from escale.core.convention.nodes import Heading, Node, Prose, Rule, Run, plain, said, words_of
from escale.core.convention.text import Text

ADDED = re.compile(r"avenant-article-(?P<article>\d+)-\d+")
ABOUT = re.compile(r"article (?P<article>\d+(?:-\d+)?) de la convention")
REPLACED = re.compile(r"le (?P<rank>\w+) alinéa de l'article (?P<article>\d+(?:-\d+)?) de la convention est remplacé")
RANKS = ("premier", "deuxième", "troisième", "quatrième", "cinquième")
ANNEX_ARTICLE = "4"
"""The article that annexes the planning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """An avenant in force: its changes, or its own text when a model holds it ready."""

    number: int
    purpose: str
    effect: dt.date
    changes: Sequence[ClauseChange] = ()
    ready: Text | None = None

    @property
    def source(self) -> str:
        """« avenant n° 1, depuis le 1er janvier 2027 »."""
        return f"avenant n° {self.number}, depuis le {date_words(self.effect)}"


_Write = Callable[["_Book", Amendment, str, Heading, list[Node]], None]


def consolidate(text: Text, amendments: Sequence[Amendment]) -> Text:
    """Return a text with what avenants in force have changed, in the order of their effect; each change says where it is from."""
    book = _Book(list(text.nodes))
    for amendment in amendments:
        if amendment.ready is not None:
            _write_ready(book, amendment, amendment.ready)
            continue
        for change in amendment.changes:
            if change.wording.strip():
                _write_wording(book, amendment, change)
            else:
                book.note(change.article, f"Modifié par l’{amendment.source} – {change_words(change)}.")
    return replace(text, nodes=tuple(book.nodes))


class _Book:
    """The nodes of a text, article by article."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    def span(self, article: str) -> tuple[int, int] | None:
        """Return where an article begins, by its title, and where it ends."""
        for at, node in enumerate(self.nodes):
            if isinstance(node, Heading) and node.id == f"article-{article}":
                return at, self._end(at, node.level)
        return None

    def body(self, article: str, *, alone: bool) -> tuple[int, int]:
        """Return the lines of an article after its title and its notes, without the articles inside it when `alone`."""
        start, end = self.span(article) or (len(self.nodes), len(self.nodes))
        start += 1
        while start < end and _is_note(self.nodes[start]):
            start += 1
        inner = (at for at in range(start, end) if isinstance(self.nodes[at], Heading))
        return start, next(inner, end) if alone else end

    def note(self, article: str, words: str) -> None:
        """Say something under the title of an article, after what is said there already."""
        if self.span(article) is None:
            self.add(article, f"Article {article}", [])
        at, _ = self.body(article, alone=True)
        self.nodes[at:at] = [Prose(words=(Run(part=words),), is_note=True)]

    def add(self, article: str, title: str, nodes: list[Node]) -> None:
        """Add an article after the last one."""
        at = next((at for at, node in enumerate(self.nodes) if isinstance(node, Rule)), len(self.nodes))
        heading = Heading(level=2, id=f"article-{article}", words=(Run(part=title),), line=0)
        self.nodes[at:at] = [heading, *nodes]

    def replace(self, article: str, nodes: list[Node]) -> None:
        """Put other lines in the place of those of an article."""
        start, end = self.body(article, alone=False)
        self.nodes[start:end] = nodes

    def append(self, article: str, nodes: list[Node]) -> None:
        """Add lines to the end of an article, before the articles inside it."""
        if self.span(article) is None:
            self.add(article, f"Article {article}", [])
        _, end = self.body(article, alone=True)
        self.nodes[end:end] = nodes

    def replace_paragraph(self, article: str, rank: int, node: Node) -> bool:
        """Put another paragraph in the place of one; False when the article has none of that rank."""
        start, end = self.body(article, alone=True)
        if start + rank >= end:
            return False
        self.nodes[start + rank] = node
        return True

    def _end(self, start: int, level: int) -> int:
        after = range(start + 1, len(self.nodes))
        return next((at for at in after if _closes(self.nodes[at], level)), len(self.nodes))


def _write_wording(book: _Book, amendment: Amendment, change: ClauseChange) -> None:
    title, wording = titled_wording(change.wording)
    nodes = list(Reader(f"avenant n° {amendment.number}").read(wording.splitlines()))
    if book.span(change.article) is None:
        book.add(change.article, f"Article {change.article}" + (f" : {title}" if title else ""), nodes)
        book.note(change.article, f"Ajouté par l’{amendment.source}.")
    else:
        book.replace(change.article, nodes)
        book.note(change.article, f"Rédaction de l’{amendment.source}.")


def changed_articles(text: Text) -> tuple[str, ...]:
    """Return the articles of the convention that the text of an avenant changes or adds, in its order."""
    placed = (_place_of(nodes) for _, nodes in _articles(text))
    return tuple(dict.fromkeys(place[0] for place in placed if place))


def _write_ready(book: _Book, amendment: Amendment, text: Text) -> None:
    """Write the articles of an avenant where they belong: added ones, replaced paragraphs, else under the article they name."""
    for heading, nodes in _articles(text):
        if place := _place_of(nodes):
            article, write = place
            write(book, amendment, article, heading, nodes)


def _place_of(nodes: list[Node]) -> tuple[str, _Write] | None:
    """Return the article of the convention that an article of an avenant is about, and how it is written into it."""
    words = _plain_words(nodes)
    if added := next((found for node in nodes if isinstance(node, Heading) and (found := ADDED.fullmatch(node.id))), None):
        return added["article"], _add_ready
    if replaced := REPLACED.search(words):
        return replaced["article"], _replace_ready
    if about := ABOUT.search(words):
        return about["article"], _append_ready
    return (ANNEX_ARTICLE, _append_ready) if "annexe de la convention" in words else None


def _plain_words(nodes: list[Node]) -> str:
    return plain(" ".join(said(line) for node in nodes for line in words_of(node)))


def _add_ready(book: _Book, amendment: Amendment, article: str, heading: Heading, nodes: list[Node]) -> None:
    first = next(at for at, node in enumerate(nodes) if isinstance(node, Heading))
    title = said(heading.words).partition(" : ")[2]
    inner = [replace(node, id=node.id.removeprefix("avenant-")) if isinstance(node, Heading) else node for node in nodes[first:]]
    book.add(article, f"Article {article} : {title}", inner)
    book.note(article, f"Ajouté par l’{amendment.source}.")


def _replace_ready(book: _Book, amendment: Amendment, article: str, heading: Heading, nodes: list[Node]) -> None:
    found, quoted = REPLACED.search(_plain_words(nodes)), nodes[-1]
    rank = RANKS.index(found["rank"]) if found else 0
    if isinstance(quoted, Prose) and book.replace_paragraph(article, rank, _unquoted(quoted)):
        book.note(article, f"{RANKS[rank].capitalize()} alinéa : rédaction de l’{amendment.source}.")
    else:
        _append_ready(book, amendment, article, heading, nodes)


def _append_ready(book: _Book, amendment: Amendment, article: str, _: Heading, nodes: list[Node]) -> None:
    book.append(article, [Prose(words=(Run(part=f"Ajouté par l’{amendment.source} :"),), is_note=True), *nodes])


def _articles(text: Text) -> Iterator[tuple[Heading, list[Node]]]:
    """Yield the articles of an avenant with all that stands in them."""
    body: list[Node] = []
    heading: Heading | None = None
    for node in (*text.nodes, Rule()):
        if _closes(node, 2):
            if heading is not None:
                yield heading, body
            heading, body = (node if isinstance(node, Heading) and node.level > 1 else None), []
        else:
            body.append(node)


def _closes(node: Node, level: int) -> bool:
    return isinstance(node, Rule) or (isinstance(node, Heading) and node.level <= level)


def _is_note(node: Node) -> bool:
    return isinstance(node, Prose) and node.is_note


def _unquoted(prose: Prose) -> Prose:
    """Return a paragraph without the quotation marks around it."""
    words = "".join(run.part for run in prose.words if isinstance(run.part, str)).strip()
    return Prose(words=(Run(part=words.removeprefix("«").removesuffix("»").strip()),))
