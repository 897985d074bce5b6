"""The steps of the assemblies: a deliberation adopted, a vote put off, another act, an act that becomes executory."""

from __future__ import annotations

from collections.abc import Sequence

from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.labels import OUTCOMES
from escale.apps.conventions.models import Act, ActKind, Convention, PaperKind, Party
from escale.apps.conventions.papers.values import person_in_office
from escale.core.calendar.french import date_words
from escale.core.convention.life import RUNNING, Situation, State
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import texts
from escale.web.steering.conventions.steps.acting_forms import (
    POWER_OF_BUREAU,
    AvenantVoteForm,
    CompleteForm,
    NotAdoptedForm,
    OtherActForm,
    VoteForm,
    incomplete,
    told_of,
)
from escale.web.steering.conventions.steps.step import Cleaned, Step

EXECUTORY = (
    "Un acte est exécutoire une fois transmis au contrôle de légalité et publié (art. L. 2131-1 du CGCT) : ces dates peuvent "
    "s’ajouter plus tard."
)
WITHOUT_DELEGATION = f"{POWER_OF_BUREAU} Aucune n’est jointe."


def _record(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    kind, avenant = cleaned["kind"], cleaned.get("avenant")
    act = record_act(
        actor=visitor.user,
        convention=convention,
        kind=kind,
        held_on=cleaned["held_on"],
        number=cleaned["number"],
        avenant=avenant,
        delegation=cleaned.get("delegation"),
        covers_avenants=cleaned.get("covers_avenants", False),
        proof=cleaned["proof"],
    )
    _complete(visitor, act, cleaned)
    party = Party.COMMUNE if kind is ActKind.COMMUNE_COUNCIL else Party.EPCI
    texts.file_upload(visitor, convention, cleaned["file"], PaperKind.DELIBERATION, party, avenant=avenant, act=act)
    return f"{told_of(act)} : c’est enregistré."


def _complete(visitor: Visitor, act: Act, cleaned: Cleaned) -> Act:
    values = {name: cleaned.get(name) for name in ("transmitted_on", "published_on", "delegation")}
    if not any(values.values()) and not cleaned["receipt"]:
        return act
    return complete_act(actor=visitor.user, act=act, receipt=cleaned["receipt"], proof=cleaned["proof"], **values)


def _not_adopted(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    act = record_act(
        actor=visitor.user,
        convention=convention,
        kind=cleaned["kind"],
        held_on=cleaned["held_on"],
        avenant=cleaned["avenant"],
        outcome=cleaned["outcome"],
        next_council_on=cleaned["next_council_on"],
        proof=cleaned["proof"],
    )
    again = f", prochaine séance le {date_words(act.next_council_on)}" if act.next_council_on else ""
    return f"{told_of(act)} : {OUTCOMES[cleaned['outcome']]}{again}."


def _completed(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    act: Act = cleaned["act"]
    row = complete_act(
        actor=visitor.user,
        act=act,
        transmitted_on=cleaned["transmitted_on"],
        receipt=cleaned["receipt"],
        published_on=cleaned["published_on"],
        delegation=cleaned["delegation"],
        proof=cleaned["proof"],
    )
    party = Party.COMMUNE if act.kind == ActKind.COMMUNE_COUNCIL else Party.EPCI
    texts.file_upload(visitor, convention, cleaned["file"], PaperKind.DELIBERATION, party, act=act)
    executory = row.executory_on
    return f"{told_of(row)} : {f'exécutoire le {date_words(executory)}' if executory else 'complété'}."


def _warn_of_delegation(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    if cleaned.get("kind") is not ActKind.BUREAU:
        return ()
    delegation: Act | None = cleaned.get("delegation")
    if delegation is None:
        return (WITHOUT_DELEGATION,)
    head = person_in_office(convention, Party.EPCI, cleaned["held_on"])
    if head is None or head.starts is None or delegation.held_on >= head.starts:
        return ()
    words = (
        f"Cette délégation, du {date_words(delegation.held_on)}, date du mandat précédent ({head} depuis le "
        f"{date_words(head.starts)}) : une délégation tombe avec le mandat. Vérifier qu’elle a été renouvelée."
    )
    return (words,)


def _warn_of_vote(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    told = list(_warn_of_delegation(convention, cleaned))
    if convention.frozen_on and cleaned["held_on"] < convention.frozen_on:
        told.append(
            f"Cette séance précède l’envoi du texte, le {date_words(convention.frozen_on)} : vérifier que l’assemblée a bien "
            "voté ces mots-là."
        )
    return told


def _awaits_vote(convention: Convention, situation: Situation, _: Visitor) -> bool:
    return situation.state is State.IN_DELIBERATION and bool(texts.parties_to_vote(convention))


def _avenant_awaits_vote(convention: Convention, situation: Situation, _: Visitor) -> bool:
    return situation.state in RUNNING and bool(texts.avenants_to_vote(convention))


STEPS = (
    Step(
        name="deliberation",
        title="Enregistrer une délibération",
        question="Qu’a voté l’assemblée ?",
        form=VoteForm,
        perform=_record,
        forecast=_warn_of_vote,
        when=_awaits_vote,
        hints=("Une partie ne signe qu’une fois sa délibération exécutoire.", EXECUTORY),
    ),
    Step(
        name="deliberation-avenant",
        title="Enregistrer une délibération sur l’avenant",
        question="Qu’a voté l’assemblée sur l’avenant ?",
        form=AvenantVoteForm,
        perform=_record,
        forecast=_warn_of_delegation,
        when=_avenant_awaits_vote,
        hints=("Une partie ne signe qu’une fois sa délibération exécutoire.", EXECUTORY),
    ),
    Step(
        name="vote-reporte",
        title="Enregistrer un vote reporté, refusé ou retiré",
        question="Qu’est devenu le vote ?",
        form=NotAdoptedForm,
        perform=_not_adopted,
        when=lambda *of: _awaits_vote(*of) or _avenant_awaits_vote(*of),
        hints=("Le texte reste devant les assemblées : il peut être voté à une autre séance, ou repris.",),
    ),
    Step(
        name="rendre-executoire",
        title="Compléter une délibération",
        question="Que sait-on de plus de cette délibération ?",
        form=CompleteForm,
        perform=_completed,
        when=lambda convention, *_: bool(incomplete(convention)),
        hints=(EXECUTORY,),
    ),
    Step(
        name="autre-acte",
        title="Enregistrer un autre acte",
        question="Quel acte faut-il garder au dossier ?",
        form=OtherActForm,
        perform=_record,
        states=tuple(state for state in State if state not in {State.ABANDONED, State.ARCHIVED}),
        hints=("La délégation du conseil au Bureau, l’avis de la commission, le diagnostic de la commune.",),
    ),
)
