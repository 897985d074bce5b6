"""What has to be done next for a convention: the right thing in each state, by its day, owed by the right party."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.amending import Change, draft_avenant, freeze_avenant
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.disputing import open_dispute, take_dispute_step
from escale.apps.conventions.actions.notifying import notify_convention
from escale.apps.conventions.actions.signing import sign
from escale.apps.conventions.actions.terminating import close_notice, put_on_notice, terminate_by_agreement
from escale.apps.conventions.models import ActKind, Convention, CureOutcome, Outcome, Party, Signatory
from escale.apps.conventions.queries import recorded, states_of
from escale.apps.obligations.acts import NextAct, Step
from escale.apps.obligations.next_acts import NEEDED, next_act, next_acts_of
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from escale.core.convention.cycles.dispute import DisputeTrigger
from tests.apps.conventions.paper import day, frozen, in_force, letter, signatories, signed, voted, written

pytestmark = pytest.mark.django_db


def next_of(convention: Convention, on: str) -> NextAct:
    convention = Convention.objects.get(pk=convention.pk)
    situation = states_of(Convention.objects.filter(pk=convention.pk), day(on))[convention.pk]
    return next_act(convention, situation, day(on))


def test_a_text_that_both_assemblies_wait_for_is_put_to_the_vote(epci: Epci, oisy: Commune) -> None:
    found = next_of(frozen(epci, oisy), "2025-02-01")

    assert (found.words, found.owed_by) == ("faire voter le texte aux deux assemblées", None)


def test_a_vote_put_off_names_the_next_council(epci: Epci, oisy: Commune) -> None:
    convention = frozen(epci, oisy)
    record_act(
        actor=SYSTEM,
        convention=convention,
        kind=ActKind.COMMUNE_COUNCIL,
        held_on=day("2025-02-03"),
        outcome=Outcome.POSTPONED,
        next_council_on=day("2025-03-10"),
        proof="extrait",
    )

    before, after = next_of(convention, "2025-02-10"), next_of(convention, "2025-03-11")

    assert (before.by, before.owed_by) == (day("2025-03-10"), Party.COMMUNE)
    assert before.words == "vote reporté : le conseil municipal se réunit le 10 mars 2025"
    assert after.words == "dire ce qu’a décidé le conseil municipal le 10 mars 2025"


def test_an_act_that_is_adopted_waits_for_its_transmission_and_its_publication(epci: Epci, oisy: Commune) -> None:
    convention = frozen(epci, oisy)
    act = record_act(
        actor=SYSTEM,
        convention=convention,
        kind=ActKind.COMMUNE_COUNCIL,
        number="2025-07",
        held_on=day("2025-02-03"),
        proof="extrait",
    )

    assert next_of(convention, "2025-02-10").words == (
        "transmettre au contrôle de légalité et publier la délibération n°\u00a02025-07 du 3 février 2025"
    )

    complete_act(actor=SYSTEM, act=act, transmitted_on=day("2025-02-05"), receipt="AR-1")
    assert next_of(convention, "2025-02-10").words == "publier la délibération n°\u00a02025-07 du 3 février 2025"

    complete_act(actor=SYSTEM, act=act, published_on=day("2025-02-06"), proof="registre")
    assert next_of(convention, "2025-02-10").words == "faire voter le texte par le Bureau"
    assert next_of(convention, "2025-02-10").owed_by is Party.EPCI


def test_a_text_that_was_voted_waits_for_each_signature(epci: Epci, oisy: Commune) -> None:
    convention = voted(epci, oisy)
    president, _ = signatories(epci, oisy)

    assert next_of(convention, "2025-03-05").words == "faire signer la convention aux deux parties"

    sign(actor=SYSTEM, convention=convention, signatory=president, signed_on=day("2025-03-10"), proof="original")
    assert next_of(convention, "2025-03-12") == NextAct(words="faire signer à la commune", owed_by=Party.COMMUNE, step=Step.SIGN)


def test_a_signed_text_is_notified_before_its_term_and_its_letter_is_followed(epci: Epci, oisy: Commune) -> None:
    convention = signed(epci, oisy)
    assert next_of(convention, "2025-03-12").by == day("2026-06-30")

    notify_convention(actor=SYSTEM, convention=convention, posting=letter("2025-03-14", None))
    under_way, lost = next_of(convention, "2025-03-20"), next_of(convention, "2025-03-30")

    assert (under_way.words, under_way.by) == ("dire ce qu’est devenue la lettre envoyée le 14 mars 2025", day("2025-03-29"))
    assert lost.words == "demander à la Poste ce qu’est devenue la lettre envoyée le 14 mars 2025"

    set_setting(actor=SYSTEM, epci=epci, key="POSTAL_INSTANCE_DAYS", value="20")
    assert next_of(convention, "2025-03-30").by == day("2025-04-03")


@pytest.mark.parametrize(
    ("on", "words", "by"),
    [
        ("2025-06-01", "rien à faire avant le 9 avril 2026", "2026-04-09"),
        ("2026-02-07", "rien à faire avant le 9 avril 2026", "2026-04-09"),
        ("2026-02-08", "décider de la reconduction : une dénonciation se poste au plus tard le 9 avril 2026", "2026-04-09"),
        ("2026-04-10", "décider de la reconduction : une dénonciation se notifie au plus tard le 30 avril 2026", "2026-04-30"),
        ("2026-05-01", "rien à faire", None),
    ],
)
def test_a_convention_in_force_asks_for_a_decision_as_its_deadline_nears(
    on: str, words: str, by: str | None, epci: Epci, oisy: Commune
) -> None:
    found = next_of(in_force(epci, oisy), on)

    assert (found.words, found.by) == (words, by and day(by))


def test_a_contestable_denunciation_asks_for_an_agreement(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    posting = letter("2026-04-29", "2026-05-05", "1A2", presented=day("2026-04-30"))
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=posting, states_fallback=False)

    found = next_of(convention, "2026-05-10")

    assert found.words == "dénonciation contestable : proposer un accord écrit sur la date de fin (art. 5-2)"
    assert (found.by, found.owed_by) == (day("2026-06-30"), Party.EPCI)
    assert next_of(convention, "2026-11-23").by is None

    president, mayor = signatories(epci, oisy)
    Signatory.objects.update(ends=None)
    terminate_by_agreement(
        actor=SYSTEM,
        convention=convention,
        epci_signatory=Signatory.objects.get(pk=president.pk),
        epci_signed_on=day("2026-11-20"),
        commune_signatory=Signatory.objects.get(pk=mayor.pk),
        commune_signed_on=day("2026-11-20"),
        last_day=day("2026-12-31"),
        document="Accord",
    )
    ended = Convention.objects.get(pk=convention.pk)
    assert next_of(ended, "2026-11-23").words == "préparer la fin : résiliation, dernier jour le 31 décembre 2026"


def test_a_convention_in_notice_prepares_its_end(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-01", "2026-10-05", "1A2"))

    found = next_of(convention, "2026-11-23")

    assert (found.words, found.by) == ("préparer la fin : la convention s’arrête le 30 juin 2027", day("2027-06-30"))


def test_a_mise_en_demeure_gives_a_month_then_asks_for_a_decision(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    notice = put_on_notice(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        articles=["7"],
        facts="Pas de chauffage.",
        expected="Un lieu chauffé.",
        posting=letter("2026-10-01", "2026-10-05", "1A3"),
    )

    running, over = next_of(convention, "2026-10-20"), next_of(convention, "2026-11-23")

    assert (running.by, running.owed_by) == (day("2026-11-05"), Party.COMMUNE)
    assert over.owed_by is Party.EPCI
    assert over.words == "mise en demeure échue : dire si elle a eu un effet, ou décider de la suite (art. 5-2)"

    close_notice(actor=SYSTEM, notice=notice, outcome=CureOutcome.CURED, closed_on=day("2026-11-23"))
    assert next_of(convention, "2026-11-23").is_calm


def test_a_dispute_is_reminded_of_after_sixty_days(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    litige = open_dispute(actor=SYSTEM, convention=convention, subject="Le lieu", opened_on=day("2026-09-01"), proof="lettre")
    assert next_of(convention, "2026-09-02").words == "commencer la recherche d’un accord amiable (art. 9)"

    take_dispute_step(actor=SYSTEM, litige=litige, trigger=DisputeTrigger.TALKS_BEGUN, on=day("2026-09-10"), proof="lettre")

    assert next_of(convention, "2026-10-01") == NextAct(
        words="rechercher un accord amiable, puis faire le point", by=day("2026-10-31"), step=Step.DISPUTE
    )
    assert next_of(convention, "2026-10-31").words == "dire où en est la recherche amiable (art. 9)"


def test_an_avenant_under_way_is_taken_further(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="Août", changes=[Change(article="4")])
    assert next_of(convention, "2026-11-23").words == "achever l’avenant n°\u00a01 et l’envoyer aux deux assemblées"

    freeze_avenant(actor=SYSTEM, avenant=avenant, text="Le mois d’août.", on=day("2026-11-23"))

    assert next_of(convention, "2026-11-23").words == "faire voter l’avenant n°\u00a01 aux deux assemblées"


def test_the_next_acts_of_many_ask_as_little_as_that_of_one(
    epci: Epci, oisy: Commune, bousignies: Commune, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for commune in (oisy, bousignies):
        written(epci, commune, notified_on="2025-03-17").save()
    rows = list(recorded(Convention.objects.all()).prefetch_related(*NEEDED))
    situations: Any = states_of(Convention.objects.all(), dt.date(2026, 11, 23))

    with django_assert_num_queries(2):
        found = next_acts_of(rows, situations, dt.date(2026, 11, 23))

    assert set(found) == {row.pk for row in rows}
