"""A TOML file of a model, read table by table: what is missing, unknown or of another type is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from escale.core.convention.faults import Fault


class Sheet:
    """One TOML file and what is wrong with it."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self._lines = source.splitlines()
        self.data: dict[str, Any] = {}
        try:
            self.data = tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            line = int(place[1]) if place else max(len(self._lines), 1)
            self.blame(line, f"ce fichier TOML ne se lit pas ; corriger ou supprimer cette ligne ({error})")

    def blame(self, line: int, message: str) -> None:
        """Keep a fault."""
        self.faults.append(Fault(file=self.file, line=line, message=message))

    @property
    def last_line(self) -> int:
        """Where something that is missing would be written."""
        return max(len(self._lines), 1)

    def table(self, name: str) -> Table:
        """Return a table of the file, an empty one when it is missing."""
        found = self.data.get(name)
        if not isinstance(found, dict):
            self.blame(self.last_line, f"la table [{name}] manque ; l’écrire")
            found = {}
        return Table(self, name, found, self.line_of(name))

    def tables(self, prefix: str = "") -> Iterator[tuple[str, Table]]:
        """Yield the tables of the file, or those inside a table such as [placeholders.commune], by their name."""
        inside = self.data.get(prefix, {}) if prefix else self.data
        for name, found in inside.items() if isinstance(inside, dict) else ():
            whole = f"{prefix}.{name}" if prefix else name
            if isinstance(found, dict):
                yield name, Table(self, whole, found, self.line_of(whole))
            else:
                self.blame(self.line_of(prefix, key=name), f"« {name} » est seul ; en faire une table [{whole}]")

    def listed(self, name: str) -> Iterator[Table]:
        """Yield the tables that are written [[name]]."""
        found = self.data.get(name, [])
        for number, one in enumerate(found if isinstance(found, list) else ()):
            yield Table(self, name, one if isinstance(one, dict) else {}, self.line_of(name, number=number))

    def line_of(self, table: str, *, key: str = "", number: int = 0) -> int:
        """Return the line of a table or of one of its keys."""
        header = re.compile(rf"\s*\[{{1,2}}\s*{re.escape(table)}\s*\]{{1,2}}")
        starts = [at for at, line in enumerate(self._lines, start=1) if header.match(line)]
        start = starts[number] if number < len(starts) else 0
        return (self.line_of_key(key, start) if key else 0) or max(start, 1)

    def line_of_key(self, key: str, start: int) -> int:
        """Return the line of a key of the table that begins on a line, 0 when it is not found."""
        for at, line in enumerate(self._lines[start:], start=start + 1):
            if line.lstrip().startswith("["):
                return 0
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
                return at
        return 0


class Table:
    """One table of a sheet, whose keys are asked one after the other."""

    def __init__(self, sheet: Sheet, name: str, data: dict[str, Any], line: int) -> None:
        self._sheet, self._data = sheet, data
        self.name, self.line = name, line
        self._asked: set[str] = set()

    def line_of(self, key: str) -> int:
        """Return the line of a key, or that of the table."""
        return self._sheet.line_of_key(key, self.line) or self.line

    def blame(self, message: str, *, key: str = "") -> None:
        """Keep a fault of this table or of one of its keys."""
        self._sheet.blame(self.line_of(key) if key else self.line, message)

    def value(self, key: str) -> Any:
        """Return a value that has to be there, whatever it is; None when it is missing."""
        self._asked.add(key)
        if key not in self._data:
            self.blame(f"[{self.name}] : « {key} » manque ; l’écrire")
        return self._data.get(key)

    def words(self, key: str, *, required: bool = True) -> str:
        """Return a text that has to be there unless it is not required."""
        self._asked.add(key)
        if key not in self._data and not required:
            return ""
        found = self.value(key)
        if found is None:
            return ""
        if not isinstance(found, str) or (required and not found.strip()):
            self.blame(f"[{self.name}] : « {key} » doit être un texte entre guillemets droits", key=key)
            return ""
        return " ".join(found.split())

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        self._asked.add(key)
        found = self._data.get(key, default)
        if not isinstance(found, bool):
            self.blame(f"[{self.name}] : « {key} » doit être true ou false", key=key)
            return default
        return found

    def close(self) -> None:
        """Tell of the keys that nothing asked for."""
        for key in self._data.keys() - self._asked:
            known = ", ".join(sorted(self._asked))
            self.blame(f"[{self.name}] : « {key} » n’est pas connu ; sont connus : {known}", key=key)
