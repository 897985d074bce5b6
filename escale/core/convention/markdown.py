"""The Markdown of a convention, read line by line.

Known are: one title (`#`), articles (`## Article 4 : Interventions {#article-4}`), paragraphs, lists with `-` one inside another,
`**bold**`, `{{ placeholders }}`, a rule (`---`) that closes the articles, and the blocks `::: subtitle` and `::: signature`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from escale.core.convention.faults import Fault
from escale.core.convention.nodes import Heading, Item, Listing, Node, Prose, Rule, Run, SignatureBlock, Subtitle, Words
from escale.core.convention.placeholders import Slot

_HEADING = re.compile(r"(?P<marks>#{1,6}) +(?P<words>.*?)(?: *\{#(?P<id>[^}]*)\})? *")
_ITEM = re.compile(r"(?P<indent> *)- +(?P<words>.*)")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_SLOT = re.compile(
    r"\s*(?P<name>[a-z][a-z0-9_]*)"
    r"(?:\.(?P<form>[A-Za-z]+)|\s*:\s*(?P<masculine>[^/{}]*[^/{}\s])\s*/\s*(?P<feminine>[^/{}]*[^/{}\s]))?\s*"
)
_INLINE = re.compile(
    r"(?P<escaped>\\[\\*#{}\[\]_<>`|-])|(?P<bold>\*\*)|\{\{(?P<slot>[^{}]*)\}\}|(?P<stray>\{\{|\}\}|[*`]|</?[a-z]+>|\]\()"
)
_UNKNOWN = re.compile(r"[>|]|```|\d+\. |\* |\+ |(?:===|\*\*\*)\s*$")
INDENT = 2
BLOCKS = ("subtitle", "signature")


class Reader:
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
                self._blame(
                    line, f"« {found['stray']} » n’a pas de sens ici ; écrire \\{found['stray'][0]} pour le signe lui-même"
                )
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
