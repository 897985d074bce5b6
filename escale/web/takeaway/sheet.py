"""The dates as rows of a spreadsheet, one for each visit that is to be held; the import of a tour reads them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from escale.apps.audit.actors import Actor
from escale.apps.documents.spreadsheets import Value
from escale.apps.team.models import Post
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.web.steering.tour.year import pattern_words
from escale.web.takeaway.dates import Dates

COLUMNS = ("Commune", "Code INSEE", "Date", "Demi-journée", "Début", "Fin", "Médiateur", "Jour habituel", "Remarque")


def rows_of(dates: Dates, posts: Mapping[int, str]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows, commune by commune; `posts` says what the reader may call each post."""
    for found in dates.communes:
        usual = pattern_words(found.usual) if found.usual else ""
        for line in found.lines:
            stop = line.stop
            if stop.is_cancelled:
                continue
            yield (
                str(found.commune),
                found.commune.code,
                stop.date,
                HALF_WORDS[Half(stop.visit.half)],
                stop.hours.starts,
                stop.hours.ends,
                posts.get(stop.visit.post_id, ""),
                usual,
                line.remark,
            )


def post_names(actor: Actor, dates: Dates) -> dict[int, str]:
    """Return what the actor may call the posts of some dates: by their labels with the team in sight, else by a number."""
    used = sorted({line.stop.visit.post_id for found in dates.communes for line in found.lines})
    labels = dict(Post.objects.visible_to(actor).filter(pk__in=used).values_list("pk", "label"))
    return labels or {post: f"Médiateur n° {number}" for number, post in enumerate(used, start=1)}
