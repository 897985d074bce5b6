"""The steps that end a convention before its term (art. 5-2): its letter, and the four ways to end it, each with its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from escale.apps.conventions.actions.preparing import prepare_termination
from escale.apps.conventions.actions.terminating import (
    annul_convention,
    terminate_by_agreement,
    terminate_for_breach,
    terminate_for_general_interest,
)
from escale.apps.conventions.forecasts import recourse_forecast
from escale.apps.conventions.labels import GROUNDS
from escale.apps.conventions.models import Convention, Ground, MiseEnDemeure, PaperKind, Party, Termination
from escale.apps.conventions.papers.values import person_in_office
from escale.apps.territory import clock
from escale.core.calendar.french import date_words
from escale.core.convention.life import RUNNING, Situation, State
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import parting
from escale.web.steering.conventions.steps.letters import posting_of
from escale.web.steering.conventions.steps.noticing import open_notices
from escale.web.steering.conventions.steps.step import Cleaned, Step
from escale.web.steering.conventions.steps.terminating_forms import (
    AgreementForm,
    AnnulmentForm,
    BreachForm,
    InterestForm,
    PrepareForm,
)


def _prepare(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    notice: MiseEnDemeure | None = cleaned["notice"]
    ground = cleaned["ground"]
    paper = prepare_termination(
        actor=visitor.user,
        convention=convention,
        ground=ground,
        author=Party(notice.author) if notice and ground is Ground.BREACH else parting.author_of(cleaned),
        last_day=cleaned["last_day"],
        reasons=cleaned["reasons"],
        act=cleaned["act"],
        notice=notice if ground is Ground.BREACH else None,
    )
    return f"La décision est prête dans les pièces : {paper.file.name}. Rien n’est résilié tant qu’elle n’est pas notifiée."


def _breach(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    notice: MiseEnDemeure = cleaned["notice"]
    row = terminate_for_breach(
        actor=visitor.user,
        notice=notice,
        posting=posting_of(cleaned),
        last_day=cleaned["last_day"],
        document=parting.document_name(cleaned),
    )
    return _notified(visitor, convention, cleaned, row, Party(notice.author))


def _interest(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    author = parting.author_of(cleaned)
    row = terminate_for_general_interest(
        actor=visitor.user,
        convention=convention,
        author=author,
        reasons=cleaned["reasons"],
        posting=posting_of(cleaned),
        last_day=cleaned["last_day"],
        document=parting.document_name(cleaned),
    )
    return _notified(visitor, convention, cleaned, row, author)


def _agreement(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    names = ("epci_signatory", "epci_signed_on", "commune_signatory", "commune_signed_on", "last_day", "proof")
    row = terminate_by_agreement(
        actor=visitor.user,
        convention=convention,
        document=parting.document_name(cleaned),
        **{name: cleaned[name] for name in names},
    )
    note = "accord des deux parties sur la fin de la convention"
    parting.keep_file(visitor, convention, cleaned["file"], PaperKind.SIGNED, Party.EPCI, note=note)
    return _ended(row)


def _annul(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    row = annul_convention(
        actor=visitor.user,
        convention=convention,
        judged_on=cleaned["judged_on"],
        document=cleaned["document"],
        proof=cleaned["document"],
    )
    parting.keep_file(visitor, convention, cleaned["file"], PaperKind.JUDGMENT, Party.EPCI, note=cleaned["document"])
    return _ended(row)


def _notified(visitor: Visitor, convention: Convention, cleaned: Cleaned, row: Termination, author: Party) -> str:
    if row.notification is not None:
        parting.keep_letter(visitor, convention, row.notification, cleaned, PaperKind.TERMINATION, author)
    return _ended(row)


def _ended(row: Termination) -> str:
    return f"La convention s’arrête le {date_words(row.last_day)} : {GROUNDS[Ground(row.ground)]}."


def _recourse(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    informed = parting.informed_on(cleaned)
    return () if informed is None else recourse_forecast(convention, informed)


def _is_not_decided(convention: Convention, _: Situation, __: Visitor) -> bool:
    return not hasattr(convention, "termination")


def _has_notice(convention: Convention, situation: Situation, visitor: Visitor) -> bool:
    return _is_not_decided(convention, situation, visitor) and bool(open_notices(convention))


def _as_prepared(convention: Convention) -> Mapping[str, Any]:
    return parting.values_prepared(convention, PaperKind.TERMINATION)


def _in_office(convention: Convention) -> Mapping[str, Any]:
    today = clock.today(convention.epci)
    people = {party: person_in_office(convention, party, today) for party in Party}
    return {f"{party.value}_signatory": person.pk for party, person in people.items() if person}


STEPS = (
    Step(
        name="preparer-resiliation",
        title="Préparer une décision de résiliation",
        question="Pourquoi la convention s’arrête-t-elle avant son terme ?",
        form=PrepareForm,
        perform=_prepare,
        states=RUNNING,
        permission="conventions.decide",
        when=_is_not_decided,
        hints=("Toute résiliation est formalisée par écrit et notifiée à l’autre partie (art. 5-2).",),
    ),
    Step(
        name="resilier-pour-manquement",
        title="Résilier pour manquement",
        question="La mise en demeure est-elle restée sans effet ?",
        form=BreachForm,
        perform=_breach,
        forecast=_recourse,
        initial=_as_prepared,
        states=RUNNING,
        permission="conventions.decide",
        when=_has_notice,
        hints=(
            "Possible une fois passé le mois laissé pour régulariser (art. 5-2).",
            "À enregistrer quand la lettre est remise, ou revenue : rien ne s’arrête avant que l’autre partie le sache.",
        ),
    ),
    Step(
        name="resilier-d-un-commun-accord",
        title="Mettre fin d’un commun accord",
        question="Les deux parties ont-elles signé la fin de la convention ?",
        form=AgreementForm,
        perform=_agreement,
        initial=_in_office,
        states=RUNNING,
        permission="conventions.decide",
        when=_is_not_decided,
        hints=("Les parties peuvent résilier d’un commun accord, par un document que les deux signent (art. 5-2).",),
    ),
    Step(
        name="resilier-pour-l-interet-general",
        title="Résilier pour l’intérêt général",
        question="Quel motif d’intérêt général met fin à la convention ?",
        form=InterestForm,
        perform=_interest,
        forecast=_recourse,
        initial=_as_prepared,
        states=RUNNING,
        permission="conventions.decide",
        when=_is_not_decided,
        hints=(
            "Il faut un vrai motif d’intérêt général : un simple déséquilibre n’en est pas un (CE, 27 février 2015, n° 357028).",
            "À enregistrer quand la lettre est remise, ou revenue.",
        ),
    ),
    Step(
        name="annuler",
        title="Enregistrer l’annulation par le juge",
        question="Quel jugement annule la convention ?",
        form=AnnulmentForm,
        perform=_annul,
        states=(*RUNNING, State.ENDED),
        permission="conventions.decide",
        when=_is_not_decided,
    ),
)
