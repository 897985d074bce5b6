"""The pages of the means in the steering: what is there, what lacks, who is late; and an absence that names what it hits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.schedule.problems import mediator_id
from escale.apps.team.actions import (
    add_piece,
    open_kit,
    open_meeting_room,
    open_permanence,
    record_structure_habilitation,
    report_fault,
)
from escale.apps.team.models import (
    Fault,
    Habilitation,
    Inventory,
    Kit,
    Leave,
    Loan,
    MeetingRoom,
    Permanence,
    Piece,
    RoomBooking,
    Training,
)
from escale.core.calendar.halfdays import Window
from escale.core.team.equipment import LIST
from tests.web.cast import Cast
from tests.web.counting import queries_of
from tests.web.reading import plain
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db

SINCE = dt.date(2026, 1, 5)
LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


@pytest.fixture
def client(cast: Cast, logged_in: LogIn) -> Client:
    return logged_in(cast.coordinator)


@pytest.fixture
def kit(cast: Cast) -> Kit:
    kit = open_kit(actor=SYSTEM, epci=cast.epci, label="Malle 1", post=cast.camille.occupancies.get().post, starts=SINCE)
    kinds = [kind for kind, count in LIST.items() for _ in range(count)]
    for number, kind in enumerate(kinds, start=1):
        add_piece(actor=SYSTEM, kit=kit, number=number, kind=kind, starts=SINCE)
    return kit


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"steering:{name}", args=args))
    assert response.status_code == 200
    return plain(response)


def sent(client: Client, name: str, /, *args: object, **values: object) -> str:
    """Send a form, and return the page to which it leads, or the one that refuses."""
    return plain(client.post(reverse(f"steering:{name}", args=args), values, follow=True))


def test_without_any_kit_the_page_says_what_will_stand_there(cast: Cast, client: Client) -> None:
    assert "Aucune malle pour le moment" in page(client, "kits")


def test_a_kit_says_whether_it_is_complete_and_who_has_it(client: Client, kit: Kit) -> None:
    shown = page(client, "kits")
    assert ">Complète<" in shown
    assert "Camille Exemple" in shown
    assert "à compter cette semaine" in shown

    report_fault(actor=SYSTEM, piece=Piece.objects.get(number=2), words="Écran noir")

    assert "5 ordinateurs portables sur 6 (art. 3-2)" in page(client, "kits")
    assert "Écran noir" in page(client, "kit", kit.pk)


def test_a_kit_is_put_in_service_and_filled_through_the_screens(cast: Cast, client: Client) -> None:
    sent(client, "add_kit", label="Malle 2", post="", starts="2026-11-23")
    kit = Kit.objects.get()
    shown = sent(client, "add_piece", kit.pk, number="7", kind="PROJECTOR", label="", serial="", starts="2026-11-23")

    assert "Vidéoprojecteur n° 7" in shown
    again = sent(client, "add_piece", kit.pk, number="7", kind="LAPTOP", label="", serial="", starts="2026-11-23")
    assert "Un autre matériel porte déjà ce numéro" in again


def test_a_kit_is_counted_and_a_missing_piece_is_told(client: Client, kit: Kit, cast: Cast) -> None:
    answers: dict[str, object] = {f"piece_{piece.pk}": "PRESENT" for piece in kit.pieces.all()}
    missing = kit.pieces.get(number=8)

    shown = sent(client, "count_kit", kit.pk, **{**answers, f"piece_{missing.pk}": "MISSING", "ink": "LOW", "paper": "OK"})

    assert Inventory.objects.get().made_by == cast.coordinator
    assert "aucun vidéoprojecteur" in shown
    assert "encre bientôt vide" in shown


def test_a_piece_is_lent_returned_erased_and_mended_by_one_button_each(client: Client, kit: Kit) -> None:
    piece = kit.pieces.get(number=2)
    sent(client, "lend_piece", kit.pk, piece=piece.pk, borrower="Mairie de Denain", starts="2026-11-20", due_on="")
    assert "à Mairie de Denain" in page(client, "kit", kit.pk)
    assert "à effacer" in sent(client, "do_to_piece", piece.pk, "rendu")
    assert "il peut servir" in sent(client, "do_to_piece", piece.pk, "efface")
    sent(client, "tell_fault", kit.pk, piece=piece.pk, words="Écran noir")
    assert "compte de nouveau" in sent(client, "do_to_piece", piece.pk, "repare")

    assert Loan.objects.get().ends == TODAY
    assert Fault.objects.get().mended_on == TODAY
    assert "n’est pas prêté" in sent(client, "do_to_piece", piece.pk, "rendu")
    assert client.post(reverse("steering:do_to_piece", args=[piece.pk, "inconnu"])).status_code == 404


def test_a_piece_goes_out_of_service(client: Client, kit: Kit) -> None:
    piece = kit.pieces.get(number=2)

    sent(client, "edit_piece", piece.pk, number="2", kit=kit.pk, label="Vieux", serial="", ends="2026-11-22")

    assert "5 ordinateurs portables sur 6" in page(client, "kit", kit.pk)


def test_a_room_is_booked_for_a_day_and_not_twice(cast: Cast, client: Client) -> None:
    sent(client, "add_room", name="Passerelle", commune=cast.denain.pk, address="", seats="8", starts="2026-11-23")
    room = MeetingRoom.objects.get()
    booking = {"room": room.pk, "date": "2026-12-07", "halves": "DAY", "subject": "Logiciels libres"}

    assert "lundi 7 décembre 2026, matin".capitalize() in sent(client, "book_room", **booking)
    assert "La salle est déjà prise" in sent(client, "book_room", **booking)
    assert RoomBooking.objects.count() == 2

    first = RoomBooking.objects.first()
    assert first is not None
    assert "annulée" in sent(client, "cancel_room", first.pk)
    assert "annuler d’abord cela" in sent(client, "close_room", room.pk, ends="2026-11-30")


def test_a_permanence_is_shown_with_its_days_and_counted_apart(cast: Cast, client: Client) -> None:
    post = cast.camille.occupancies.get().post
    form = {"place": "Médiathèque", "commune": cast.denain.pk, "address": "", "post": post.pk, "window": "WED_AM"}
    hours = {"opens": "09:30", "closes": "12:00", "every": "2", "starts": "2026-11-04", "ends": ""}

    shown = sent(client, "add_permanence", **form, **hours)

    assert "Mercredi 2 décembre 2026" in shown
    assert "<strong>2</strong> permanences" in shown, "on the 4th and the 18th of November"
    assert Permanence.objects.get().every == 2
    assert "déjà à Médiathèque" in sent(client, "add_permanence", **{**form, **hours, "every": "1"})
    assert "jusqu" in page(client, "stop_permanence", Permanence.objects.get().pk)


def test_someone_who_is_not_habilitated_in_time_is_told(cast: Cast, client: Client) -> None:
    assert "à habiliter depuis le samedi 4 juillet 2026" in page(client, "learning")
    sent(client, "edit_structure", starts="2026-01-05", ends="")

    form = {"trained_on": "2026-02-02", "granted_on": "2026-03-02", "ends": ""}
    shown = sent(client, "edit_habilitation", cast.camille.pk, **form)

    assert Habilitation.objects.get().mediator == cast.camille
    assert "Habilitation en cours" in shown
    assert "à habiliter depuis" not in shown


def test_hours_of_training_are_written_and_added_up(cast: Cast, client: Client) -> None:
    record_structure_habilitation(actor=SYSTEM, epci=cast.epci, starts=SINCE)
    form = {"mediator": cast.camille.pk, "date": "2026-11-02", "hours": "3,5", "subject": "Libre", "provider": "", "booking": ""}

    shown = sent(client, "add_training", **form)

    assert "3,5 h en douze mois" in shown
    assert "Formation retirée" in sent(client, "remove_training", Training.objects.get().pk)


def test_an_absence_names_the_visits_that_it_leaves_without_anyone_and_leads_to_their_repair(cast: Cast, client: Client) -> None:
    make_visit(cast, cast.oisy, day(12, 8))
    make_visit(cast, cast.denain, day(12, 9), "PM")

    absence = {"mediator": cast.camille.pk, "kind": "LEAVE", "starts": "2026-12-08", "ends": "2026-12-09"}
    shown = sent(client, "add_leave", **absence)

    assert Leave.objects.count() == 1
    assert "2 passages publiés n’ont plus personne" in shown
    assert "Mardi 8 décembre 2026, matin : Oisy" in shown
    post = cast.camille.occupancies.get().post
    assert f"/pilotage/tournee/imprevu/absence/?post={mediator_id(post)}&starts=2026-12-08&ends=2026-12-09" in shown


def test_ten_kits_cost_the_page_as_much_as_one(cast: Cast, client: Client, kit: Kit) -> None:
    page(client, "kits")
    alone = queries_of(client, reverse("steering:kits"))
    for number in range(2, 11):
        other = open_kit(actor=SYSTEM, epci=cast.epci, label=f"Malle {number}", post=None, starts=SINCE)
        add_piece(actor=SYSTEM, kit=other, number=100 + number, kind=next(iter(LIST)), starts=SINCE)

    assert queries_of(client, reverse("steering:kits")) == alone


def test_many_rooms_bookings_and_permanences_cost_as_much_as_one(cast: Cast, client: Client) -> None:
    post = cast.camille.occupancies.get().post

    def more(number: int) -> None:
        room = open_meeting_room(
            actor=SYSTEM, epci=cast.epci, commune=cast.denain, name=f"Salle {number}", address="", seats=8, starts=SINCE
        )
        RoomBooking.objects.create(room=room, date=day(12, 1), half="AM", subject="Libre")
        open_permanence(
            actor=SYSTEM,
            post=post,
            commune=cast.denain,
            place=f"Médiathèque {number}",
            window=Window.parse("WED_AM"),
            opens=dt.time(9),
            closes=dt.time(12),
            starts=SINCE + dt.timedelta(weeks=number),
            every=12,
        )
        Training.objects.create(mediator=cast.camille, date=day(11, number + 1), hours=3, subject="Libre")

    more(0)
    names = ("rooms", "permanences", "learning")
    for name in names:
        page(client, name)
    alone = [queries_of(client, reverse(f"steering:{name}")) for name in names]
    for number in range(1, 10):
        more(number)

    assert [queries_of(client, reverse(f"steering:{name}")) for name in names] == alone
