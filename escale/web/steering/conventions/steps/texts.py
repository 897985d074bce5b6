"""Which text a step is about: the convention, or one of its avenants; it is asked when there is a choice."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from escale.apps.conventions.actions.filing import file_paper
from escale.apps.conventions.models import Act, Avenant, Convention, Outcome, PaperKind, Party
from escale.apps.conventions.queries import authorisations_of, avenant_state
from escale.apps.documents.uploads import Upload
from escale.apps.territory import clock
from escale.core.convention.cycles.avenant import AvenantState
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps.fields import RowField


def avenant_field(*, hidden: bool = False) -> RowField:
    """Return the field that asks which avenant it is about, or that only carries it."""
    field = RowField("Quel avenant ?", lambda avenant: f"Avenant n° {avenant.number} : {avenant.purpose}")
    if hidden:
        field.widget = forms.HiddenInput()
    return field


def avenants_in(convention: Convention, *states: AvenantState) -> list[Avenant]:
    """Return the avenants of a convention that stand today in one of some states."""
    today = clock.today(convention.epci)
    return [avenant for avenant in convention.avenants.all() if avenant_state(avenant, convention, today) in states]


def awaits_vote(convention: Convention, party: Party, avenant: Avenant | None = None) -> bool:
    """Tell whether nothing adopted authorises a party to sign a text that was sent to the assemblies."""
    return not any(one.act.outcome == Outcome.ADOPTED for one in authorisations_of(convention, party, avenant))


def parties_to_vote(convention: Convention, avenants: Sequence[Avenant] = ()) -> list[Party]:
    """Return the parties that have still to decide: on one of some avenants, without any on the convention itself."""
    return [party for party in Party if any(awaits_vote(convention, party, one) for one in avenants or (None,))]


def avenants_to_vote(convention: Convention) -> list[Avenant]:
    """Return the avenants on which a party has still to decide."""
    found = avenants_in(convention, AvenantState.IN_DELIBERATION)
    return [avenant for avenant in found if parties_to_vote(convention, [avenant])]


def file_upload(
    visitor: Visitor,
    convention: Convention,
    upload: Upload | None,
    kind: PaperKind,
    party: Party,
    *,
    avenant: Avenant | None = None,
    act: Act | None = None,
) -> None:
    """File what was given with a step, if something was."""
    if upload is None:
        return
    file_paper(
        actor=visitor.user,
        convention=convention,
        kind=kind,
        content=upload.content,
        name=upload.name,
        media_type=upload.media_type,
        filed_for=party,
        avenant=avenant,
        act=act,
    )
