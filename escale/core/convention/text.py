"""The text of a convention: its articles by their identifiers, its blanks, its words, and what is wrong with its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from escale.core.convention.faults import Fault
from escale.core.convention.markdown import Reader
from escale.core.convention.nodes import Heading, Node, Rule, plain, said, words_of
from escale.core.convention.placeholders import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that was read, and what is wrong with its form."""

    file: str
    nodes: tuple[Node, ...]
    faults: tuple[Fault, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The articles and other parts, the title left out."""
        return tuple(node for node in self.nodes if isinstance(node, Heading) and node.level > 1)

    @property
    def ids(self) -> tuple[str, ...]:
        """The identifiers of the articles and other parts, in reading order."""
        return tuple(heading.id for heading in self.headings)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every place where a placeholder stands."""
        return tuple(run.part for node in self.nodes for words in words_of(node) for run in words if isinstance(run.part, Slot))

    def says(self, quote: str, *, article: str = "") -> bool:
        """Tell whether these words stand in the text, or in one of its articles with the articles inside it."""
        nodes = self.nodes if not article else tuple(self._nodes_of(article))
        return plain(quote) in plain("\n".join(said(words) for node in nodes for words in words_of(node)))

    def _nodes_of(self, article: str) -> Iterator[Node]:
        level = 0
        for node in self.nodes:
            if isinstance(node, Rule) or (level and isinstance(node, Heading) and node.level <= level):
                level = 0
            if isinstance(node, Heading) and node.id == article:
                level = node.level
            if level:
                yield node


def parse(file: str, source: str) -> Text:
    """Read a text. Its faults are told with it, so that all of them are seen at once."""
    reader = Reader(file)
    nodes = tuple(reader.read(source.splitlines()))
    return Text(file=file, nodes=nodes, faults=tuple(sorted([*reader.faults, *_faults_of_parts(file, nodes)])))


def _faults_of_parts(file: str, nodes: tuple[Node, ...]) -> Iterator[Fault]:
    headings = [node for node in nodes if isinstance(node, Heading)]
    titles = [heading.line for heading in headings if heading.level == 1]
    if not titles:
        yield Fault(file=file, line=1, message="le texte n’a pas de titre ; l’écrire après un « # »")
    for line in titles[1:]:
        yield Fault(file=file, line=line, message="un second titre ; les articles s’écrivent après « ## »")
    seen: dict[str, int] = {}
    above = 1
    for heading in headings:
        if heading.level > above + 1:
            advice = f"écrire {'#' * (above + 1)} au lieu de {'#' * heading.level}"
            yield Fault(file=file, line=heading.line, message=f"ce titre saute un niveau ; {advice}")
        above = heading.level
        if heading.id in seen:
            message = f"l’identifiant « {heading.id} » sert déjà à la ligne {seen[heading.id]} ; en donner un autre"
            yield Fault(file=file, line=heading.line, message=message)
        elif heading.id:
            seen[heading.id] = heading.line
