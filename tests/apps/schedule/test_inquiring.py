"""The mairies are asked by a link of their own: written to once, reminded, given another link, closed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from escale.apps.accounts.access import PERMISSIONS, Kind
from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.messaging.models import Message, MessageState
from escale.apps.schedule.actions.filling import answer_inquiry
from escale.apps.schedule.actions.inquiring import (
    close_inquiry,
    invite_communes,
    move_closing,
    open_inquiry,
    remind_communes,
    renew_link,
)
from escale.apps.schedule.inquiries import ASKED_TONES, ASKED_WORDS, Asked, asked_communes, asked_lines
from escale.apps.schedule.links import GIVEN, LinkHolder, address_of, find_link
from escale.apps.schedule.models import Inquiry, LinkPurpose, Participation, PersonalLink, Wish
from escale.apps.schedule.sheets import PlaceSheet, Sheet
from escale.apps.territory.actions import add_premises, name_referent, rename_commune
from escale.apps.territory.models import Commune, Epci, Premises
from escale.apps.territory.names import PlaceName
from escale.core.calendar.halfdays import Window
from escale.core.calendar.months import Month
from tests.cast import SINCE, make_commune

pytestmark = pytest.mark.django_db
YEAR = Month.range("2027-01..2027-12")
TODAY, CLOSES = dt.date(2026, 10, 1), dt.date(2026, 10, 14)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def inquiry(epci: Epci, oisy: Commune, bousignies: Commune) -> Inquiry:
    """A question to two mairies; that of Oisy alone has an address."""
    name_referent(actor=SYSTEM, commune=oisy, first_name="Rose", last_name="Exemple", starts=SINCE, email="rose@exemple.fr")
    name_referent(actor=SYSTEM, commune=bousignies, first_name="Jo", last_name="Exemple", starts=SINCE, phone="03 53 01 00 13")
    return open_inquiry(actor=SYSTEM, epci=epci, months=YEAR, closes_on=CLOSES)


def ask(inquiry: Inquiry) -> dict[str, Asked]:
    invite_communes(actor=SYSTEM, inquiry=inquiry, communes=asked_communes(inquiry.epci, YEAR))
    return states(inquiry)


def states(inquiry: Inquiry) -> dict[str, Asked]:
    return {line.commune.name: line.state for line in asked_lines(SYSTEM, inquiry)}


def link_of(inquiry: Inquiry, commune: Commune) -> PersonalLink:
    return PersonalLink.objects.get(inquiry=inquiry, commune=commune, revoked_at=None)


def holder_of(inquiry: Inquiry, commune: Commune, day: dt.date = TODAY) -> LinkHolder:
    return LinkHolder(link=link_of(inquiry, commune), day=day)


def test_each_mairie_gets_its_link_and_those_without_an_address_are_named(
    inquiry: Inquiry, oisy: Commune, bousignies: Commune
) -> None:
    sending = invite_communes(actor=SYSTEM, inquiry=inquiry, communes=[oisy, bousignies])

    assert (sending.written, sending.unreached) == ((oisy,), (bousignies,))
    letter = Message.objects.get()
    assert letter.to == "rose@exemple.fr"
    assert address_of(link_of(inquiry, oisy)) in letter.body
    assert "à Oisy" in letter.body
    assert "mercredi 14 octobre 2026 inclus" in letter.body
    assert "la tournée 2027" in letter.body
    assert link_of(inquiry, bousignies).sent_at is None


def test_a_second_click_writes_to_nobody_again(inquiry: Inquiry) -> None:
    ask(inquiry)
    ask(inquiry)

    assert Message.objects.count() == 1
    assert PersonalLink.objects.count() == 2


def test_a_reminder_goes_to_those_who_have_not_answered_and_never_on_the_same_day(
    inquiry: Inquiry, oisy: Commune, settings: Settings
) -> None:
    ask(inquiry)
    assert remind_communes(actor=SYSTEM, inquiry=inquiry).written == ()
    PersonalLink.objects.update(sent_at=dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC))

    assert remind_communes(actor=SYSTEM, inquiry=inquiry).written == (oisy,)
    assert Message.objects.first().subject == "Rappel : quels jours et quelle salle à Oisy ?"  # type: ignore[union-attr]
    PersonalLink.objects.filter(sent_at__isnull=False).update(sent_at=dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC))
    answer_inquiry(actor=holder_of(inquiry, oisy), inquiry=inquiry, commune=oisy, sheet=Sheet(), seen="")
    assert remind_communes(actor=SYSTEM, inquiry=inquiry).written == ()


def test_the_list_says_how_far_each_commune_is(inquiry: Inquiry, oisy: Commune) -> None:
    assert states(inquiry) == {"Bousignies": Asked.NO_ADDRESS, "Oisy": Asked.NEW}
    assert ask(inquiry) == {"Bousignies": Asked.NO_ADDRESS, "Oisy": Asked.SENT}
    Message.objects.update(state=MessageState.FAILED.value, error="550 inconnue")
    assert states(inquiry)["Oisy"] == Asked.NOT_SENT
    PersonalLink.objects.filter(commune=oisy).update(opened_at=dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC))
    assert states(inquiry)["Oisy"] == Asked.OPENED
    answer_inquiry(actor=holder_of(inquiry, oisy), inquiry=inquiry, commune=oisy, sheet=Sheet(), seen="")
    assert states(inquiry)["Oisy"] == Asked.ANSWERED


def test_every_state_has_its_words_and_its_colour() -> None:
    assert set(ASKED_WORDS) == set(ASKED_TONES) == set(Asked)


def test_those_that_take_part_are_asked_and_all_members_while_nobody_said(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    assert asked_communes(epci, YEAR) == [bousignies, oisy]
    Participation.objects.create(epci=epci, commune=oisy, starts=SINCE)
    assert asked_communes(epci, YEAR) == [oisy]


def test_the_list_asks_the_database_as_often_for_two_communes_as_for_fifty(epci: Epci, inquiry: Inquiry) -> None:
    ask(inquiry)
    with CaptureQueriesContext(connection) as few:
        asked_lines(SYSTEM, inquiry)
    for number in range(50):
        make_commune(epci, f"99{number:03}", f"Commune {number}")
    ask(inquiry)

    with CaptureQueriesContext(connection) as many:
        assert len(asked_lines(SYSTEM, inquiry)) == 52
    assert len(many) == len(few)


def test_a_link_gives_no_more_than_a_referent_holds() -> None:
    assert set(GIVEN) == set(LinkPurpose)
    for given in GIVEN.values():
        assert all(Kind.REFERENT in PERMISSIONS[permission] for permission in given)


def test_a_link_reaches_its_own_commune_alone(inquiry: Inquiry, oisy: Commune, bousignies: Commune) -> None:
    ask(inquiry)
    theirs = add_premises(actor=SYSTEM, commune=bousignies, name="Mairie")
    holder = holder_of(inquiry, oisy)

    for permission in GIVEN[LinkPurpose.INQUIRY]:
        assert holder.may(permission, oisy)
        assert not holder.may(permission, bousignies)
        assert not holder.may(permission, theirs)
    for permission in PERMISSIONS.keys() - GIVEN[LinkPurpose.INQUIRY]:
        assert not holder.may(permission, oisy)
    with pytest.raises(PermissionDenied):
        answer_inquiry(actor=holder, inquiry=inquiry, commune=bousignies, sheet=Sheet(), seen="")
    with pytest.raises(PermissionDenied):
        rename_commune(actor=holder, commune=oisy, name=PlaceName(bare="Autre"))


def test_a_link_gives_nothing_once_it_is_closed_or_revoked(inquiry: Inquiry, oisy: Commune) -> None:
    ask(inquiry)
    late = holder_of(inquiry, oisy, CLOSES + dt.timedelta(days=1))
    renew_link(actor=SYSTEM, link=link_of(inquiry, oisy))
    revoked = LinkHolder(link=PersonalLink.objects.exclude(revoked_at=None).get(), day=TODAY)

    assert not late.may("schedule.wishes", oisy)
    assert not revoked.may("schedule.wishes", oisy)
    assert find_link(revoked.link.key) is None


def test_an_answer_is_written_whole_or_not_at_all(inquiry: Inquiry, oisy: Commune) -> None:
    ask(inquiry)
    twins = (PlaceSheet(name="Mairie"), PlaceSheet(name="École", morning_start=dt.time(14)))

    with pytest.raises(ValidationError) as refused:
        answer_inquiry(actor=holder_of(inquiry, oisy), inquiry=inquiry, commune=oisy, sheet=Sheet(places=twins), seen="")

    assert list(refused.value.message_dict) == ["lieu-1-name"]
    assert not Wish.objects.exists()
    assert not Premises.objects.exists()


def test_the_answer_names_the_link_in_the_log_and_nobody(inquiry: Inquiry, oisy: Commune) -> None:
    ask(inquiry)
    holder = holder_of(inquiry, oisy)

    answer_inquiry(actor=holder, inquiry=inquiry, commune=oisy, sheet=Sheet(comment="Secret"), seen="")

    entry = Entry.objects.get(event="schedule.inquiry_answered")
    assert entry.actor == f"link:{holder.link.pk}"
    assert "Secret" not in str(entry.details)


def test_a_coordinator_may_write_an_answer_that_was_told_by_telephone(
    inquiry: Inquiry, oisy: Commune, coordinator: User, stranger: User
) -> None:
    sheet = Sheet(impossible=frozenset({Window.parse("TUE_AM")}))
    with pytest.raises(PermissionDenied):
        answer_inquiry(actor=stranger, inquiry=inquiry, commune=oisy, sheet=sheet, seen="")

    wish = answer_inquiry(actor=coordinator, inquiry=inquiry, commune=oisy, sheet=sheet, seen="")

    assert wish.impossible == ["TUE_AM"]


def test_closing_and_another_day_reach_the_links(inquiry: Inquiry, oisy: Commune) -> None:
    ask(inquiry)
    close_inquiry(actor=SYSTEM, inquiry=inquiry)
    assert not link_of(inquiry, oisy).is_open_on(TODAY)
    with pytest.raises(ValidationError, match="close"):
        remind_communes(actor=SYSTEM, inquiry=inquiry)

    move_closing(actor=SYSTEM, inquiry=inquiry, closes_on=CLOSES)

    assert link_of(inquiry, oisy).is_open_on(CLOSES)


@pytest.mark.parametrize(
    ("months", "closes", "field"),
    [("2027-01..2027-12", dt.date(2026, 9, 30), "closes_on"), ("2026-01..2026-03", CLOSES, "last_month")],
)
def test_a_question_about_the_past_is_refused(epci: Epci, months: str, closes: dt.date, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        open_inquiry(actor=SYSTEM, epci=epci, months=Month.range(months), closes_on=closes)

    assert list(refused.value.message_dict) == [field]


def test_the_same_months_are_asked_about_once(inquiry: Inquiry) -> None:
    with pytest.raises(ValidationError, match="déjà consultées"):
        open_inquiry(actor=SYSTEM, epci=inquiry.epci, months=YEAR, closes_on=CLOSES)


def test_only_the_coordinator_asks(epci: Epci, inquiry: Inquiry, lawyer: User, referent_oisy: User) -> None:
    for actor in (lawyer, referent_oisy):
        with pytest.raises(PermissionDenied):
            invite_communes(actor=actor, inquiry=inquiry, communes=[])
        with pytest.raises(PermissionDenied):
            open_inquiry(actor=actor, epci=epci, months=YEAR, closes_on=CLOSES)
