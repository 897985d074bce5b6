"""The poster and the pocket calendar of a commune: when, where, that it is free, whom to call, since when the dates hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from django.utils.text import slugify

from escale.apps.documents.rendering import Layout, to_pdf
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.calendar.hours import Hours, time_words
from escale.core.documents.tree import Block, Bullets, Document, Line, Mark, Piece, Role, Section, line, paragraph, strong
from escale.web.stops import Stop
from escale.web.takeaway.announcing import Announcement
from escale.web.takeaway.codes import code_of

QUESTION = "Besoin d’aide avec Internet, votre téléphone ou une démarche ?"


class PaperForm(StrEnum):
    """A paper on which a commune announces its dates."""

    A4 = "a4"
    A3 = "a3"
    POCKET = "poche"


LAYOUTS = {PaperForm.A4: Layout.POSTER, PaperForm.A3: Layout.POSTER_A3, PaperForm.POCKET: Layout.POCKET}
NAMES = {PaperForm.A4: "affiche-a4", PaperForm.A3: "affiche-a3", PaperForm.POCKET: "calendrier-de-poche"}


def paper_of(told: Announcement, form: PaperForm) -> bytes:
    """Return a paper as a PDF; a commune without dates has one that says to call the mairie."""
    document = pocket_of(told) if form is PaperForm.POCKET else poster_of(told)
    return to_pdf(document, LAYOUTS[form])


def paper_name(told: Announcement, form: PaperForm) -> str:
    """Return « affiche-a3-oisy.pdf », or the code of a commune that has no address."""
    return f"{NAMES[form]}-{told.commune.slug or slugify(f'{told.commune} {told.commune.code}')}.pdf"


def poster_of(told: Announcement) -> Document:
    """Return the poster of a commune."""
    return _document(told, (_promise(told), *_changes(told), *_next(told), *_later(told), *_ways(told)))


def pocket_of(told: Announcement) -> Document:
    """Return the pocket calendar of a commune: the place and the telephone, then every date."""
    return _document(told, (_promise(told), *_place(told), *_ways(told), *_every_date(told)))


def _document(told: Announcement, blocks: tuple[Block, ...]) -> Document:
    commune, epci = told.commune, told.epci
    # The name of the commune never parts from its preposition.
    at = commune.place_name.at.replace(" ", "\u00a0", 1)
    return Document(
        title=f"{epci.service_name} {at}",
        subtitle=QUESTION,
        issuer=f"Un service de {epci} et de la commune {commune.place_name.de}",
        date=told.printed_on,
        blocks=(*blocks, *told.logos),
    )


def _promise(told: Announcement) -> Block:
    return paragraph(*(("Gratuit", "Venez sans prévenir") if told.next else ("Gratuit",)), role=Role.LEAD)


def _changes(told: Announcement) -> Iterator[Block]:
    if told.changes:
        items = tuple(_change(stop) for stop in told.changes)
        yield Section(id="changements", title="Attention, cela a changé", blocks=(Bullets(items=items),))


def _change(stop: Stop) -> Line:
    if stop.is_cancelled:
        return line(strong(f"Annulé : {weekday_date_words(stop.date)}"), ", personne ne vient.")
    return line(f"Pas le {stop.promised_words} : venez le ", strong(f"{weekday_date_words(stop.date)}, {_span(stop.hours)}"), ".")


def _next(told: Announcement) -> Iterator[Block]:
    stop = told.next
    if stop is None:
        yield Section(id="prochaine", title="À savoir" if told.ended_on else "La prochaine fois", blocks=_undated(told))
        return
    parts = (
        f"{_span(stop.walk_in).capitalize()} : venez sans prévenir, chacun son tour. "
        f"{_span(stop.by_appointment).capitalize()} : sur rendez-vous, appelez la mairie."
    )
    bring = "Apportez votre téléphone chargé, vos mots de passe et le courrier reçu. On ne vous demandera jamais d’argent."
    said = (
        paragraph(stop.date, role=Role.LEAD),
        paragraph(
            strong(_span(stop.hours)), ", ", _where(stop) or f"le lieu : demandez à la mairie {told.commune.place_name.de}"
        ),
        paragraph(parts, role=Role.NOTE),
        paragraph(bring, role=Role.NOTE),
    )
    yield Section(id="prochaine", title="La prochaine fois", blocks=said)


def _later(told: Announcement) -> Iterator[Block]:
    if len(told.stops) > 1:
        dates = Bullets(items=tuple(_date(stop, told.stops[0], told) for stop in told.stops[1:]))
        yield Section(id="dates", title="Les dates suivantes", blocks=(dates,))


def _place(told: Announcement) -> Iterator[Block]:
    if (usual := _usual(told.stops)) is not None:
        said = (paragraph(strong(_span(usual.hours))), *((paragraph(_where(usual)),) if _where(usual) else ()))
        yield Section(id="lieu", title="Où et à quelle heure", blocks=said)


def _every_date(told: Announcement) -> Iterator[Block]:
    if (usual := _usual(told.stops)) is None:
        yield Section(id="dates", title="Les dates", blocks=_undated(told))
        return
    dates = Bullets(items=tuple(_date(stop, usual, told) for stop in told.stops))
    yield Section(id="dates", title="Les dates", blocks=(dates,))


def _undated(told: Announcement) -> tuple[Block, ...]:
    where = "elle vous dira où trouver de l’aide."
    call = f"Appelez la mairie : {where}" if _phone(told) else f"Demandez à la mairie {told.commune.place_name.de} : {where}"
    if told.ended_on:
        at = told.commune.place_name.at.replace(" ", "\u00a0", 1)
        since = f"L’accord avec la commune s’est terminé le {date_words(told.ended_on)}."
        return (paragraph(f"Nous ne venons plus {at}", role=Role.LEAD), paragraph(since), paragraph(call))
    return (paragraph("Pas encore de date", role=Role.LEAD), paragraph(call))


def _usual(stops: Sequence[Stop]) -> Stop | None:
    """Return a visit with the most frequent hours and place."""
    alike = Counter((stop.hours, _where(stop)) for stop in stops)
    return next((stop for stop in stops if (stop.hours, _where(stop)) == alike.most_common(1)[0][0]), None)


def _date(stop: Stop, usual: Stop, told: Announcement) -> Line:
    """Return a date, with its hours and its place when they are not those that are told above."""
    pieces: list[Piece] = [Piece(value=stop.date)]
    if stop.hours != usual.hours:
        pieces += line(" ", stop.hours)
    if _where(stop) and stop.place_words != usual.place_words:
        pieces += line(" ", stop.place_words)
    if stop.visit.was_moved and stop.visit.origin_date >= told.printed_on:
        pieces += line(" ", Piece(value="nouvelle date", mark=Mark.MOVED))
    return tuple(pieces)


def _ways(told: Announcement) -> Iterator[Block]:
    mairie = told.mairie
    if mairie is None or not mairie.phone:
        asked = (paragraph("Demandez à la mairie.", role=Role.LEAD),)
        yield Section(id="mairie", title="Une question ?", blocks=asked)
    else:
        said = [paragraph(mairie.phone, role=Role.LEAD)]
        if mairie.phone_hours:
            said.append(paragraph(mairie.phone_hours))
        if mairie.other_phone:
            said.append(paragraph(f"Aux autres heures : {mairie.other_phone}", role=Role.NOTE))
        yield Section(id="mairie", title="Une question ? Appelez la mairie.", blocks=tuple(said))
    bare = told.address.partition("://")[2].rstrip("/")
    page = (code_of(told.address), paragraph(strong(bare)))
    yield Section(id="page", title="Toutes les dates sur Internet", blocks=page)
    yield paragraph(_validity(told), role=Role.NOTE)


def _validity(told: Announcement) -> str:
    printed = date_words(told.printed_on)
    if not told.stops:
        return f"Imprimé le {printed}."
    since = f"Dates valables à partir du {date_words(told.holds_from)} (papier imprimé le {printed})."
    return f"{since} Elles remplacent celles qui étaient annoncées avant."


def _phone(told: Announcement) -> str:
    return told.mairie.phone if told.mairie else ""


def _where(stop: Stop) -> str:
    address = stop.place.address if stop.place else ""
    return ", ".join(part for part in (stop.place_words, address) if part)


def _span(hours: Hours) -> str:
    return f"de {time_words(hours.starts)} à {time_words(hours.ends)}"
