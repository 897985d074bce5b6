"""The report of a territory as a document: one page of essentials, then the communes side by side, people, promises, method."""

from __future__ import annotations

from collections.abc import Iterator

from escale.apps.evaluation.figures import Figures
from escale.apps.evaluation.standing import funnel_of
from escale.apps.evaluation.wording import KEPT_BACK, essentials, is_kept_back, lines_of, plural, shown_cells
from escale.apps.territory.models import Commune
from escale.core.calendar.french import date_words
from escale.core.calendar.months import Month
from escale.core.calendar.periods import Period
from escale.core.documents.tree import Block, Bullets, Document, Group, Role, Row, Section, Table, line, paragraph
from escale.core.evaluation.method import UNCERTAINTY, method_note
from escale.core.evaluation.policies import K_ACTIVITY, internal
from escale.web.pictures.bars import MANY, bars
from escale.web.pictures.funnel import funnel_plot
from escale.web.pictures.ground import rings_of
from escale.web.pictures.months import by_month
from escale.web.pictures.papers import figure_of
from escale.web.pictures.picture import Hidden, Picture, Shown
from escale.web.pictures.territory import Place, territory_map
from escale.web.reports.document import Writing, people_blocks, table_of_lines

LARGE = 10_000
"""The map names the communes from so many inhabitants on, where there is room."""
PER = "accompagnements pour 1\u202f000 habitants"


def territory_document(figures: Figures, writing: Writing, *, k: int) -> Document:
    """Return the report of a territory; `k` is the least number of people of which its tables tell."""
    period = Period.parse(figures.period)
    return Document(
        title=f"L’aide numérique dans le territoire, {period.words}",
        issuer=f"{figures.service}, {figures.epci}",
        subtitle=f"Rapport d’activité du territoire (convention, articles 3-2 et 6), arrêté au {date_words(figures.until)}",
        status=writing.words,
        date=figures.until,
        blocks=tuple(_blocks(figures, writing, k)),
    )


def territory_pictures(figures: Figures) -> list[Picture]:
    """Return the pictures of the report in the order of its pages: months, then map and funnel, then modes, themes and ages."""
    return [*_of_essentials(figures), *_side_by_side(figures), *_of_people(figures)]


def _of_essentials(figures: Figures) -> list[Picture]:
    months = [(Month.parse(one.month), one.people) for one in figures.months]
    shown: list[tuple[Month, Shown]] = [
        (month, people if month.first <= figures.until else Hidden.AHEAD) for month, people in months
    ]
    return [by_month(title="Accompagnements par mois", months=shown)] if figures.count("people") else []


def _side_by_side(figures: Figures) -> list[Picture]:
    """Return the map and the funnel; both wait until it is known which small numbers are kept back, and leave some to show."""
    if not figures.tables or not any(one.people for one in figures.communes):
        return []
    codes = [one.code for one in figures.communes]
    known = {commune.code: commune for commune in Commune.objects.filter(code__in=codes)}
    places = [
        Place(
            name=one.name,
            value=Hidden.MASKED if one.people is None else one.people,
            rings=rings_of(known[one.code].outline) if one.code in known else (),
            position=_position(known.get(one.code)),
            is_named=(one.population or 0) >= LARGE,
        )
        for one in figures.communes
    ]
    found = [territory_map(title="Accompagnements par commune", places=places, unit="accompagnements")]
    funnel = funnel_of(figures.communes)
    if len(funnel.points) > 1:
        note = "Entre les courbes, rien d’anormal, vu le petit nombre. Aucun ordre entre les communes."
        found.append(funnel_plot(title="Les communes côte à côte", funnel=funnel, rate=PER, note=note))
    return found


def _of_people(figures: Figures) -> list[Picture]:
    if not figures.tables:
        return []
    modes: list[tuple[str, Shown]] = [
        ("sur rendez-vous", figures.count("by_appointment")),
        ("sans rendez-vous", figures.count("walk_in")),
        ("en atelier", figures.count("in_workshops")),
    ]
    found = [bars(title="Accompagnements par mode", bars=modes, heading="Mode")]
    for name, title, heading, note in (
        ("theme", "Accompagnements par thème", "Thème", MANY),
        ("age", "Accompagnements par âge", "Âge", ""),
    ):
        cells = figures.tables.get(name, ())
        if is_kept_back(name, cells):
            continue
        told: list[tuple[str, Shown]] = [
            (cell.label, Hidden.MASKED if cell.count is None else cell.count)
            for cell in (shown_cells(cells) if name == "theme" else cells)
            if not cell.label.startswith("dont ")
        ]
        found.append(bars(title=title, bars=told, heading=heading, note=note))
    return found


def _position(commune: Commune | None) -> tuple[float, float] | None:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None
    return commune.latitude, commune.longitude


def _blocks(figures: Figures, writing: Writing, k: int) -> Iterator[Block]:
    said = tuple(line(words) for words in essentials(figures))
    yield Section(id="essentiel", title="L’essentiel", blocks=(Bullets(items=said), *_drawn(_of_essentials(figures))))
    parts = {name: [one for one in lines_of(figures) if one.part == name] for name in dict.fromkeys(_parts(figures))}
    yield Section(
        id="demi-journees",
        title="Les demi-journées (article 4)",
        blocks=(table_of_lines("Toutes communes ensemble", parts["Les demi-journées"]),),
    )
    yield Section(id="communes", title="Les communes côte à côte", blocks=tuple(_communes(figures, writing)))
    names = ("Les accompagnements", "Les rendez-vous", "Les lieux")
    tables = tuple(table_of_lines(name, parts[name]) for name in names if name in parts)
    yield Section(id="chiffres", title="Les chiffres", blocks=tables)
    people = people_blocks(figures) if figures.tables else _not_yet()
    yield Section(id="personnes", title="Les personnes et leurs demandes", blocks=(*_drawn(_of_people(figures)), *people))
    yield Section(id="engagements", title="Ce que chacun a promis", blocks=tuple(_duties(figures)))
    yield Section(id="methode", title="Comment lire ces chiffres", blocks=tuple(_method(figures, k)))


def _parts(figures: Figures) -> Iterator[str]:
    for one in lines_of(figures):
        yield one.part


def _drawn(pictures: list[Picture]) -> Iterator[Block]:
    for picture in pictures:
        yield paragraph(picture.title, role=Role.NOTE)
        yield figure_of(picture)


def _communes(figures: Figures, writing: Writing) -> Iterator[Block]:
    pictures = _side_by_side(figures)
    if not pictures and writing.is_provisional:
        yield paragraph("La carte et la comparaison se lisent une fois le rapport arrêté, quand chaque commune a reçu le sien.")
    yield from _drawn(pictures)
    rows = tuple(
        Row(
            cells=(
                line(one.name),
                line(f"{plural(one.held, 'tenue')} sur {one.due}"),
                line(_people(figures, one.people)),
                line(one.words[:1].upper() + one.words[1:] or "–"),
            )
        )
        for one in figures.communes
    )
    columns = ("Commune", "Demi-journées", "Accompagnements", "Pour son nombre d’habitants")
    yield Table(caption="Les communes, par ordre alphabétique", columns=columns, groups=(Group(rows=rows),))


def _people(figures: Figures, people: int | None) -> str:
    if people is not None:
        return str(people)
    return KEPT_BACK if figures.tables else "–"


def _not_yet() -> Iterator[Block]:
    yield paragraph("Les tableaux de personnes se lisent une fois le rapport arrêté, quand chaque commune a reçu le sien.")


def _duties(figures: Figures) -> Iterator[Block]:
    for party in dict.fromkeys(duty.party for duty in figures.duties):
        rows = tuple(
            Row(
                cells=(
                    line(duty.words[:1].upper() + duty.words[1:]),
                    line(f"art. {duty.article}"),
                    line(duty.told),
                )
            )
            for duty in figures.duties
            if duty.party == party
        )
        columns = ("Engagement", "Article", "Constaté")
        yield Table(caption=party, columns=columns, groups=(Group(rows=rows),))
    if not figures.duties:
        yield paragraph("Aucun engagement n’est encore mesuré.")


def _method(figures: Figures, k: int) -> Iterator[Block]:
    yield Bullets(
        items=(
            line(
                "Chaque chiffre est la somme de ceux que les communes ont reçus dans leur rapport. Les communes sont celles "
                "qu’une convention liait au moins un jour de la période."
            ),
            line(
                f"Le nombre d’accompagnements d’une commune n’est pas donné de 1 à {K_ACTIVITY - 1}. Un engagement que rien "
                "ne mesure encore n’est pas compté."
            ),
            *(
                line(words)
                for section in method_note(internal(k), compares=True)
                if section is not UNCERTAINTY
                for words in section.paragraphs
            ),
            line(f"Méthode {figures.method}."),
        )
    )
