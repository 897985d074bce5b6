"""The committee meets at most three times a year, convenes by personal links, and its proposals have a fate (art. 6)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.committee.actions import (
    add_member,
    cancel_meeting,
    convene,
    end_member,
    hold_meeting,
    open_folder,
    plan_meeting,
    prepare_meeting,
    propose,
    renew_invitation,
    revoke_invitation,
    settle_proposal,
)
from escale.apps.committee.actions.proposing import one_line
from escale.apps.committee.labels import FATES, PRESENCES, STATES
from escale.apps.committee.minutes import minutes_of
from escale.apps.committee.models import Fate, Invitation, Meeting, MeetingState, Member, Presence, Proposal
from escale.apps.committee.queries import communes_without_member, proposed_agenda
from escale.apps.documents.rendering import Layout, to_pdf
from escale.apps.messaging.models import Message
from escale.apps.obligations.models import Attendance
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import in_force
from tests.web.takeaway.paper import text_of

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def sit(coordinator: User, epci: Epci, commune: Commune | None, name: str) -> Member:
    said = {"first_name": name, "last_name": "Exemple", "function": "maire", "email": f"{name.lower()}@exemple.fr"}
    return add_member(actor=coordinator, epci=epci, commune=commune, starts=dt.date(2025, 1, 1), **said)


def meet(coordinator: User, epci: Epci, day: dt.date) -> Meeting:
    return plan_meeting(actor=coordinator, epci=epci, date=day, hour=dt.time(14), place="Wallers")


def ready(coordinator: User, epci: Epci, day: dt.date = dt.date(2027, 3, 5)) -> Meeting:
    row = meet(coordinator, epci, day)
    return prepare_meeting(actor=coordinator, meeting=row, agenda="1. Les dates", decisions="Un essai", costs="0 €")


def test_a_fourth_meeting_of_the_year_is_refused_and_names_the_three(coordinator: User, epci: Epci) -> None:
    for month in (3, 6, 9):
        meet(coordinator, epci, dt.date(2027, month, 9))

    with pytest.raises(ValidationError) as refused:
        meet(coordinator, epci, dt.date(2027, 12, 15))

    told = refused.value.message_dict["date"][0]
    assert "le 9 mars 2027, le 9 juin 2027 et le 9 septembre 2027" in told
    assert meet(coordinator, epci, dt.date(2028, 1, 12)).is_planned
    cancel_meeting(actor=coordinator, meeting=Meeting.objects.get(date="2027-06-09"), reason="Élections")
    assert meet(coordinator, epci, dt.date(2027, 12, 15)).is_planned


def test_every_member_of_the_day_is_written_to_once_with_a_link_of_their_own(
    coordinator: User, epci: Epci, oisy: Commune, bousignies: Commune
) -> None:
    sit(coordinator, epci, oisy, "Paul")
    gone = sit(coordinator, epci, bousignies, "Rose")
    end_member(actor=coordinator, member=gone, ends=dt.date(2026, 12, 31))
    sit(coordinator, epci, None, "Nadia")
    meeting = ready(coordinator, epci)

    sent = [convene(actor=coordinator, meeting=meeting).sent for _ in range(2)]

    assert sent == [2, 0]
    letters = {letter.to: letter.body for letter in Message.objects.all()}
    keys = {one.member.email: one.key for one in Invitation.objects.select_related("member")}
    assert set(letters) == set(keys) == {"paul@exemple.fr", "nadia@exemple.fr"}
    assert f"/repondre/comite/{keys['paul@exemple.fr']}/" in letters["paul@exemple.fr"]
    assert keys["nadia@exemple.fr"] not in letters["paul@exemple.fr"]


def test_a_revoked_link_is_as_if_it_had_never_been_until_another_is_given(coordinator: User, epci: Epci, oisy: Commune) -> None:
    sit(coordinator, epci, oisy, "Paul")
    convene(actor=coordinator, meeting=ready(coordinator, epci))
    invitation = Invitation.objects.get()
    assert open_folder(key=invitation.key) == invitation

    revoke_invitation(actor=coordinator, invitation=invitation)

    assert open_folder(key=invitation.key) is None
    renewed = renew_invitation(actor=coordinator, invitation=invitation)
    assert open_folder(key=invitation.key) is None
    assert open_folder(key=renewed.key) == invitation
    assert renewed.key in Message.objects.latest("pk").body


def test_whoever_was_convened_is_told_that_the_meeting_is_cancelled(coordinator: User, epci: Epci, oisy: Commune) -> None:
    sit(coordinator, epci, oisy, "Paul")
    meeting = ready(coordinator, epci)
    convene(actor=coordinator, meeting=meeting)

    cancel_meeting(actor=coordinator, meeting=meeting, reason="la salle est fermée.")

    last = Message.objects.latest("pk")
    assert last.subject == "Comité de suivi du vendredi 5 mars 2027 : annulé"
    assert "la salle est fermée." in last.body


def test_a_folder_closes_two_months_after_its_meeting(coordinator: User, epci: Epci, oisy: Commune, settings: Settings) -> None:
    sit(coordinator, epci, oisy, "Paul")
    convene(actor=coordinator, meeting=ready(coordinator, epci))
    key = Invitation.objects.get().key

    settings.ESCALE_TODAY = dt.date(2027, 5, 4)
    assert open_folder(key=key) is not None
    settings.ESCALE_TODAY = dt.date(2027, 5, 5)
    assert open_folder(key=key) is None


def test_nobody_is_convened_without_agenda_or_member(coordinator: User, epci: Epci) -> None:
    with pytest.raises(ValidationError, match="ordre du jour"):
        convene(actor=coordinator, meeting=meet(coordinator, epci, dt.date(2027, 3, 5)))
    with pytest.raises(ValidationError, match="pas encore de membre"):
        convene(actor=coordinator, meeting=ready(coordinator, epci, dt.date(2027, 3, 6)))


def test_the_agenda_comes_from_the_data(coordinator: User, epci: Epci, oisy: Commune) -> None:
    in_force(epci, oisy)
    propose(actor=coordinator, epci=epci, words="Deux passages par mois", commune=oisy)

    agenda = proposed_agenda(epci, TODAY)

    assert communes_without_member(epci, TODAY) == [oisy]
    assert agenda.startswith("1. Point à régler : "), "no minutes precede the first meeting"
    assert "Proposition n° 1 (Oisy) : Deux passages par mois" in agenda
    assert "Communes sans représentant : Oisy" in agenda


def test_a_meeting_that_was_held_has_minutes_as_an_accessible_pdf(coordinator: User, epci: Epci, oisy: Commune) -> None:
    sit(coordinator, epci, oisy, "Paul")
    meeting = ready(coordinator, epci, TODAY)
    convene(actor=coordinator, meeting=meeting)
    propose(actor=coordinator, epci=epci, words="Essayer le samedi", meeting=meeting)
    one = Invitation.objects.get()

    held = hold_meeting(
        actor=coordinator, meeting=meeting, presences={one.pk: Presence.EXCUSED}, minutes="On a parlé des dates.\nTous d’accord."
    )

    pdf = to_pdf(minutes_of(held), Layout.MINUTES)
    text = " ".join(text_of(pdf).split())
    assert held.state == MeetingState.HELD
    assert "On a parlé des dates." in text
    assert "excusé" in text
    assert "Essayer le samedi" in text
    assert b"pdfuaid" in pdf, "declared PDF/UA-1"


def test_what_a_commune_did_is_known_of_its_obligation_and_a_correction_counts(
    coordinator: User, epci: Epci, oisy: Commune
) -> None:
    for name in ("Paul", "Rose"):
        sit(coordinator, epci, oisy, name)
    sit(coordinator, epci, None, "Aline")
    meeting = ready(coordinator, epci, TODAY)
    convene(actor=coordinator, meeting=meeting)
    paul, rose = Invitation.objects.filter(member__commune=oisy).order_by("member__first_name")

    there = {paul.pk: Presence.ABSENT, rose.pk: Presence.REPRESENTED}
    hold_meeting(actor=coordinator, meeting=meeting, presences=there, minutes="Dit")
    assert Attendance.objects.values_list("commune", "day", "took_part").get() == (oisy.pk, TODAY, True)

    hold_meeting(actor=coordinator, meeting=meeting, presences={paul.pk: Presence.EXCUSED}, minutes="Dit")
    assert not Attendance.objects.get().took_part


def test_a_meeting_to_come_has_no_minutes_and_one_that_was_held_is_not_cancelled(coordinator: User, epci: Epci) -> None:
    coming = ready(coordinator, epci)
    with pytest.raises(ValidationError, match="pas encore eu lieu"):
        hold_meeting(actor=coordinator, meeting=coming, presences={}, minutes="Rien")
    held = hold_meeting(actor=coordinator, meeting=ready(coordinator, epci, TODAY), presences={}, minutes="Dit")

    with pytest.raises(ValidationError, match="ne change plus"):
        cancel_meeting(actor=coordinator, meeting=held, reason="Erreur")


def test_a_rejected_proposal_says_why_and_the_database_holds_it(coordinator: User, epci: Epci) -> None:
    row = propose(actor=coordinator, epci=epci, words="Ouvrir le dimanche")
    with pytest.raises(ValidationError, match="pourquoi"):
        settle_proposal(actor=coordinator, proposal=row, fate=Fate.REJECTED)
    with pytest.raises(ValidationError, match="Choisir l’avenant"):
        settle_proposal(actor=coordinator, proposal=row, fate=Fate.AVENANT)

    settled = settle_proposal(actor=coordinator, proposal=row, fate=Fate.REJECTED, reason="Hors de l’article 4")

    assert (settled.fate, settled.settled_on) == (Fate.REJECTED, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=row.pk).update(reason="")


def test_a_line_of_the_register_keeps_its_no_break_spaces() -> None:
    assert one_line(" environ 7,4\u00a0km\r\n par  accompagnement ") == "environ 7,4\u00a0km par accompagnement"


def test_only_the_coordination_leads_the_committee(lawyer: User, epci: Epci) -> None:
    with pytest.raises(PermissionDenied):
        meet(lawyer, epci, dt.date(2027, 3, 5))


def test_every_value_has_its_words() -> None:
    for labels, sort in ((STATES, MeetingState), (PRESENCES, Presence), (FATES, Fate)):
        assert set(labels) == set(sort)
