"""The documents of a convention made from what is recorded: its text, its avenants, the text of a day, its letters."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.amending import Change, draft_avenant
from escale.apps.conventions.models import ANNEX, Avenant, AvenantClause, Convention
from escale.apps.conventions.papers import (
    annexed_planning,
    avenant_document,
    consolidated_document,
    convention_document,
    held_day,
    missing_of,
    model_of,
    ready_purpose,
    values_of,
    version_of,
)
from escale.apps.schedule.models import Plan, PlannedVisit, PlanOrigin, PlanState, Publication
from escale.apps.team.models import Post
from escale.apps.territory.models import Commune, Epci, Premises, Setting
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from escale.core.convention.filling import MissingValuesError
from escale.core.convention.placeholders import BLANK
from escale.core.documents.plain import plain_text
from escale.core.documents.tree import Document
from tests.apps.conventions.paper import ANNEX as TUESDAY
from tests.apps.conventions.paper import drafted, frozen, in_force, signatories, signed, voted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

ON = dt.date(2026, 11, 23)
MONTHS = Month.range("2026-12..2027-02")
TUESDAYS = (dt.date(2026, 12, 8), dt.date(2027, 1, 12), dt.date(2027, 2, 16))
"""The last one is the third of its month."""


def said(document: Document) -> str:
    return plain_text(document).replace("\u00a0", " ").replace("\u202f", " ")


def plan(epci: Epci, commune: Commune, state: PlanState) -> Plan:
    made = Plan.objects.create(
        epci=epci, number=1, first_month="2026-12", last_month="2027-02", origin=PlanOrigin.RUN, state=state, created_by="test"
    )
    post = Post.objects.create(epci=epci, label="Poste 1", base=commune, starts=dt.date(2025, 1, 1))
    PlannedVisit.objects.bulk_create(
        PlannedVisit(plan=made, commune=commune, post=post, date=day, half="AM", for_month=str(Month.of(day))) for day in TUESDAYS
    )
    return made


def test_a_draft_asks_for_who_signs_and_leaves_the_acts_open(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)

    assert missing_of(convention) == (
        "Signataire de La Porte du Hainaut : nom",
        "Signataire de La Porte du Hainaut : qualité",
        "Signataire de La Porte du Hainaut : accord (féminin ou masculin)",
        "Signataire de la commune : nom",
        "Signataire de la commune : qualité",
        "Signataire de la commune : accord (féminin ou masculin)",
    )
    with pytest.raises(MissingValuesError):
        convention_document(convention, on=ON)


def test_a_draft_says_that_it_is_one_and_what_is_to_be_written_in(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    signatories(epci, oisy)

    document = convention_document(convention, on=dt.date(2025, 1, 6))

    assert document.status == "projet"
    assert f"Vu la délibération du Conseil Municipal n° {BLANK.words} de la commune d’Oisy" in said(document)
    assert "représentée par Camille Exemple, Maire, dûment autorisée à cet effet" in said(document)
    assert "Le deuxième mardi du mois, le matin, de 9 h à 12 h" in said(document)
    assert convention_document(convention, on=dt.date(2025, 1, 6), as_voted=True).status == ""


def test_once_voted_the_acts_stand_in_the_text(epci: Epci, oisy: Commune) -> None:
    convention = voted(epci, oisy)
    signatories(epci, oisy)

    words = said(convention_document(convention, on=dt.date(2025, 3, 5)))

    assert "par délibération n° 2025-07 du 26 février 2025 ;" in words
    assert "délibération n°B25/014 du Bureau communautaire" in words
    assert words.count(BLANK.words) == 1


def test_who_signed_stays_in_the_text_whoever_comes_after(epci: Epci, oisy: Commune) -> None:
    convention = signed(epci, oisy)

    values = values_of(convention, on=ON)

    assert getattr(values["commune_signatory"], "title", "") == "Maire"
    assert values["signed_on"] == dt.date(2025, 3, 10)


def test_signs_of_other_languages_stay_in_the_name_of_a_commune(epci: Epci, oisy: Commune) -> None:
    oisy.name = "Oisy*_#$[]@`<>\\"
    oisy.save()
    convention = drafted(epci, oisy)
    signatories(epci, oisy)

    assert "auprès de la commune d’Oisy*_#$[]@`<>\\." in said(convention_document(convention, on=dt.date(2025, 1, 6)))


def test_the_version_of_a_model_is_that_of_its_files() -> None:
    assert version_of("porte-du-hainaut-2025") != version_of("demonstration-2027")
    assert len(version_of("porte-du-hainaut-2025")) == 12


def test_a_convention_being_prepared_takes_the_place_that_the_draft_holds(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    convention.annex = None
    convention.save()
    plan(epci, oisy, PlanState.DRAFT)

    planning = annexed_planning(convention, ON)

    assert held_day(convention, ON) == TUESDAY
    assert planning is not None
    assert planning.usual_day == "Le deuxième mardi du mois, le matin, de 9\u202fh à 12\u202fh"
    assert [(date.day, date.remark) for date in planning.dates] == [
        (TUESDAYS[0], ""),
        (TUESDAYS[1], ""),
        (TUESDAYS[2], "hors du jour habituel"),
    ]


def test_what_is_published_comes_before_any_draft(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    published = plan(epci, oisy, PlanState.PUBLISHED)
    Publication.objects.create(epci=epci, plan=published, month="2026-12", published_by="test")

    planning = annexed_planning(convention, ON)

    assert planning is not None
    assert [date.day for date in planning.dates] == [TUESDAYS[0]]


def test_a_convention_in_force_has_its_promised_dates_and_its_place(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    Premises.objects.create(commune=oisy, name="Salle des fêtes", address="3 rue Haute")
    post = Post.objects.create(epci=epci, label="Poste 1", base=oisy, starts=dt.date(2025, 1, 1))
    when = {"date": TUESDAYS[0], "half": "AM", "for_month": "2026-12", "origin_date": TUESDAYS[0], "origin_half": "AM"}
    Visit.objects.create(epci=epci, commune=oisy, post=post, **when)

    planning = annexed_planning(convention, ON)

    assert planning is not None
    assert planning.place == "Salle des fêtes, 3 rue Haute"
    assert [(date.day, str(date.hours)) for date in planning.dates] == [(TUESDAYS[0], "09:00-12:00")]


def test_without_a_day_agreed_or_held_there_is_no_planning(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    convention.annex = None
    convention.save()

    assert annexed_planning(convention, ON) is None
    assert missing_of(convention)[-1] == "Planning annexé : le jour habituel de la commune"


def avenant_of(convention: Convention, *changes: Change, purpose: str = "le terme et le jour") -> Avenant:
    mayor = {"title": "Maire", "first_name": "Anne", "last_name": "Exemple", "gender": "f", "starts": dt.date(2026, 3, 21)}
    convention.epci.signatories.create(commune=convention.commune, **mayor)
    return draft_avenant(actor=SYSTEM, convention=convention, purpose=purpose, changes=changes)


NEW_DAY = {"nth": 3, "weekday": 3, "half": "PM"}
TERM = Change(article="5-1", name="denunciation_notice_months", new=3)
DAY = Change(article="4", name=ANNEX, new=NEW_DAY)


def test_an_avenant_says_each_change_and_annexes_the_new_day(epci: Epci, oisy: Commune) -> None:
    avenant = avenant_of(in_force(epci, oisy), TERM, DAY)

    document = avenant_document(avenant, on=ON)
    words = said(document)

    assert document.status == "projet"
    assert "préavis de dénonciation : « 2 mois » devient « 3 mois »." in words
    assert "« le deuxième mardi du mois, le matin, de 9 h à 12 h » devient « le troisième jeudi du mois, l’après-midi" in words
    assert "# Annexe : planning d’intervention\n\n## Jour habituel\n\nLe troisième jeudi du mois" in words


def test_an_avenant_that_only_names_an_article_lacks_its_wording(epci: Epci, oisy: Commune) -> None:
    avenant = avenant_of(in_force(epci, oisy), Change(article="9"))

    with pytest.raises(MissingValuesError) as caught:
        avenant_document(avenant, on=ON)

    assert caught.value.missing == ("Nouvelle rédaction de l’article 9",)


def test_a_wording_with_an_unknown_blank_is_named(epci: Epci, oisy: Commune) -> None:
    avenant = avenant_of(in_force(epci, oisy), Change(article="9", wording="Pour {{ prefet }}."))

    with pytest.raises(MissingValuesError, match="prefet"):
        avenant_document(avenant, on=ON)


def test_the_avenant_that_the_model_holds_ready_is_taken_by_its_purpose(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    purpose = ready_purpose(model_of(convention), 1)
    avenant = avenant_of(convention, Change(article="10"), purpose=purpose)

    with pytest.raises(MissingValuesError, match="exercent leurs droits"):
        avenant_document(avenant, on=ON)
    Setting.objects.create(epci=epci, key="DATA_CONTACT", value="donnees@example.org")

    words = said(avenant_document(avenant, on=ON))
    assert "Il est ajouté à la convention un article 10, ainsi rédigé." in words
    assert "Le point de contact est : donnees@example.org." in words


def test_the_text_of_a_day_has_the_avenants_in_force_on_it(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    avenant = avenant_of(convention, TERM, DAY)
    AvenantClause.objects.create(avenant=avenant, convention=convention, article="10", wording="## Logo\nLibre.")
    days = {"frozen_on": dt.date(2026, 10, 1), "notified_on": dt.date(2026, 11, 2), "effect_on": dt.date(2026, 11, 2)}
    Avenant.objects.filter(pk=avenant.pk).update(text="x", text_sha256="y" * 64, **days)

    before, after = (said(consolidated_document(convention, on)) for on in (dt.date(2026, 11, 1), ON))

    assert "Aucun avenant n’est en vigueur à cette date." in before
    assert "Le deuxième mardi du mois" in before
    assert (
        "Modifié par l’avenant n° 1, depuis le 2 novembre 2026 – préavis de dénonciation : « 2 mois » devient « 3 mois »."
        in after
    )
    assert "# Article 10 : Logo\n\nAjouté par l’avenant n° 1, depuis le 2 novembre 2026.\n\nLibre." in after
    assert "Le troisième jeudi du mois" in after
    assert "- Avenant n° 1, en vigueur depuis le 2 novembre 2026 : le terme et le jour." in after


def test_a_convention_that_has_not_taken_effect_has_no_text_of_a_day(epci: Epci, oisy: Commune) -> None:
    with pytest.raises(MissingValuesError, match="n’a pas pris effet"):
        consolidated_document(frozen(epci, oisy), ON)
