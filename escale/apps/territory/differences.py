"""What an import changed, as a list that a person reads."""

from __future__ import annotations

from dataclasses import dataclass

from escale.core.calendar.hours import NARROW_SPACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What an import found, by commune; nothing in it has been deleted."""

    added: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    counted: tuple[tuple[str, int | None, int | None], ...] = ()
    corrected: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gone: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return what happened, one line for each commune, in French."""
        return [
            *(f"ajoutée : {name}" for name in self.added),
            *(f"renommée : {before} devient {after}" for before, after in self.renamed),
            *(f"population : {name}, {_count(before)} → {_count(after)}" for name, before, after in self.counted),
            *(f"corrigée : {name} ({', '.join(fields)})" for name, fields in self.corrected),
            *(f"absente de la source, gardée : {name} ; si elle a quitté l’EPCI, clore son appartenance" for name in self.gone),
            *(f"position inconnue : {name} ; la compléter, ou fixer ses distances à la main" for name in self.unplaced),
            *(f"à relire : « {form} » ou « d’ » ; un H peut être aspiré" for form in self.doubtful),
        ]

    def summary(self) -> str:
        """Return the counts in one line."""
        told = [
            _plural(len(self.added), "commune ajoutée", "communes ajoutées"),
            _plural(len(self.renamed), "renommée", "renommées"),
            _plural(len(self.counted), "population changée", "populations changées"),
            _plural(len(self.corrected), "corrigée", "corrigées"),
            _plural(len(self.gone), "absente de la source", "absentes de la source"),
        ]
        return ", ".join(words for words in told if words) or "rien n’a changé"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""


def _count(number: int | None) -> str:
    return "inconnue" if number is None else f"{number:,}".replace(",", NARROW_SPACE)
