"""The minutes of a meeting as a document: who came, what was on the agenda, what was said and proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from escale.apps.committee.labels import FATES, PRESENCES
from escale.apps.committee.models import Fate, Invitation, Meeting, Presence, Proposal
from escale.core.calendar.french import date_words, weekday_date_words
from escale.core.calendar.hours import time_words
from escale.core.documents.tree import Block, Bullets, Document, Group, Paragraph, Row, Section, Table, line, paragraph


def minutes_of(meeting: Meeting) -> Document:
    """Return the minutes of a meeting that was held; the same rows give the same document."""
    return Document(
        title="Compte rendu du comité de suivi",
        subtitle=f"{weekday_date_words(meeting.date).capitalize()}, {time_words(meeting.hour)}, {meeting.place}",
        issuer=meeting.epci.name,
        date=meeting.date,
        blocks=tuple(_sections(meeting)),
    )


def _sections(meeting: Meeting) -> Iterator[Section]:
    people = list(meeting.invitations.select_related("member__commune"))
    yield Section(id="presences", title="Présences", blocks=tuple(_presences(people)))
    for name, title, text in (
        ("ordre-du-jour", "Ordre du jour", meeting.agenda),
        ("compte-rendu", "Ce qui s’est dit", meeting.minutes),
        ("decisions", "Ce que nous décidons", meeting.decisions),
        ("couts", "Ce que cela coûte", meeting.costs),
    ):
        if text:
            yield Section(id=name, title=title, blocks=tuple(_paragraphs(text)))
    proposals = list(meeting.proposals.prefetch_related("communes").order_by("number"))
    if proposals:
        yield Section(id="propositions", title="Propositions", blocks=(_proposals(proposals),))


def _presences(people: list[Invitation]) -> Iterator[Block]:
    if not people:
        yield paragraph("Personne n’a été convoqué par ce service.")
        return
    came = sum(1 for one in people if one.presence in {Presence.PRESENT, Presence.REPRESENTED})
    yield paragraph(
        f"{came} membre{'s' * (came > 1)} présent{'s' * (came > 1)} ou représenté{'s' * (came > 1)}, sur {len(people)}."
    )
    rows = tuple(
        Row(
            cells=(
                line(str(one.member)),
                line(str(one.member.commune or one.member.epci)),
                line(one.member.function),
                line(PRESENCES[Presence(one.presence)]),
            )
        )
        for one in people
    )
    columns = ("Membre", "Représente", "Fonction", "Présence")
    yield Table(caption="Présences", columns=columns, groups=(Group(rows=rows),))


def _proposals(proposals: Iterable[Proposal]) -> Bullets:
    return Bullets(items=tuple(line(f"N° {one.number}, {one.where} : {one.words} ({_fate(one)})") for one in proposals))


def _fate(proposal: Proposal) -> str:
    since = f" le {date_words(proposal.settled_on)}" if proposal.settled_on else ""
    return f"{FATES[Fate(proposal.fate)]}{since}{f' : {proposal.reason}' if proposal.reason else ''}"


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for words in text.splitlines():
        if words.strip():
            yield paragraph(words.strip())
