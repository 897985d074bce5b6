"""The posters of a whole territory in one archive: asked for by the coordination, made by a worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db.models import Q

from escale.apps.audit.actors import Actor
from escale.apps.documents.archives import Piece, Unmade
from escale.apps.documents.batches import request_batch
from escale.apps.documents.making import make_batch
from escale.apps.documents.models import Batch
from escale.apps.documents.rendering import RenderingError
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.french import date_words
from escale.web.takeaway.announcing import announcements
from escale.web.takeaway.posters import PaperForm, paper_name, paper_of

KIND = "posters"
"""What tells these batches from those of other domains."""
FORM_LABELS = {
    PaperForm.A4: "affiches A4",
    PaperForm.A3: "affiches A3",
    PaperForm.POCKET: "calendriers de poche",
}


def request_posters(*, actor: Actor, epci: Epci, forms: Sequence[PaperForm]) -> Batch:
    """Ask for the papers of every commune of today. Raise ValidationError without any, or while a batch is under way."""
    on = clock.today(epci)
    # A former commune announces its dates as long as help comes to it.
    visited = Visit.objects.filter(epci=epci).standing().from_day(on).order_by().values("commune")
    served = Commune.objects.served_in(epci, on, on).filter(Q(merged_into=None) | Q(pk__in=visited))
    communes = list(served.values_list("pk", flat=True))
    if not communes:
        raise ValidationError("Aucune commune n’est dans le territoire aujourd’hui ; importer d’abord le territoire.")
    words = ", ".join(FORM_LABELS[form] for form in forms)
    label = f"{words[:1].upper()}{words[1:]}, {date_words(on)}"
    wanted = {"communes": communes, "forms": [form.value for form in forms]}
    return request_batch(actor=actor, epci=epci, kind=KIND, label=label, wanted=wanted, total=len(communes) * len(forms))


def make_posters(key: int) -> None:
    """Make the papers of a batch, telling how far it is, and keep their archive."""
    make_batch(key, _pieces, refusals=(RenderingError,))


def _pieces(batch: Batch) -> Iterator[Piece | Unmade]:
    """Yield the papers, those of one kind in a folder of theirs; what they say is of the day on which they are made."""
    communes = Commune.objects.filter(pk__in=batch.wanted["communes"]).defer("outline")
    told = announcements(batch.epci, communes, clock.today(batch.epci))
    for form in map(PaperForm, batch.wanted["forms"]):
        for one in told:
            yield Piece(name=f"{form}/{paper_name(one, form)}", make=partial(paper_of, one, form))
