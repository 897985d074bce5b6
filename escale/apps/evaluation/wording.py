"""The figures of a report in French: the sentences of its first page, and its lines, the same for the page, PDF, CSV and XLSX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from escale.apps.evaluation.figures import Cell, Figures
from escale.apps.evaluation.guarding import ROWS
from escale.apps.evaluation.standing import standing_words
from escale.apps.obligations.kept import Status
from escale.core.calendar.french import month_words
from escale.core.calendar.months import Month
from escale.core.evaluation.policies import SMALL_COMMUNE
from escale.core.evaluation.tables import TABLE
from escale.core.evaluation.wording import number_words

KEPT_BACK = "masqué"
"""What stands for a number that is too small to be told (see the method note)."""

TABLE_TITLES: Mapping[str, tuple[str, str]] = {
    "theme": ("De quoi il s’agissait", "un accompagnement peut avoir plusieurs thèmes : leur somme dépasse alors le total"),
    "procedure": ("Quelles démarches", "un accompagnement peut avoir plusieurs démarches"),
    "outcome": ("Ce qu’il en est de la demande", "accompagnements"),
    "autonomy": ("Jusqu’où les personnes vont seules, à la fin", "accompagnements"),
    "first_time": ("Première venue ou non", "accompagnements"),
    "age": ("Quel âge avaient les personnes", "accompagnements"),
    "gender": ("Femmes et hommes", "accompagnements"),
    "status": ("De quoi vivent les personnes", "accompagnements"),
}
"""The title of each table, and what it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure: its part of the report, its name, how many, out of how many, and by which article. None is kept back."""

    part: str
    label: str
    count: int | None
    of: int | None = None
    article: str = ""

    @property
    def words(self) -> str:
        """« 9 sur 11 », « 27 », « masqué »."""
        if self.count is None:
            return KEPT_BACK
        return f"{self.count} sur {self.of}" if self.of is not None else str(self.count)


def essentials(figures: Figures) -> list[str]:
    """Return what a mayor has to know, in a few sentences."""
    return [words for words in _essentials(figures) if words]


def has_detail(figures: Figures) -> bool:
    """Tell whether tables of people are shown: each quarter for most communes, each year for the small ones."""
    is_year = len(figures.months) > 3
    return is_year or figures.population is None or figures.population >= SMALL_COMMUNE


def lines_of(figures: Figures) -> list[Line]:
    """Return every figure of a report, in the order of its parts."""
    return [
        *_half_days(figures),
        *_months(figures),
        *_activity(figures),
        *_appointments(figures),
        *_places(figures),
        *(_tables(figures) if has_detail(figures) else ()),
        *_communes(figures),
        *_duties(figures),
    ]


def plural(count: int, word: str, many: str = "") -> str:
    """Return « 1 demi-journée », « 3 demi-journées », « aucune » left to whoever writes."""
    return f"{count} {word if count < 2 else many or word + 's'}"


def shown_cells(cells: Sequence[Cell]) -> list[Cell]:
    """Return the lines of a table that say something: those that are kept back too, the largest first, « masqué » last."""
    told = [cell for cell in cells if cell.count is None or cell.count > 0]
    return sorted(told, key=lambda cell: (cell.count is None, -(cell.count or 0), cell.label))


def is_kept_back(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a table says nothing of people: all is masked but how many answers are missing, which is always told."""
    return all(cell.count is None for cell in shown_cells(cells) if cell.label != unanswered_words(name))


def unanswered_words(name: str) -> str:
    """Return how a table calls those whose answer is missing; nothing where an answer may be several or none."""
    rest = TABLE[name].rest
    return ROWS[name][rest] if rest else ""


def _essentials(figures: Figures) -> Iterator[str]:
    if figures.communes:
        yield f"{plural(len(figures.communes), 'commune liée', 'communes liées')} par une convention."
    yield _half_days_words(figures)
    yield _people_words(figures)
    yield _appointments_words(figures)
    yield _without_help_words(figures)
    if asked := figures.count("urgencies"):
        solved = figures.count("urgencies_solved")
        told = f"dont {plural(solved, 'résolue')}" if solved else "pas encore résolue" + "s" * (asked > 1)
        yield f"{plural(asked, 'urgence technique', 'urgences techniques')}, {told} (art. 4)."
    yield standing_words(figures.communes) if figures.communes else figures.standing
    yield _duties_words(figures)


def _half_days_words(figures: Figures) -> str:
    due, proposed, held = (figures.count(name) for name in ("due", "proposed", "held"))
    if not due and not held:
        return "Aucune demi-journée n’était due dans cette période (art. 4)."
    of_due = f" sur {plural(due, 'due')}" if due else ""
    kept = plural(held, "tenue") + " en tout" * (0 < due < held)
    said = f"{plural(proposed or held, 'demi-journée proposée', 'demi-journées proposées')}{of_due}, {kept}"
    apart = [
        (figures.count("cancelled_by_commune"), "annulée par la commune", "annulées par la commune"),
        (figures.count("refused"), "refusée par la commune", "refusées par la commune"),
        (figures.count("cancelled_by_service"), "annulée par le service", "annulées par le service"),
        (figures.count("waived"), "abandonnée d’un commun accord", "abandonnées d’un commun accord"),
        (figures.count("made_up"), "proposée en rattrapage", "proposées en rattrapage"),
        (figures.count("untold"), "pas encore close", "pas encore closes"),
    ]
    more = ", ".join(plural(count, one, many) for count, one, many in apart if count)
    return f"{said}{f' ; {more}' if more else ''} (art. 4)."


def _people_words(figures: Figures) -> str:
    people = figures.count("people")
    if not people:
        return "Aucun accompagnement n’a été noté."
    parts = [
        (figures.count("by_appointment"), "sur rendez-vous"),
        (figures.count("walk_in"), "sans rendez-vous"),
        (figures.count("in_workshops"), "en atelier"),
    ]
    told = ", ".join(f"{count} {words}" for count, words in parts if count)
    return f"{plural(people, 'accompagnement')} : {told}." if told else f"{plural(people, 'accompagnement')}."


def _appointments_words(figures: Figures) -> str:
    opened, taken, absent = (figures.count(name) for name in ("slots_open", "slots_taken", "appointments_absent"))
    waiting = figures.count("demandes_waiting") + figures.count("demandes_to_confirm")
    said = []
    if opened:
        said.append(f"{plural(min(taken, opened), 'créneau de rendez-vous pris', 'créneaux de rendez-vous pris')} sur {opened}")
    if absent:
        said.append(f"{plural(absent, 'personne n’est pas venue', 'personnes ne sont pas venues')}")
    if waiting:
        said.append(f"{plural(waiting, 'personne attend un rendez-vous', 'personnes attendent un rendez-vous')}")
    return f"{' ; '.join(said)} (art. 4)." if said else ""


def _without_help_words(figures: Figures) -> str:
    said = []
    if left := figures.count("left"):
        said.append(plural(left, "personne est repartie sans aide", "personnes sont reparties sans aide"))
    if out := figures.count("out_of_bounds"):
        said.append(plural(out, "demande n’était pas pour ce service", "demandes n’étaient pas pour ce service"))
    return f"{' ; '.join(said)}." if said else ""


def _duties_words(figures: Figures) -> str:
    if figures.communes:
        return _all_duties_words(figures)
    said = []
    for party, (met, measured) in duties_by_party(figures).items():
        if measured:
            said.append(f"{_inside(party)} tient {met} de ses {measured} engagements mesurés")
    return f"Au dernier jour, {' ; '.join(said)} (art. 3, 4 et 7)." if said else ""


def _all_duties_words(figures: Figures) -> str:
    """Tell what is kept over all conventions: one obligation counts as often as there are conventions."""
    said = [
        f"{party} {verb} {number_words(met)} engagements sur {number_words(measured)} mesurés"
        for party, verb, met, measured in (
            (figures.epci, "tient", figures.count("kept_by_epci"), figures.count("measured_of_epci")),
            ("les communes", "tiennent", figures.count("kept_by_communes"), figures.count("measured_of_communes")),
        )
        if measured
    ]
    return f"Au dernier jour, toutes conventions ensemble, {' ; '.join(said)} (art. 3, 4 et 7)." if said else ""


def _inside(party: str) -> str:
    """Return the name of a party inside a sentence; the name of an EPCI keeps its capital."""
    return f"la {party.removeprefix('La ')}" if party.startswith("La commune ") else party


def duties_by_party(figures: Figures) -> dict[str, tuple[int, int]]:
    """Return, by party, how many obligations are met out of those that something measures."""
    met, measured = Counter[str](), Counter[str]()
    for duty in figures.duties:
        is_measured = duty.status not in (Status.NOT_MEASURED.value, Status.NOT_YET.value)
        measured[duty.party] += is_measured
        met[duty.party] += duty.status == Status.MET.value
    parties = dict.fromkeys(duty.party for duty in figures.duties)
    return {party: (met[party], measured[party]) for party in parties}


def _half_days(figures: Figures) -> Iterator[Line]:
    part, due, held = "Les demi-journées", figures.count("due"), figures.count("held")
    yield Line(part=part, label="demi-journées proposées", count=figures.count("proposed"), of=due, article="4")
    # One held before the convention began counts and was not due: never « 12 sur 4 ».
    yield Line(part=part, label="demi-journées tenues", count=held, of=due if held <= due else None, article="4")
    for name, label in (
        ("cancelled_by_commune", "annulées par la commune"),
        ("refused", "refusées par la commune"),
        ("cancelled_by_service", "annulées par le service"),
        ("waived", "abandonnées d’un commun accord"),
        ("made_up", "proposées en rattrapage"),
        ("moved", "déplacées"),
        ("untold", "passées, pas encore closes"),
    ):
        if count := figures.count(name):
            yield Line(part=part, label=label, count=count, article="4")
    if figures.count("visits_timed"):
        hours, asked = figures.count("minutes_held") // 60, figures.count("minutes_asked") // 60
        yield Line(part=part, label="heures tenues", count=hours, of=asked or None, article="4")


def _months(figures: Figures) -> Iterator[Line]:
    for month in figures.months:
        yield Line(part="Les accompagnements, mois par mois", label=month_words(Month.parse(month.month)), count=month.people)


def _activity(figures: Figures) -> Iterator[Line]:
    part, people = "Les accompagnements", figures.count("people")
    yield Line(part=part, label="accompagnements", count=people, article="6")
    yield Line(part=part, label="sur rendez-vous", count=figures.count("by_appointment"), of=people, article="4")
    yield Line(part=part, label="sans rendez-vous", count=figures.count("walk_in"), of=people, article="4")
    yield Line(part=part, label="en atelier", count=figures.count("in_workshops"), of=people, article="4")
    yield Line(part=part, label="activités", count=figures.count("activities"), article="6")
    yield Line(part=part, label="ateliers", count=figures.count("workshops"), article="4")
    yield Line(part=part, label="appuis à la commune", count=figures.count("supports"), article="3-2")
    yield Line(part=part, label="personnes reparties sans aide", count=figures.count("left"))
    yield Line(part=part, label="demandes qui n’étaient pas pour ce service", count=figures.count("out_of_bounds"))
    yield Line(part=part, label="urgences techniques", count=figures.count("urgencies"), article="4")
    yield Line(
        part=part, label="urgences résolues", count=figures.count("urgencies_solved"), of=figures.count("urgencies"), article="4"
    )


def _appointments(figures: Figures) -> Iterator[Line]:
    part = "Les rendez-vous"
    taken, opened = figures.count("slots_taken"), figures.count("slots_open")
    yield Line(part=part, label="créneaux pris", count=min(taken, opened), of=opened, article="4")
    held = figures.count("appointments_honoured") + figures.count("appointments_absent")
    yield Line(part=part, label="personnes venues", count=figures.count("appointments_honoured"), of=held, article="4")
    yield Line(part=part, label="demandes notées", count=figures.count("demandes"), article="3-1")
    waiting = figures.count("demandes_waiting") + figures.count("demandes_to_confirm")
    yield Line(part=part, label="demandes qui attendent", count=waiting, of=figures.count("demandes"), article="3-1")
    yield Line(part=part, label="demandes sans suite", count=figures.count("demandes_unmet"), of=figures.count("demandes"))


def _places(figures: Figures) -> Iterator[Line]:
    done, right = figures.count("checks_done"), figures.count("checks_right")
    yield Line(part="Les lieux", label="constats favorables", count=right, of=done, article="7")


def _tables(figures: Figures) -> Iterator[Line]:
    for name, (title, _) in TABLE_TITLES.items():
        for cell in shown_cells(figures.tables.get(name, ())):
            yield Line(part=title, label=cell.label, count=cell.count)


def _communes(figures: Figures) -> Iterator[Line]:
    for one in figures.communes:
        yield Line(part="Demi-journées tenues, par commune", label=one.name, count=one.held, of=one.due, article="4")
    for one in figures.communes if figures.tables else ():
        yield Line(part="Accompagnements, par commune", label=one.name, count=one.people, article="6")


def _duties(figures: Figures) -> Iterator[Line]:
    if figures.communes:
        for party, side in ((figures.epci, "epci"), ("Les communes", "communes")):
            met, measured = figures.count(f"kept_by_{side}"), figures.count(f"measured_of_{side}")
            yield Line(part="Les engagements", label=party, count=met, of=measured, article="3, 4 et 7")
        return
    for party, (met, measured) in duties_by_party(figures).items():
        yield Line(part="Les engagements", label=party, count=met, of=measured, article="3, 4 et 7")
