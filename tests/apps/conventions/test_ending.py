"""What ends a convention: a denunciation in time, a breach that lasts, both parties, the general interest, a court."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.archiving import archive_convention
from escale.apps.conventions.actions.denouncing import denounce, withdraw_denunciation
from escale.apps.conventions.actions.notifying import tell_fate
from escale.apps.conventions.actions.terminating import (
    annul_convention,
    close_notice,
    put_on_notice,
    terminate_by_agreement,
    terminate_for_breach,
    terminate_for_general_interest,
)
from escale.apps.conventions.models import Convention, CureOutcome, Denonciation, Ground, MiseEnDemeure, Party, Termination
from escale.apps.conventions.queries import cure_ends_on, qualified, recorded, state_of
from escale.apps.schedule.actions import change_standings
from escale.apps.schedule.actions.drafting import first_draft
from escale.apps.schedule.actions.publishing import publish_plan
from escale.apps.schedule.models import Participation, Standing
from escale.apps.team.actions import add_mediator, occupy_post, open_post
from escale.apps.territory.models import Commune, Epci
from escale.apps.visits.models import Visit
from escale.core.calendar.months import Month
from escale.core.convention.denunciation import Certainty
from escale.core.convention.letters import Channel
from escale.core.convention.life import State
from tests.apps.conventions.paper import day, in_force, letter, refusal, signatories, written
from tests.cast import SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def convention(epci: Epci, oisy: Commune) -> Convention:
    """One notified on 17 March 2025, with a term on 30 June 2026."""
    return in_force(epci, oisy)


def state(convention: Convention, on: str) -> State:
    (row,) = recorded(Convention.objects.filter(pk=convention.pk))
    return state_of(row, day(on)).state


def last_day(convention: Convention) -> tuple[dt.date | None, str]:
    convention.refresh_from_db()
    return convention.ends_on, convention.ground


def test_one_in_time_ends_the_convention_and_its_participation_at_the_term(convention: Convention) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-12", "2026-10-14"))

    assert last_day(convention) == (day("2027-06-30"), Ground.DENUNCIATION)
    days = ("2026-10-13", "2026-10-14", "2027-06-30", "2027-07-01")
    assert [state(convention, on) for on in days] == [State.IN_FORCE, State.IN_NOTICE, State.IN_NOTICE, State.ENDED]
    assert Participation.objects.get().ends == day("2027-06-30")


def test_a_late_one_renews_for_one_more_year_and_ends_it_by_its_fallback(convention: Convention) -> None:
    row = denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=letter("2026-05-04", "2026-05-06"))

    found = qualified(row, convention)

    assert found is not None
    assert found.certainty is Certainty.CERTAIN_LATE
    assert last_day(convention) == (day("2027-06-30"), Ground.DENUNCIATION)


def test_a_late_one_without_fallback_changes_nothing(convention: Convention) -> None:
    late = letter("2026-04-29", "2026-05-05", presented=day("2026-04-30"))
    row = denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=late, states_fallback=False)

    found = qualified(row, convention)

    assert found is not None
    assert found.certainty is Certainty.CONTESTABLE
    assert last_day(convention) == (None, "")
    assert state(convention, "2026-11-23") is State.IN_FORCE


def test_an_e_mail_is_refused_or_kept_as_without_effect(convention: Convention) -> None:
    mail = letter("2026-11-02", "2026-11-02", number="", channel=Channel.E_MAIL)

    with refusal("E_VOID_FORM", "channel"):
        denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=mail)
    row = denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=mail, keep_void=True)

    found = qualified(row, convention)
    assert found is not None
    assert found.certainty is Certainty.VOID_FORM
    assert last_day(convention) == (None, "")


def test_a_letter_under_way_ends_nothing_until_it_is_handed_over(convention: Convention) -> None:
    row = denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-11-10", None))
    assert last_day(convention) == (None, "")

    tell_fate(actor=SYSTEM, notification=row.notification, posting=letter("2026-11-10", "2026-11-12"))

    assert last_day(convention) == (day("2027-06-30"), Ground.DENUNCIATION)


def test_both_withdraw_a_denunciation_and_the_tour_goes_on(convention: Convention) -> None:
    row = denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-12", "2026-10-14"))
    on = day("2026-11-20")

    with refusal("E_WITHDRAWAL_NOT_ACCEPTED", "commune_accepts_on"):
        withdraw_denunciation(actor=SYSTEM, denonciation=row, epci_accepts_on=on, commune_accepts_on=None)
    withdraw_denunciation(actor=SYSTEM, denonciation=row, epci_accepts_on=on, commune_accepts_on=day("2026-11-18"))

    assert last_day(convention) == (None, "")
    assert [state(convention, when) for when in ("2026-11-19", "2026-11-20")] == [State.IN_NOTICE, State.IN_FORCE]
    assert Participation.objects.filter(ends=None, standing="firm").count() == 1


def test_nothing_is_denounced_before_the_effect(convention: Convention) -> None:
    with refusal("E_TRANSITION", "sent"):
        denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=letter("2025-03-12", "2025-03-20"))

    assert not Denonciation.objects.exists()


def notice(convention: Convention, sent: str, delivered: str) -> MiseEnDemeure:
    return put_on_notice(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        articles=["3-1", "7"],
        facts="Aucun bureau à l’abri des regards depuis le 2 septembre.",
        expected="Un bureau fermé aux jours des passages.",
        posting=letter(sent, delivered, number=f"MED{sent}"),
    )


def test_a_breach_ends_it_once_the_month_has_run(convention: Convention) -> None:
    row = notice(convention, "2026-10-14", "2026-10-16")
    assert cure_ends_on(row, convention) == day("2026-11-16")

    with refusal("E_CURE_NOT_OVER", "sent"):
        terminate_for_breach(
            actor=SYSTEM, notice=row, posting=letter("2026-11-16", "2026-11-18"), last_day=day("2026-11-30"), document="Lettre"
        )
    with refusal("E_LAST_DAY", "last_day"):
        terminate_for_breach(
            actor=SYSTEM, notice=row, posting=letter("2026-11-17", "2026-11-19"), last_day=day("2026-11-18"), document="Lettre"
        )
    with refusal("E_DOCUMENT_MISSING", "document"):
        terminate_for_breach(
            actor=SYSTEM, notice=row, posting=letter("2026-11-17", "2026-11-19"), last_day=day("2026-11-30"), document=" "
        )
    assert not Termination.objects.exists()

    terminate_for_breach(
        actor=SYSTEM, notice=row, posting=letter("2026-11-17", "2026-11-19"), last_day=day("2026-11-30"), document="Lettre"
    )

    assert last_day(convention) == (day("2026-11-30"), Ground.BREACH)
    assert [state(convention, on) for on in ("2026-11-30", "2026-12-01")] == [State.IN_FORCE, State.TERMINATED]


def test_what_was_put_right_ends_nothing(convention: Convention) -> None:
    row = notice(convention, "2026-10-14", "2026-10-16")
    close_notice(actor=SYSTEM, notice=row, outcome=CureOutcome.CURED, closed_on=day("2026-11-10"))

    with refusal("E_CURE_NOT_OVER", "sent"):
        terminate_for_breach(
            actor=SYSTEM, notice=row, posting=letter("2026-11-17", "2026-11-19"), last_day=day("2026-11-30"), document="Lettre"
        )


def test_a_mise_en_demeure_says_what_and_is_left_with_reasons(convention: Convention) -> None:
    with pytest.raises(ValidationError, match="facts"):
        put_on_notice(
            actor=SYSTEM,
            convention=convention,
            author=Party.EPCI,
            articles=["7"],
            facts="",
            expected="Un bureau.",
            posting=letter("2026-11-17", None),
        )
    row = notice(convention, "2026-10-14", "2026-10-16")
    with refusal("E_REASONS_MISSING", "reasons"):
        close_notice(actor=SYSTEM, notice=row, outcome=CureOutcome.DROPPED, closed_on=day("2026-11-10"))


def test_both_parties_end_it_when_both_sign(epci: Epci, oisy: Commune, convention: Convention) -> None:
    president, mayor = signatories(epci, oisy)
    mayor.ends = None
    mayor.save()

    def end(commune_signed_on: dt.date | None) -> None:
        terminate_by_agreement(
            actor=SYSTEM,
            convention=convention,
            epci_signatory=president,
            epci_signed_on=day("2026-11-10"),
            commune_signatory=mayor,
            commune_signed_on=commune_signed_on,
            last_day=day("2026-12-31"),
            document="Protocole",
        )

    with refusal("E_BOTH_SIGNATURES", "commune_signed_on"):
        end(None)
    end(day("2026-11-12"))

    assert last_day(convention) == (day("2026-12-31"), Ground.AGREEMENT)


def test_the_general_interest_has_reasons(convention: Convention) -> None:
    def end(reasons: str) -> None:
        terminate_for_general_interest(
            actor=SYSTEM,
            convention=convention,
            author=Party.EPCI,
            reasons=reasons,
            posting=letter("2026-11-16", "2026-11-18"),
            last_day=day("2027-01-31"),
            document="Décision",
        )

    with refusal("E_REASONS_MISSING", "reasons"):
        end(" ")
    end("La cause de la convention a disparu.")

    assert last_day(convention) == (day("2027-01-31"), Ground.GENERAL_INTEREST)


def test_a_judgment_annuls_it(convention: Convention) -> None:
    annul_convention(actor=SYSTEM, convention=convention, judged_on=day("2026-11-20"), document="TA Lille, n° 2600001")

    assert last_day(convention) == (day("2026-11-19"), Ground.ANNULMENT)
    assert state(convention, "2026-11-20") is State.ANNULLED


def test_a_text_without_more_renewals_has_its_end_from_the_start(epci: Epci, bousignies: Commune) -> None:
    convention = in_force(epci, bousignies, max_renewals=1)

    assert last_day(convention) == (day("2027-06-30"), Ground.LAST_RENEWAL)
    assert Participation.objects.get().ends == day("2027-06-30")
    assert state(convention, "2027-07-01") is State.ENDED


def test_a_denunciation_that_arrives_once_all_is_over_changes_nothing(convention: Convention) -> None:
    row = denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-11-09", None))
    terminate_for_general_interest(
        actor=SYSTEM,
        convention=convention,
        author=Party.EPCI,
        reasons="La cause de la convention a disparu.",
        posting=letter("2026-11-10", "2026-11-12", "GENERAL"),
        last_day=day("2026-11-12"),
        document="Décision",
    )

    tell_fate(actor=SYSTEM, notification=row.notification, posting=letter("2026-11-09", "2026-11-16"))

    assert state(convention, "2026-11-23") is State.TERMINATED
    assert last_day(convention) == (day("2026-11-12"), Ground.GENERAL_INTEREST)


def test_the_convention_that_follows_keeps_its_place_in_the_tour(convention: Convention, epci: Epci, oisy: Commune) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.EPCI, posting=letter("2026-04-01", "2026-04-03"))
    Convention.objects.bulk_create([written(epci, oisy, notified_on="2026-07-01")])
    change_standings(actor=SYSTEM, epci=epci, wanted={oisy: Standing.FIRM}, starts=day("2026-07-01"))

    annul_convention(actor=SYSTEM, convention=convention, judged_on=day("2026-06-20"), document="TA Lille", proof="jugement")

    rows = Participation.objects.order_by("starts").values_list("starts", "ends")
    assert list(rows) == [(day("2025-03-17"), day("2026-06-19")), (day("2026-07-01"), None)]


def test_a_file_is_archived_a_year_after_the_end_and_is_closed_then(convention: Convention, settings: Settings) -> None:
    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-04-01", "2026-04-03"))
    with refusal("E_RETENTION", "convention"):
        archive_convention(actor=SYSTEM, convention=convention, slip="W 1234")
    settings.ESCALE_TODAY = day("2027-07-01")

    archive_convention(actor=SYSTEM, convention=convention, slip="W 1234")

    assert [state(convention, on) for on in ("2027-06-30", "2027-07-01")] == [State.ENDED, State.ARCHIVED]
    with refusal("E_ARCHIVED", "convention"):
        annul_convention(actor=SYSTEM, convention=convention, judged_on=day("2027-07-01"), document="TA Lille")


def test_a_reader_ends_nothing(convention: Convention, reader: User) -> None:
    with pytest.raises(PermissionDenied):
        denounce(actor=reader, convention=convention, author=Party.EPCI, posting=letter("2026-10-12", "2026-10-14"))


def test_visits_after_the_last_day_are_cancelled_and_say_why(epci: Epci, oisy: Commune) -> None:
    oisy.latitude, oisy.longitude = 50.3, 3.4
    oisy.save()
    convention = in_force(epci, oisy)
    post = open_post(actor=SYSTEM, epci=epci, label="Poste de Sacha", base=oisy)
    mediator = add_mediator(actor=SYSTEM, epci=epci, first_name="Sacha", last_name="Exemple")
    occupy_post(actor=SYSTEM, post=post, mediator=mediator, starts=SINCE)
    plan = first_draft(actor=SYSTEM, epci=epci, months=Month.range("2027-06..2027-08"))
    publish_plan(actor=SYSTEM, plan=plan, version=1)
    assert Visit.objects.standing().count() == 3

    denounce(actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-12", "2026-10-14"))

    (kept,) = Visit.objects.standing()
    assert kept.date <= day("2027-06-30")
    reasons = set(Visit.objects.exclude(pk=kept.pk).values_list("reason", flat=True))
    assert reasons == {"la convention de la commune s’arrête le 30 juin 2027"}
