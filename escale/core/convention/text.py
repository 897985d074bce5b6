"""The text of a convention: Markdown with typed placeholders and stable article identifiers, read line by line.

Known are: one title (`#`), articles (`## Article 4 : Interventions {#article-4}`), paragraphs, lists with `-` one inside another,
`**bold**`, `{{ placeholders }}`, a rule (`---`) that closes the articles, and the blocks `::: subtitle` and `::: signature`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from escale.core.convention.faults import Fault
from escale.core.convention.placeholders import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words, or a slot, all bold or not."""

    part: str | Slot
    strong: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of the text (level 1) or of one of its articles."""

    level: int
    id: str
    words: Words
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A paragraph."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitle:
    """What stands under the title."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a list, `depth` lists deep; the first list is 0."""

    depth: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines of a list that follow each other."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """Where a party signs."""

    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The end of the articles."""


Node = Heading | Prose | Subtitle | Listing | SignatureBlock | Rule


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


def words_of(node: Node) -> tuple[Words, ...]:
    """Return the lines of a node."""
    match node:
        case Heading() | Prose() | Subtitle():
            return (node.words,)
        case Listing():
            return tuple(item.words for item in node.items)
        case SignatureBlock():
            return node.lines
        case Rule():
            return ()


def said(words: Words) -> str:
    """Return a line as plain words, its slots as they are written."""
    return "".join(run.part.written if isinstance(run.part, Slot) else run.part for run in words)


def plain(text: str) -> str:
    """Return a text as one compares it: one kind of space, apostrophe and case."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split())


def parse(file: str, source: str) -> Text:
    """Read a text. Its faults are told with it, so that all of them are seen at once."""
    reader = _Reader(file)
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


_HEADING = re.compile(r"(?P<marks>#{1,6}) +(?P<words>.*?)(?: *\{#(?P<id>[^}]*)\})? *")
_ITEM = re.compile(r"(?P<indent> *)- +(?P<words>.*)")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_SLOT = re.compile(
    r"\s*(?P<name>[a-z][a-z0-9_]*)(?:\.(?P<form>[A-Za-z]+)|\s*:\s*(?P<masculine>[^/{}]*[^/{}\s])\s*/\s*(?P<feminine>[^/{}]*[^/{}\s]))?\s*"
)
_INLINE = re.compile(r"(?P<escaped>\\[\\*#{}\[\]_<>`|-])|(?P<bold>\*\*)|\{\{(?P<slot>[^{}]*)\}\}|(?P<stray>\{\{|\}\}|[*`]|</?[a-z]+>|\]\()")
_UNKNOWN = re.compile(r"[>|]|```|\d+\. |\* |\+ |(?:===|\*\*\*)\s*$")
INDENT = 2
BLOCKS = ("subtitle", "signature")


class _Reader:
    """Reads lines into nodes, and keeps what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def read(self, lines: list[str]) -> Iterator[Node]:
        """Yield the nodes of the text in order."""
        at = 0
        while at < len(lines):
            line = lines[at]
            if not line.strip():
                at += 1
            elif line.startswith(":::"):
                end = next((n for n in range(at + 1, len(lines)) if lines[n].strip() == ":::"), len(lines))
                yield from self._block(lines[at:end], at + 1, closed=end < len(lines))
                at = end + 1
            elif line.strip() == "---":
                yield Rule()
                at += 1
            elif line.startswith("#"):
                yield self._heading(line, at + 1)
                at += 1
            else:
                end = next((n for n in range(at, len(lines)) if self._ends(lines, at, n)), len(lines))
                yield self._listing(lines[at:end], at + 1) if _ITEM.fullmatch(line) else self._prose(lines[at:end], at + 1)
                at = end

    @staticmethod
    def _ends(lines: list[str], start: int, at: int) -> bool:
        """Tell whether a paragraph or a list that began at `start` is over before the line `at`."""
        line = lines[at]
        if not line.strip() or line.startswith((":::", "#")) or line.strip() == "---":
            return True
        return at > start and bool(_ITEM.fullmatch(line)) and not _ITEM.fullmatch(lines[start])

    def _blame(self, line: int, message: str) -> None:
        self.faults.append(Fault(file=self.file, line=line, message=message))

    def _heading(self, line: str, at: int) -> Heading:
        found = _HEADING.fullmatch(line)
        if not found or not found["words"]:
            self._blame(at, "ce titre est vide ou sans espace après « # »")
            return Heading(level=line.count("#"), id="", words=(Run(part=line),), line=at)
        level, name = len(found["marks"]), found["id"] or ""
        if level > 1 and not _ID.fullmatch(name):
            self._blame(at, "ce titre n’a pas d’identifiant valable ; écrire par exemple {#article-4} au bout de la ligne")
        return Heading(level=level, id=name, words=self._words(found["words"], at), line=at)

    def _prose(self, lines: list[str], at: int) -> Prose:
        for number, line in enumerate(lines):
            if _UNKNOWN.match(line.lstrip()):
                self._blame(at + number, "cette mise en forme n’est pas connue ; écrire un paragraphe ou une liste avec « - »")
        return Prose(words=self._words("\n".join(line.strip() for line in lines), at))

    def _listing(self, lines: list[str], at: int) -> Listing:
        items: list[tuple[int, int, str]] = []
        for number, line in enumerate(lines, start=at):
            found = _ITEM.fullmatch(line)
            if not found:
                depth, first, words = items[-1]
                items[-1] = (depth, first, f"{words}\n{line.strip()}")
                continue
            depth, rest = divmod(len(found["indent"]), INDENT)
            deepest = items[-1][0] + 1 if items else 0
            if rest or depth > deepest:
                self._blame(number, f"cette ligne de liste est mal décalée ; décaler chaque liste de {INDENT} espaces")
            items.append((min(depth, deepest), number, found["words"]))
        return Listing(items=tuple(Item(depth=depth, words=self._words(words, number)) for depth, number, words in items))

    def _block(self, lines: list[str], at: int, *, closed: bool) -> Iterator[Node]:
        name = lines[0].removeprefix(":::").strip()
        if not closed:
            self._blame(at, "ce bloc n’est pas fermé ; écrire « ::: » seul sur une ligne après lui")
        if name not in BLOCKS:
            self._blame(at, f"le bloc « {name} » n’est pas connu ; écrire {' ou '.join(f'::: {one}' for one in BLOCKS)}")
        inside = [(number, line.strip()) for number, line in enumerate(lines[1:], start=at + 1) if line.strip()]
        if not inside:
            self._blame(at, "ce bloc est vide ; le remplir ou l’ôter")
        elif name == "signature":
            yield SignatureBlock(lines=tuple(self._words(line, number) for number, line in inside))
        elif name == "subtitle":
            yield Subtitle(words=self._words("\n".join(line for _, line in inside), inside[0][0]))

    def _words(self, source: str, at: int) -> Words:
        """Read the words of a node that begins on line `at`."""
        runs: list[Run] = []
        strong, text, done = False, "", 0
        for found in _INLINE.finditer(source):
            text += source[done : found.start()]
            line, done = at + source.count("\n", 0, found.start()), found.end()
            if found["escaped"]:
                text += found["escaped"][1]
            elif found["stray"]:
                self._blame(line, f"« {found['stray']} » n’a pas de sens ici ; écrire \\{found['stray'][0]} pour le signe lui-même")
            else:
                runs, text = [*runs, *_run(text, strong=strong)], ""
                if found["bold"]:
                    strong = not strong
                else:
                    runs += self._slot(found["slot"], line, strong=strong)
        runs += _run(text + source[done:], strong=strong)
        if strong:
            self._blame(at, "« ** » n’est pas fermé")
        return tuple(runs)

    def _slot(self, source: str, line: int, *, strong: bool) -> Iterator[Run]:
        found = _SLOT.fullmatch(source)
        if not found:
            self._blame(line, f"« {{{{{source}}}}} » ne se lit pas ; écrire par exemple {{{{ commune.de }}}}")
            return
        agreement = (found["masculine"], found["feminine"]) if found["masculine"] else None
        yield Run(part=Slot(name=found["name"], form=found["form"] or "", agreement=agreement, line=line), strong=strong)


def _run(text: str, *, strong: bool) -> Iterator[Run]:
    if text:
        yield Run(part=text.replace("\n", " "), strong=strong)
