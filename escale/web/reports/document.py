"""A report as a document: one page of essentials in sentences, then the detail, then how to read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from escale.apps.evaluation.figures import FATES, Figures, VisitLine
from escale.apps.evaluation.wording import (
    KEPT_BACK,
    TABLE_TITLES,
    Line,
    duties_by_party,
    essentials,
    has_detail,
    is_kept_back,
    lines_of,
    shown_cells,
)
from escale.apps.obligations.kept import Status
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.months import Month
from escale.core.calendar.periods import Period
from escale.core.documents.tree import (
    Block,
    Bullets,
    Document,
    Group,
    Mark,
    Piece,
    Role,
    Row,
    Section,
    Table,
    line,
    paragraph,
    strong,
)
from escale.core.evaluation.method import MISSING_ANSWERS
from escale.core.evaluation.policies import SMALL_COMMUNE
from escale.web.pictures.months import by_month
from escale.web.pictures.papers import figure_of
from escale.web.pictures.picture import Hidden, Picture
from escale.web.pictures.signs import Outcome
from escale.web.pictures.visits import VisitMark, year_of_visits
from escale.web.templatetags.french import number

MARKS = {
    "moved": Mark.MOVED,
    "make_up": Mark.MOVED,
    "service": Mark.CANCELLED,
    "commune": Mark.CANCELLED,
    "refused": Mark.CANCELLED,
    "waived": Mark.CANCELLED,
    "untold": Mark.MISSING,
}
"""How the rows of half-days stand out; the words say the same."""
OUTCOMES = {
    "held": Outcome.HELD,
    "moved": Outcome.MOVED,
    "make_up": Outcome.MADE_UP,
    "coming": Outcome.AHEAD,
    "untold": Outcome.UNTOLD,
    "service": Outcome.BY_EPCI,
    "commune": Outcome.BY_COMMUNE,
    "refused": Outcome.BY_COMMUNE,
    "waived": Outcome.WAIVED,
}
"""The sign of each half-day in the picture."""
ENGAGEMENTS = {
    Status.MET: "tenu",
    Status.DUE: "à faire",
    Status.LATE: "point à régler",
    Status.AT_RISK: "à surveiller",
}
"""How an engagement that something measures stands."""
HEADINGS = {
    "theme": "Thème",
    "procedure": "Démarche",
    "outcome": "Suite de la demande",
    "autonomy": "Autonomie",
    "first_time": "Venue",
    "age": "Âge",
    "gender": "Genre",
    "status": "Situation",
}
"""What the rows of each table of people are."""
UNMEASURED = (Status.NOT_MEASURED.value, Status.NOT_YET.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Which writing of a report it is: provisional, the first one, or a rectification with its reason."""

    is_provisional: bool = False
    number: int = 0
    reason: str = ""

    @property
    def words(self) -> str:
        """What stands at the top of the report; nothing for the first one."""
        if self.is_provisional:
            return "provisoire"
        return f"rectification n° {self.number}" if self.number else ""


def document_of(figures: Figures, writing: Writing, *, k: int) -> Document:
    """Return a report; `k` is the least number of people of which a table tells, for the method note."""
    period = Period.parse(figures.period)
    return Document(
        title=f"L’aide numérique à {figures.commune}, {period.words}",
        issuer=f"{figures.service}, {figures.epci}",
        subtitle=f"Rapport d’activité à la commune (convention, article 3-2), arrêté au {date_words(figures.until)}",
        status=writing.words,
        date=figures.until,
        blocks=tuple(_blocks(figures, writing, period, k)),
    )


def pictures_of(figures: Figures) -> list[Picture]:
    """Return the pictures of the first page: what became of the half-days, then the accompaniments by month."""
    months = [Month.parse(month.month) for month in figures.months]
    found = []
    if figures.visits:
        visits = [[_mark(visit) for visit in figures.visits if Month.of(visit.date) == month] for month in months]
        found.append(year_of_visits(title="Ce que sont devenues les demi-journées", months=months, visits=visits))
    if any(month.people for month in figures.months):
        lines = zip(months, figures.months, strict=True)
        people = [(month, line.people if month.first <= figures.until else Hidden.AHEAD) for month, line in lines]
        found.append(by_month(title="Accompagnements par mois", months=people))
    return found


def _pictures(figures: Figures) -> Iterator[Block]:
    for picture in pictures_of(figures):
        yield paragraph(picture.title, role=Role.NOTE)
        yield figure_of(picture)


def _mark(visit: VisitLine) -> VisitMark:
    return VisitMark(outcome=OUTCOMES[visit.fate], day=f"{visit.date.day}")


def _blocks(figures: Figures, writing: Writing, period: Period, k: int) -> Iterator[Block]:
    if writing.reason:
        yield paragraph("Ce rapport remplace le précédent : ", strong(writing.reason), role=Role.LEAD)
    said = tuple(line(words) for words in essentials(figures))
    yield Section(id="essentiel", title="L’essentiel", blocks=(Bullets(items=said), *_pictures(figures)))
    yield Section(id="demi-journees", title="Les demi-journées (article 4)", blocks=tuple(_half_days(figures)))
    detailed = [one for one in lines_of(figures) if one.part in ("Les accompagnements", "Les rendez-vous", "Les lieux")]
    yield Section(
        id="chiffres",
        title="Les chiffres",
        blocks=tuple(table_of_lines(part, list(lines)) for part, lines in groupby(detailed, key=lambda one: one.part)),
    )
    yield Section(id="personnes", title="Les personnes et leurs demandes", blocks=tuple(people_blocks(figures)))
    yield Section(id="suite", title="Les prochaines dates", blocks=tuple(_next_dates(figures)))
    yield Section(id="engagements", title="Ce que chacun a promis", blocks=tuple(_duties(figures, period)))
    yield Section(id="methode", title="Comment lire ces chiffres", blocks=tuple(_method(figures, k)))


def _half_days(figures: Figures) -> Iterator[Block]:
    if not figures.visits:
        yield paragraph("Aucune demi-journée n’était prévue dans cette période.")
        return
    rows = tuple(
        Row(
            cells=(
                line(f"{weekday_date_words(visit.date)}, {HALF_WORDS[Half(visit.half)]}"),
                line(Piece(value=FATES[visit.fate], mark=MARKS.get(visit.fate, Mark.NONE))),
                line(visit.words),
            )
        )
        for visit in figures.visits
    )
    yield Table(caption="Ce que chacune est devenue", columns=("Date", "Ce qu’il en est", "Remarque"), groups=(Group(rows=rows),))


def table_of_lines(part: str, lines: Sequence[Line]) -> Table:
    """Return some figures as a table."""
    rows = tuple(Row(cells=(line(_label(one)), line(one.words))) for one in lines)
    return Table(caption=part, columns=("Ce qui est compté", "Combien"), groups=(Group(rows=rows),))


def _label(one: Line) -> str:
    return f"{one.label} (art. {one.article})" if one.article else one.label


def people_blocks(figures: Figures) -> Iterator[Block]:
    """Yield the tables of people, and what they keep back."""
    if not figures.count("people"):
        yield paragraph("Aucun accompagnement n’a été noté dans cette période.")
        return
    if not has_detail(figures):
        yield paragraph(
            f"La commune compte moins de {number(SMALL_COMMUNE)} habitants : ses tableaux d’un trimestre seraient presque vides, "
            "et laisseraient reconnaître des personnes. Ils sont dans le rapport de l’année."
        )
        return
    for name, (title, counted) in TABLE_TITLES.items():
        cells = shown_cells(figures.tables.get(name, ()))
        if not cells:
            continue
        hidden = [cell.label for cell in cells if cell.count is None]
        if hidden and is_kept_back(name, cells):
            missing = "".join(f" ({cell.label} : {cell.count})" for cell in cells if cell.count is not None)
            yield paragraph(strong(f"{title} : "), f"trop peu de personnes pour le dire sans en désigner une{missing}.")
            continue
        rows = tuple(Row(cells=(line(cell.label), line(cell.count))) for cell in cells if cell.count is not None)
        yield Table(caption=f"{title} ({counted})", columns=(HEADINGS[name], "Combien"), groups=(Group(rows=rows),))
        if hidden:
            yield paragraph(f"{KEPT_BACK.capitalize()}s : {', '.join(hidden)}.")


def _next_dates(figures: Figures) -> Iterator[Block]:
    if not figures.next_dates:
        yield paragraph(f"Aucune date n’était encore publiée le {date_words(figures.until)}.")
        return
    yield paragraph("Les prochaines demi-journées publiées :")
    said = (f"{weekday_date_words(one.date)}, {HALF_WORDS[Half(one.half)]}" for one in figures.next_dates)
    yield Bullets(items=tuple(line(words) for words in said))


def _duties(figures: Figures, period: Period) -> Iterator[Block]:
    if not figures.duties:
        yield paragraph(f"Aucune convention ne liait la commune au {date_words(period.last)}.")
        return
    counted = duties_by_party(figures)
    for party, (met, measured) in counted.items():
        rows = tuple(
            Row(
                cells=(
                    line(duty.words[:1].upper() + duty.words[1:]),
                    line(f"art. {duty.article}"),
                    line(ENGAGEMENTS[Status(duty.status)]),
                    line(duty.told),
                )
            )
            for duty in figures.duties
            if duty.party == party and duty.status not in UNMEASURED
        )
        if not rows:
            continue
        caption = f"{party} : {met} engagement{'s' * (met > 1)} tenu{'s' * (met > 1)} sur {measured} mesuré{'s' * (measured > 1)}"
        columns = ("Engagement", "Article", "État", "Constaté")
        yield Table(caption=caption, columns=columns, groups=(Group(rows=rows),))


def _method(figures: Figures, k: int) -> Iterator[Block]:
    known = f" dont la convention a pris effet le {date_words(figures.effect)}" if figures.effect else ""
    yield Bullets(
        items=(
            line(
                "Une activité est un accompagnement individuel, un atelier ou un appui à la commune. Un accompagnement est "
                "une personne dans une activité : une même personne qui revient compte de nouveau."
            ),
            line(
                f"La commune{known} doit recevoir une proposition de demi-journée par mois entier (art. 4). Ce que la commune "
                "annule ou refuse a été proposé ; un rattrapage accepté efface ce qu’il rattrape."
            ),
            line(
                f"« {KEPT_BACK.capitalize()} » remplace un nombre de 1 à {k - 1}, et d’autres qui permettraient de le retrouver. "
                f"Dans un village, un petit nombre désigne quelqu’un. {MISSING_ANSWERS}"
            ),
            line("Un pourcentage sur si peu de personnes ne dirait rien : seuls des nombres sont donnés, avec leur total."),
            line(f"Méthode {figures.method}. Ce qui est noté après l’arrêté n’est pas compté ici ; une rectification le dirait."),
        )
    )
