"""A commune nouvelle takes over the conventions of its former communes until their term (L. 2113-5 CGCT)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.scopes import Scope
from escale.apps.conventions.actions.acting import complete_act, record_act
from escale.apps.conventions.actions.amending import Change, draft_avenant, freeze_avenant
from escale.apps.conventions.actions.merging import merge_communes
from escale.apps.conventions.actions.signing import name_signatory, sign
from escale.apps.conventions.elections import asked_communes
from escale.apps.conventions.models import ActKind, Convention, Gender, Party
from escale.apps.conventions.papers import avenant_document, consolidated_document, denunciation_document
from escale.apps.conventions.queries import recorded, state_of
from escale.apps.conventions.succession import heir_of, merge_plan, party_name, successor_of
from escale.apps.schedule.actions import change_standings
from escale.apps.schedule.models import Participation, Standing
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.models.communes import communes_answered_for
from escale.core.convention.life import State
from escale.core.documents.plain import plain_text
from tests.apps.conventions.paper import day, drafted, in_force, refusal
from tests.cast import Person, engage, make_commune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
NEW_YEAR, LAST_DAY = day("2027-01-01"), day("2026-12-31")


@pytest.fixture
def denain(epci: Epci) -> Commune:
    return make_commune(epci, "59172", "Denain")


def test_the_conventions_go_on_as_they_were_signed(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    own, former = in_force(epci, bousignies), in_force(epci, oisy)

    plan = merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=NEW_YEAR, name="Val d’Oisy")

    assert (plan.taken_over, plan.own, plan.half_days) == ((former,), (own,), 2)
    former.refresh_from_db()
    assert (former.commune, former.ends_on) == (oisy, None)
    assert state_of(former, day("2027-02-01")).state is State.IN_FORCE
    assert former.journal.filter(event="conventions.taken_over").count() == 1


def test_the_party_is_named_by_its_successor_from_the_day_of_the_merger(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    in_force(epci, oisy)
    merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=NEW_YEAR, name="Val d’Oisy")
    convention = Convention.objects.get(commune=oisy)

    assert successor_of(convention, LAST_DAY) is None
    assert successor_of(convention, NEW_YEAR) == bousignies
    assert party_name(convention, LAST_DAY) == "la commune d’Oisy"
    assert party_name(convention, NEW_YEAR) == (
        "la commune nouvelle de Val d’Oisy, venant aux droits de la commune d’Oisy (art.\u00a0L.\u00a02113-5 CGCT)"
    )


def test_two_mergers_in_a_row_are_followed(epci: Epci, oisy: Commune, bousignies: Commune, denain: Commune) -> None:
    merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=NEW_YEAR)
    merge_communes(actor=SYSTEM, epci=epci, communes=[bousignies], into=denain, on=day("2028-01-01"))
    commune = Commune.objects.get(pk=oisy.pk)

    assert [heir_of(commune, day(on)) for on in ("2026-12-31", "2027-06-01", "2028-01-01")] == [oisy, bousignies, denain]


def test_what_was_signed_first_is_held_and_served_after_two_mergers(
    epci: Epci, oisy: Commune, bousignies: Commune, denain: Commune, client: Client
) -> None:
    referent_denain = engage(Person.REFERENT_BOUSIGNIES, epci, denain)
    convention = in_force(epci, oisy)
    merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=day("2026-11-01"))
    merge_communes(actor=SYSTEM, epci=epci, communes=[bousignies], into=denain, on=day("2026-11-15"))
    on = day("2026-11-23")

    assert convention in Convention.objects.visible_to(referent_denain)
    assert set(Commune.objects.served_in(epci, on, on)) == {oisy, bousignies, denain}
    assert oisy in communes_answered_for(Scope(communes=frozenset({denain.code})))
    assert client.get(f"/communes/{oisy.slug}/").status_code == 200


def test_documents_made_after_the_merger_name_the_commune_nouvelle(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    convention = in_force(epci, oisy)
    for key, value in {"EPCI_SEAT": "Site minier, 59135 Wallers", "COORDINATION_PHONE": "03 53 01 00 00"}.items():
        set_setting(actor=SYSTEM, epci=epci, key=key, value=value)
    on = day("2026-11-23")
    merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=day("2026-11-01"), name="Val d’Oisy")
    Commune.objects.filter(pk=bousignies.pk).update(postal_codes=["59195"])
    name_signatory(
        actor=SYSTEM,
        epci=epci,
        commune=bousignies,
        first_name="Alix",
        last_name="Val",
        title="Maire",
        gender=Gender.FEMININE,
        starts=on,
    )
    convention = recorded(Convention.objects.filter(pk=convention.pk)).get()
    change = Change(article="5-1", name="max_renewals", new=2)
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="Deux reconductions", changes=[change])

    texts = [
        plain_text(document)
        for document in (
            denunciation_document(convention, author=Party.COMMUNE, on=on, act="délibération n° 3 du 2 novembre 2026"),
            avenant_document(avenant, on=on),
            consolidated_document(convention, on),
        )
    ]

    named = "ommune nouvelle de Val d’Oisy, venant aux droits de la commune d’Oisy (art. L. 2113-5 CGCT)"
    assert [named in text.replace("\u00a0", " ") for text in texts] == [True, True, True]
    assert ["Alix Val" in text for text in texts] == [True, True, False]


def test_an_avenant_is_voted_and_signed_by_the_commune_nouvelle(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    convention = in_force(epci, oisy)
    merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=day("2026-11-01"))
    people: dict[str, Any] = {"first_name": "Alix", "last_name": "Val", "title": "Maire", "gender": Gender.FEMININE}
    former, mayor = (name_signatory(actor=SYSTEM, epci=epci, commune=one, **people) for one in (oisy, bousignies))
    change = Change(article="5-1", name="max_renewals", new=2)
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="Deux reconductions", changes=[change])
    avenant = freeze_avenant(actor=SYSTEM, avenant=avenant, text="Un", on=day("2026-11-05"))
    facts: dict[str, Any] = {"kind": ActKind.COMMUNE_COUNCIL, "number": "3", "held_on": day("2026-11-10")}
    act = record_act(actor=SYSTEM, convention=convention, avenant=avenant, **facts)
    complete_act(actor=SYSTEM, act=act, transmitted_on=day("2026-11-12"), published_on=day("2026-11-12"), receipt="AR")
    signing: dict[str, Any] = {"convention": convention, "avenant": avenant, "signed_on": day("2026-11-20")}

    assert act.commune == bousignies
    with refusal("E_NOT_A_PARTY", "signatory"):
        sign(actor=SYSTEM, signatory=former, **signing)
    assert sign(actor=SYSTEM, signatory=mayor, **signing).party == Party.COMMUNE


def test_its_half_days_are_still_served_where_they_were_signed(
    epci: Epci, oisy: Commune, bousignies: Commune, client: Client
) -> None:
    in_force(epci, oisy)
    merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=day("2026-11-01"))

    row = Participation.objects.get(commune=oisy)

    assert (row.standing, row.ends) == (Standing.FIRM, None)
    on = day("2027-01-01")
    assert set(Commune.objects.served_in(epci, on, on)) == {oisy, bousignies}
    assert set(Commune.objects.members_of(epci, on, on)) == {bousignies}
    assert client.get(f"/communes/{oisy.slug}/").status_code == 200


def test_a_former_commune_without_a_convention_leaves_the_tour(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    draft = drafted(epci, oisy)
    change_standings(actor=SYSTEM, epci=epci, wanted={oisy: Standing.EXPECTED}, starts=day("2026-10-01"))

    plan = merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=NEW_YEAR)

    assert plan.never_signed == (draft,)
    assert Participation.objects.get(commune=oisy).ends == LAST_DAY


def test_the_referent_of_the_commune_nouvelle_sees_what_it_took_over(
    epci: Epci, oisy: Commune, bousignies: Commune, referent_bousignies: User
) -> None:
    convention = in_force(epci, oisy)
    assert convention not in Convention.objects.visible_to(referent_bousignies)

    merge_communes(actor=SYSTEM, epci=epci, communes=[oisy], into=bousignies, on=day("2026-11-01"))

    assert convention in Convention.objects.visible_to(referent_bousignies)
    assert asked_communes(epci, day("2026-11-23")) == [bousignies]


@pytest.mark.parametrize("field", ["communes", "into"])
def test_only_members_merge_and_nothing_is_half_done(
    epci: Epci, elsewhere: Epci, oisy: Commune, bousignies: Commune, field: str
) -> None:
    stranger = make_commune(elsewhere, "76490", "Norville")
    former, into = ([oisy, stranger], bousignies) if field == "communes" else ([oisy], stranger)

    with refusal("E_NOT_A_MEMBER", field):
        merge_communes(actor=SYSTEM, epci=epci, communes=former, into=into, on=NEW_YEAR)

    assert not Commune.objects.exclude(merged_into=None).exists()


def test_a_commune_does_not_merge_with_itself_and_one_at_least_merges(epci: Epci, oisy: Commune) -> None:
    with refusal("E_NONE", "communes"):
        merge_communes(actor=SYSTEM, epci=epci, communes=[], into=oisy, on=NEW_YEAR)
    assert merge_plan(epci, [oisy], oisy, NEW_YEAR).half_days == 0


def test_a_lawyer_leaves_the_territory_to_the_coordinator(epci: Epci, oisy: Commune, bousignies: Commune, lawyer: User) -> None:
    with pytest.raises(PermissionDenied):
        merge_communes(actor=lawyer, epci=epci, communes=[oisy], into=bousignies, on=NEW_YEAR)
