"""The steps of the signature: who signs, each signature, and where the originals are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q

from escale.apps.conventions.actions.signing import MAY_SIGN, name_signatory, place_original, sign
from escale.apps.conventions.labels import GENDERS, METHODS, PARTIES
from escale.apps.conventions.models import Avenant, Convention, Method, PaperKind, Party, Signatory
from escale.apps.conventions.queries import lacks_delegation
from escale.apps.conventions.succession import heir_of
from escale.apps.territory import clock
from escale.core.calendar.french import date_words, period_words
from escale.core.convention.cycles.avenant import AvenantState
from escale.core.convention.life import BEFORE_FORCE, RUNNING, State
from escale.web.journeys import Visitor
from escale.web.steering.conventions.steps import fields, texts
from escale.web.steering.conventions.steps.acting import WITHOUT_DELEGATION
from escale.web.steering.conventions.steps.step import Cleaned, Folded, Step, StepForm

SIGNABLE = (AvenantState.IN_DELIBERATION, AvenantState.TO_SIGN)
ORIGINALS = {Party.EPCI: 1, Party.COMMUNE: 2}
"""Each party holds one of the two originals: « en deux exemplaires originaux »."""


class SignForm(StepForm):
    """One signature."""

    field_order: Sequence[str] = ("avenant",)
    folded: ClassVar[Folded] = (fields.OLD_DATE, ("Passer outre (juriste)", ("override",)))

    avenant = texts.avenant_field()
    signatory = fields.RowField("Qui a signé ?", lambda person: _words_of(person), radio=True)
    signed_on = fields.day("Signé le", required="Donner la date de la signature.")
    method = fields.choice("Comment", METHODS)
    reference = fields.text("Certificat ou référence", "Pour une signature électronique.")
    proof = fields.proof()
    override = fields.words(
        "Motif", "Le juriste peut laisser passer une signature que les règles refusent. Le motif reste au dossier."
    )
    file = fields.PaperField("Exemplaire signé")

    def prepare(self) -> None:
        """Offer those who sign for either party."""
        self.offer_texts()
        field = self.fields["signatory"]
        if isinstance(field, fields.RowField):
            field.offer(signatories_of(self.convention))
        if not self.visitor.user.may("conventions.override", self.convention):
            self.fix("override", "")

    def offer_texts(self) -> None:
        """Ask nothing: it is about the convention."""
        self.fix("avenant", None)


class AvenantSignForm(SignForm):
    """One signature under an avenant."""

    def offer_texts(self) -> None:
        """Ask which avenant was signed."""
        self.offer("avenant", texts.avenants_in(self.convention, *SIGNABLE))


class SignatoryForm(StepForm):
    """Who signs for a party."""

    party = fields.choice("Signe pour", PARTIES, radio=True)
    first_name = fields.text("Prénom", required="Donner le prénom.", most=80)
    last_name = fields.text("Nom", required="Donner le nom.", most=80)
    title = fields.text("Qualité", "« Maire », « Présidente ».", required="Donner la qualité.", most=80)
    gender = fields.choice("Le texte s’accorde", GENDERS, radio=True)
    starts = fields.day("En fonction depuis le")
    ends = fields.day("Jusqu’au", "Vide tant que la fonction dure.")


class OriginalsForm(StepForm):
    """Where the two originals are."""

    epci = fields.text("L’original de l’EPCI se trouve", most=120)
    commune = fields.text("L’original de la commune se trouve", most=120)
    on = fields.day("Constaté le", required="Donner la date.")

    def clean(self) -> Cleaned:
        """Ask for one place at least."""
        values = super().clean()
        if not values.get("epci") and not values.get("commune"):
            raise ValidationError({"epci": "Dire où se trouve au moins un des deux originaux."})
        return values


def signatories_of(convention: Convention) -> list[Signatory]:
    """Return those who sign for either party, those whose office ended last."""
    today = clock.today(convention.epci)
    rows = Signatory.objects.filter(Q(commune=None) | Q(commune=heir_of(convention.commune, today)), epci=convention.epci)
    return sorted(rows, key=lambda person: (not person.holds_on(today), person.commune_id is not None, person.pk))


def _words_of(person: Signatory) -> str:
    office = "" if person.starts is None and person.ends is None else f", {period_words(person.starts, person.ends)}"
    return f"{person}, pour {PARTIES[person.party]}{office}"


def _sign(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    person: Signatory = cleaned["signatory"]
    avenant: Avenant | None = cleaned["avenant"]
    row = sign(
        actor=visitor.user,
        convention=convention,
        signatory=person,
        signed_on=cleaned["signed_on"],
        avenant=avenant,
        method=cleaned["method"],
        reference=cleaned["reference"],
        override=cleaned["override"],
        proof=cleaned["proof"],
    )
    texts.file_upload(visitor, convention, cleaned["file"], PaperKind.SIGNED, person.party, avenant=avenant)
    return f"{person}, a signé pour {PARTIES[person.party]} le {date_words(row.signed_on)} ({METHODS[Method(row.method)]})."


def _warn(convention: Convention, cleaned: Cleaned) -> Sequence[str]:
    person: Signatory = cleaned["signatory"]
    avenant: Avenant | None = cleaned["avenant"]
    told = []
    if person.party is Party.EPCI and lacks_delegation(convention, avenant):
        told.append(WITHOUT_DELEGATION)
    signed = {one.party for one in convention.signatures.all() if one.avenant_id == (avenant.pk if avenant else None)}
    others = [PARTIES[party] for party in Party if party.value not in signed and party is not person.party]
    told.append(f"Il restera à faire signer {others[0]}." if others else "Les deux parties auront signé : il restera à notifier.")
    return told


def _name(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    party = cleaned["party"]
    row = name_signatory(
        actor=visitor.user,
        epci=convention.epci,
        commune=heir_of(convention.commune, cleaned["starts"] or clock.today(convention.epci))
        if party is Party.COMMUNE
        else None,
        **{name: cleaned[name] for name in ("first_name", "last_name", "title", "gender", "starts", "ends")},
    )
    from_then = f" à partir du {date_words(row.starts)}" if row.starts and row.starts > clock.today(convention.epci) else ""
    return f"{row}, signe pour {PARTIES[party]}{from_then}."


def _place(visitor: Visitor, convention: Convention, cleaned: Cleaned) -> str:
    told = []
    for party, number in ORIGINALS.items():
        if place := cleaned[party.value]:
            place_original(actor=visitor.user, convention=convention, number=number, holder=party, place=place, on=cleaned["on"])
            told.append(f"celui de {PARTIES[party]} : {place}")
    return f"Originaux : {' ; '.join(told)}."


def _known_places(convention: Convention) -> Mapping[str, Any]:
    known = {one.holder: one.place for one in convention.originals.all()}
    return {**known, "on": clock.today(convention.epci)}


SIGNING = (
    "Chaque partie signe une fois, par quelqu’un en fonction ce jour-là, une fois sa délibération exécutoire.",
    "Les signatures électroniques se font ailleurs : elles s’enregistrent ici, avec leur niveau et leur fichier.",
)

STEPS = (
    Step(
        name="signer",
        title="Enregistrer une signature",
        question="Qui a signé, et quand ?",
        form=SignForm,
        perform=_sign,
        forecast=_warn,
        states=MAY_SIGN,
        hints=SIGNING,
    ),
    Step(
        name="signer-l-avenant",
        title="Enregistrer une signature de l’avenant",
        question="Qui a signé l’avenant, et quand ?",
        form=AvenantSignForm,
        perform=_sign,
        forecast=_warn,
        states=RUNNING,
        when=lambda convention, *_: bool(texts.avenants_in(convention, *SIGNABLE)),
        hints=SIGNING,
    ),
    Step(
        name="nommer-un-signataire",
        title="Nommer un signataire",
        question="Qui signe pour une des parties ?",
        form=SignatoryForm,
        perform=_name,
        states=(*BEFORE_FORCE, *RUNNING),
    ),
    Step(
        name="situer-les-originaux",
        title="Dire où sont les originaux",
        question="Où sont les deux originaux ?",
        form=OriginalsForm,
        perform=_place,
        states=(State.SIGNED, *RUNNING, State.ENDED, State.TERMINATED, State.ANNULLED),
        initial=_known_places,
        hints=("La convention est faite en deux exemplaires originaux : un pour chaque partie.",),
    ),
)
