"""A draft is sent to the firm communes; each one reads its own dates, agrees or remarks until a day, and is answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.messaging.models import Message, MessageState
from escale.apps.schedule.actions.remarking import (
    CHANGED,
    answer_remark,
    closed_since,
    remark_dates,
    remind_of_dates,
    send_for_remarks,
)
from escale.apps.schedule.links import LinkHolder
from escale.apps.schedule.models import (
    Participation,
    PersonalLink,
    Plan,
    PlannedVisit,
    PlanOrigin,
    PlanState,
    Remark,
    RemarkState,
    Standing,
)
from escale.apps.schedule.review import (
    ANSWERED_TONES,
    ANSWERED_WORDS,
    Answered,
    dates_of,
    remark_lines,
    waiting_plan,
)
from escale.apps.team.actions import open_post
from escale.apps.team.models import Post
from escale.apps.territory.actions import name_referent
from escale.apps.territory.models import Commune, Epci, Premises
from tests.cast import SINCE, make_commune

pytestmark = pytest.mark.django_db
TODAY, UNTIL = dt.date(2026, 11, 2), dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def post(epci: Epci, oisy: Commune) -> Post:
    return open_post(actor=SYSTEM, epci=epci, label="Poste 1", base=oisy)


@pytest.fixture
def plan(epci: Epci, post: Post, oisy: Commune, bousignies: Commune) -> Plan:
    """A draft of four months: Oisy on its second Tuesday morning but once, Bousignies, only expected, once."""
    plan = Plan.objects.create(
        epci=epci, number=1, first_month="2027-05", last_month="2027-08", origin=PlanOrigin.FIRST.value, created_by="test"
    )
    for commune, standing in ((oisy, Standing.FIRM), (bousignies, Standing.EXPECTED)):
        Participation.objects.create(epci=epci, commune=commune, standing=standing.value, starts=SINCE)
    for commune, date in (
        (oisy, "2027-05-11"),
        (oisy, "2027-06-08"),
        (oisy, "2027-07-15"),
        (oisy, "2027-08-10"),
        (bousignies, "2027-05-13"),
    ):
        visit(plan, commune, post, date)
    name_referent(actor=SYSTEM, commune=oisy, first_name="Rose", last_name="Exemple", starts=SINCE, email="rose@exemple.fr")
    return plan


def visit(plan: Plan, commune: Commune, post: Post, date: str, half: str = "AM") -> PlannedVisit:
    return PlannedVisit.objects.create(
        plan=plan, commune=commune, post=post, date=dt.date.fromisoformat(date), half=half, for_month=date[:7]
    )


def send(plan: Plan) -> LinkHolder:
    send_for_remarks(actor=SYSTEM, plan=plan, until=UNTIL, message="Bonne lecture.")
    return LinkHolder(link=PersonalLink.objects.get(), day=TODAY)


def say(plan: Plan, actor: LinkHolder | User, commune: Commune, text: str = "") -> Remark:
    seen = dates_of(plan, commune).seen
    return remark_dates(actor=actor, plan=plan, commune=commune, agrees=not text, text=text, seen=seen)


def test_only_firm_communes_are_sent_their_dates(plan: Plan, oisy: Commune) -> None:
    sending = send_for_remarks(actor=SYSTEM, plan=plan, until=UNTIL, message="Bonne lecture.")

    assert sending.written == (oisy,)
    plan.refresh_from_db()
    assert (plan.state, plan.remarks_until) == (PlanState.SENT, UNTIL)
    letter = Message.objects.get()
    assert letter.subject == "Vos dates d’aide numérique à Oisy"
    assert "Bonne lecture." in letter.body
    assert "vendredi 20 novembre 2026 inclus" in letter.body


def test_sent_again_it_moves_the_day_and_writes_to_the_new_ones_only(plan: Plan, oisy: Commune) -> None:
    send(plan)

    sending = send_for_remarks(actor=SYSTEM, plan=plan, until=UNTIL + dt.timedelta(days=7))

    assert sending.written == ()
    assert PersonalLink.objects.get().expires_on == UNTIL + dt.timedelta(days=7)
    assert Message.objects.count() == 1


def test_the_usual_day_comes_first_and_what_is_irregular_says_so(epci: Epci, plan: Plan, oisy: Commune) -> None:
    Premises.objects.create(commune=oisy, name="Mairie", morning_start=dt.time(8, 30))

    dates = dates_of(plan, oisy)

    assert dates.usual == "deuxième mardi du mois, matin"
    assert dates.hours is not None
    assert str(dates.hours) == "08:30-11:30"
    assert [(line.date.day, line.why) for line in dates.lines] == [
        (11, ""),
        (8, ""),
        (15, "autre jour que d’habitude"),
        (10, ""),
    ]


def test_a_holiday_explains_an_irregular_date(epci: Epci, post: Post, plan: Plan, oisy: Commune) -> None:
    PlannedVisit.objects.all().delete()
    for date in ("2027-05-12", "2027-06-09", "2027-07-15", "2027-08-11"):
        visit(plan, oisy, post, date, "PM")

    assert dates_of(plan, oisy).lines[2].why == "autre jour : le mercredi 14 juillet 2027 est férié"


def test_a_make_up_names_its_month(plan: Plan, post: Post, oisy: Commune) -> None:
    extra = visit(plan, oisy, post, "2027-06-22")
    PlannedVisit.objects.filter(pk=extra.pk).update(for_month="2027-05")

    assert [line.why for line in dates_of(plan, oisy).lines if line.key == extra.pk] == ["rattrapage de mai 2027"]


def test_a_commune_without_a_date_has_neither_usual_day_nor_lines(plan: Plan, epci: Epci) -> None:
    dates = dates_of(plan, make_commune(epci, "59001", "Abscon"))

    assert (dates.usual, dates.lines) == ("", ())


def test_a_mairie_agrees_by_its_link(plan: Plan, oisy: Commune) -> None:
    remark = say(plan, send(plan), oisy)

    assert remark.agrees
    assert PersonalLink.objects.get().used_at is not None
    assert [line.state for line in remark_lines(SYSTEM, plan)] == [Answered.AGREED]


def test_a_referent_remarks_when_logged_in(plan: Plan, oisy: Commune, referent_oisy: User, referent_bousignies: User) -> None:
    send(plan)

    assert say(plan, referent_oisy, oisy, "Le 8 juin, la salle est prise.").state == RemarkState.OPEN
    with pytest.raises(PermissionDenied):
        say(plan, referent_bousignies, oisy, "Pas chez moi")


def test_a_remark_may_be_changed_until_the_day_and_waits_again(plan: Plan, oisy: Commune) -> None:
    holder = send(plan)
    first = say(plan, holder, oisy, "Le 8 juin, la salle est prise.")
    answer_remark(actor=SYSTEM, remark=first, state=RemarkState.DECLINED, answer="La médiatrice est absente le 9.")

    changed = say(plan, holder, oisy, "Alors le 10 ?")

    assert (changed.pk, changed.state, changed.answer) == (first.pk, RemarkState.OPEN, "")


def test_a_remark_that_says_nothing_is_refused(plan: Plan, oisy: Commune) -> None:
    holder = send(plan)

    with pytest.raises(ValidationError) as refused:
        remark_dates(actor=holder, plan=plan, commune=oisy, agrees=False, text="  ", seen=dates_of(plan, oisy).seen)

    assert list(refused.value.message_dict) == ["text"]


def test_dates_that_changed_meanwhile_are_not_agreed_unread(plan: Plan, post: Post, oisy: Commune) -> None:
    holder = send(plan)
    seen = dates_of(plan, oisy).seen
    PlannedVisit.objects.filter(date="2027-06-08").update(date="2027-06-10")

    with pytest.raises(ValidationError) as refused:
        remark_dates(actor=holder, plan=plan, commune=oisy, agrees=True, text="", seen=seen)

    assert refused.value.code == CHANGED
    assert not Remark.objects.exists()


def test_after_the_day_nothing_is_taken(plan: Plan, oisy: Commune, referent_oisy: User, settings: Settings) -> None:
    send(plan)
    settings.ESCALE_TODAY = UNTIL + dt.timedelta(days=1)

    with pytest.raises(ValidationError, match="jusqu’au 20 novembre 2026"):
        say(plan, referent_oisy, oisy)
    assert waiting_plan(oisy, settings.ESCALE_TODAY) is None


def test_a_commune_that_was_not_asked_says_nothing(plan: Plan, bousignies: Commune, referent_bousignies: User) -> None:
    send(plan)

    with pytest.raises(ValidationError, match="pas été soumises"):
        say(plan, referent_bousignies, bousignies)


def test_an_answer_is_written_to_the_mairie(plan: Plan, oisy: Commune) -> None:
    remark = say(plan, send(plan), oisy, "Le 8 juin, la salle est prise.")

    answer_remark(actor=SYSTEM, remark=remark, state=RemarkState.FOLLOWED, answer="Ce sera le 10 juin.")

    letter = Message.objects.first()
    assert letter is not None
    assert "Ce sera le 10 juin." in letter.body
    assert "Nous en avons tenu compte." in letter.body
    assert [line.state for line in remark_lines(SYSTEM, plan)] == [Answered.FOLLOWED]


def test_to_decline_asks_for_a_reason_and_an_agreement_for_no_answer(plan: Plan, oisy: Commune) -> None:
    holder = send(plan)
    remark = say(plan, holder, oisy, "Plutôt le matin.")
    with pytest.raises(ValidationError) as refused:
        answer_remark(actor=SYSTEM, remark=remark, state=RemarkState.DECLINED, answer=" ")
    assert list(refused.value.message_dict) == ["answer"]

    agreed = say(plan, holder, oisy)
    with pytest.raises(ValidationError, match="accepte ses dates"):
        answer_remark(actor=SYSTEM, remark=agreed, state=RemarkState.FOLLOWED, answer="")


def test_a_reminder_goes_to_the_silent_ones(plan: Plan, oisy: Commune) -> None:
    holder = send(plan)
    assert remind_of_dates(actor=SYSTEM, plan=plan).written == ()
    PersonalLink.objects.update(sent_at=dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    assert remind_of_dates(actor=SYSTEM, plan=plan).written == (oisy,)
    PersonalLink.objects.update(sent_at=dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    say(plan, holder, oisy)
    assert remind_of_dates(actor=SYSTEM, plan=plan).written == ()


@pytest.mark.parametrize("state", [PlanState.PUBLISHED, PlanState.DISCARDED])
def test_what_is_no_draft_is_not_sent(plan: Plan, state: PlanState) -> None:
    Plan.objects.update(state=state.value)

    with pytest.raises(ValidationError, match="plus un brouillon"):
        send_for_remarks(actor=SYSTEM, plan=plan, until=UNTIL)
    plan.refresh_from_db()
    assert closed_since(plan)


def test_a_day_that_is_past_and_a_draft_without_a_firm_commune_are_refused(plan: Plan) -> None:
    with pytest.raises(ValidationError, match="passé"):
        send_for_remarks(actor=SYSTEM, plan=plan, until=TODAY - dt.timedelta(days=1))
    Participation.objects.update(standing=Standing.EXPECTED.value)
    with pytest.raises(ValidationError, match="Aucune commune ferme"):
        send_for_remarks(actor=SYSTEM, plan=plan, until=UNTIL)
    assert not PersonalLink.objects.exists()


def test_only_the_coordinator_sends_and_answers(plan: Plan, oisy: Commune, lawyer: User, referent_oisy: User) -> None:
    with pytest.raises(PermissionDenied):
        send_for_remarks(actor=lawyer, plan=plan, until=UNTIL)
    send(plan)
    remark = say(plan, referent_oisy, oisy, "Plutôt le matin.")
    with pytest.raises(PermissionDenied):
        answer_remark(actor=referent_oisy, remark=remark, state=RemarkState.FOLLOWED, answer="")


def test_the_list_names_each_state_and_costs_the_same_for_fifty(plan: Plan, post: Post, epci: Epci) -> None:
    send(plan)
    with CaptureQueriesContext(connection) as few:
        assert [line.state for line in remark_lines(SYSTEM, plan)] == [Answered.SILENT]
    Message.objects.update(state=MessageState.FAILED.value, error="550")
    assert [line.state for line in remark_lines(SYSTEM, plan)] == [Answered.NOT_SENT]
    for number in range(50):
        commune = make_commune(epci, f"99{number:03}", f"Commune {number}")
        Participation.objects.create(epci=epci, commune=commune, standing=Standing.FIRM.value, starts=SINCE)
        visit(plan, commune, post, str(dt.date(2027, 5, 1) + dt.timedelta(days=number)), "PM")

    assert len(send_for_remarks(actor=SYSTEM, plan=plan, until=UNTIL).unreached) == 50
    with CaptureQueriesContext(connection) as many:
        assert len(remark_lines(SYSTEM, plan)) == 51
    assert len(many) == len(few)


def test_every_state_has_its_words_and_its_colour() -> None:
    assert set(ANSWERED_WORDS) == set(ANSWERED_TONES) == set(Answered)
