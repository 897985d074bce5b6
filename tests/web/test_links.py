"""A mairie opens its link and answers for its commune, in two minutes and without an account; nothing it typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.schedule.actions.inquiring import invite_communes, open_inquiry, renew_link, revoke_link
from escale.apps.schedule.models import Inquiry, PersonalLink, Wish
from escale.apps.territory.actions import set_setting
from escale.apps.territory.models import Closure, Commune, Coverage, KeyHolder, Premises, Room
from escale.core.calendar.months import Month
from tests.web.cast import Cast
from tests.web.reading import plain

pytestmark = pytest.mark.django_db
YEAR = Month.range("2027-01..2027-12")
CLOSES = dt.date(2026, 10, 14)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.ESCALE_TODAY = dt.date(2026, 10, 1)


@pytest.fixture
def inquiry(cast: Cast) -> Inquiry:
    set_setting(actor=SYSTEM, epci=cast.epci, key="COORDINATION_PHONE", value="03 53 01 00 10")
    return open_inquiry(actor=SYSTEM, epci=cast.epci, months=YEAR, closes_on=CLOSES)


@pytest.fixture
def link(cast: Cast, inquiry: Inquiry) -> PersonalLink:
    return link_of(inquiry, cast.oisy)


def link_of(inquiry: Inquiry, commune: Commune) -> PersonalLink:
    invite_communes(actor=SYSTEM, inquiry=inquiry, communes=[commune])
    return PersonalLink.objects.get(inquiry=inquiry, commune=commune, revoked_at=None)


def path_of(link: PersonalLink) -> str:
    return f"/repondre/{link.key}/"


def typed(**fields: object) -> dict[str, object]:
    """What a browser sends: every field of the page, as someone filled it in."""
    place = Premises.objects.filter(commune__code="59446").first()
    room = Room.objects.filter(premises=place).first()
    sent: dict[str, object] = {
        "seen": "",
        "impossible": ["TUE_AM"],
        "wished": ["THU_PM"],
        "market": "",
        "market_effect": "neutral",
        "comment": "",
        "dates-0-starts": "",
        "dates-0-ends": "",
        "lieu-0-known": str(place.pk) if place else "",
        "lieu-0-name": "Mairie",
        "lieu-0-address": "12 rue de l’Église",
        "lieu-0-morning_start": "",
        "lieu-0-afternoon_start": "",
        **{f"lieu-0-signal_{name}": "" for name in ("orange", "sfr", "bouygues", "free")},
        **{f"lieu-0-holder_{n}_{part}": "" for n in (1, 2) for part in ("name", "phone")},
        "lieu-0-salle-0-known": str(room.pk) if room else "",
        "lieu-0-salle-0-name": "Salle du conseil",
        "lieu-0-salle-0-is_private": "on",
        "lieu-0-salle-0-is_heated": "on",
        "lieu-0-salle-0-sockets": "",
    }
    return sent | fields


def text(response: object) -> str:
    return plain(response)


def beside(page: str, field: str) -> str:
    return page.split(f'id="{field}_error"')[1].split("</div>")[0]


def test_the_page_says_for_which_commune_and_until_when(link: PersonalLink) -> None:
    page = text(Client().get(path_of(link)))

    assert "Vous répondez pour la commune d’Oisy." in page
    assert "mercredi 14 octobre 2026" in page
    assert "mardi matin" in page
    assert page.count('name="impossible"') == 7
    assert "Ce n’est pas votre commune ?" in page
    assert "03 53 01 00 10" in page


def test_it_is_filled_with_what_is_known(link: PersonalLink) -> None:
    page = text(Client().get(path_of(link)))

    assert 'value="12 rue de l’Église"' in page
    assert 'value="Salle du conseil"' in page


def test_an_answer_is_saved_and_read_back_in_sentences(cast: Cast, link: PersonalLink) -> None:
    sent = typed(
        market="FRI_AM",
        market_effect="avoid",
        comment="La salle est au fond de la cour.",
        **{
            "dates-0-starts": "2027-07-12",
            "dates-0-ends": "2027-07-14",
            "lieu-0-morning_start": "08:30",
            "lieu-0-signal_orange": "GOOD",
            "lieu-0-holder_1_name": "Rose Exemple",
            "lieu-0-holder_1_phone": "03 53 01 00 12",
            "lieu-0-salle-0-sockets": "4",
        },
    )

    page = text(Client().post(path_of(link), sent, follow=True))

    assert "Merci : la commune d’Oisy a répondu" in page
    assert "La commune ne peut pas ouvrir : mardi matin." in page
    assert "Elle préfère : jeudi après-midi." in page
    assert "Le marché est le vendredi matin : il vaut mieux éviter ce jour-là." in page
    assert "du 12 juillet 2027 au 14 juillet 2027" in page
    assert "à l’abri des regards, chauffée, 4 prises" in page
    assert "Rose Exemple (03 53 01 00 12)" in page
    assert "Orange, bon réseau" in page
    assert "jusqu’au" in page
    assert "mercredi 14 octobre 2026" in page
    wish = Wish.objects.get()
    assert (wish.commune, wish.impossible, wish.wished) == (cast.oisy, ["TUE_AM"], ["THU_PM"])
    assert wish.closed_days == ["2027-07-12", "2027-07-13", "2027-07-14"]
    assert Premises.objects.get(commune=cast.oisy).morning_start == dt.time(8, 30)
    assert Room.objects.get().sockets == 4
    assert Coverage.objects.get().signal == "GOOD"
    assert KeyHolder.objects.get().name == "Rose Exemple"
    assert not Closure.objects.exists()


def test_a_commune_without_any_place_gives_one(cast: Cast, inquiry: Inquiry) -> None:
    link = link_of(inquiry, cast.denain)
    sent = typed(**{"lieu-0-known": "", "lieu-0-salle-0-known": "", "lieu-0-name": "Médiathèque"})

    Client().post(path_of(link), sent)

    place = Premises.objects.get(commune=cast.denain)
    assert (place.name, [room.name for room in place.rooms.all()]) == ("Médiathèque", ["Salle du conseil"])


def test_a_room_that_is_preferred_comes_first(cast: Cast, link: PersonalLink) -> None:
    sent = typed(**{"lieu-0-salle-1-known": "", "lieu-0-salle-1-name": "Bureau 2", "lieu-0-salle-1-first": "on"})

    Client().post(path_of(link), sent)

    assert list(Room.objects.values_list("name", "rank")) == [("Bureau 2", 1), ("Salle du conseil", 2)]


def test_a_second_place_that_is_preferred_comes_first(cast: Cast, link: PersonalLink) -> None:
    sent = typed(
        **{
            "lieu-1-known": "",
            "lieu-1-name": "Médiathèque",
            "lieu-1-first": "on",
            "lieu-1-salle-0-known": "",
            "lieu-1-salle-0-name": "",
        }
    )

    Client().post(path_of(link), sent)

    assert list(Premises.objects.filter(commune=cast.oisy).values_list("name", flat=True)) == ["Médiathèque", "Mairie"]


def test_the_link_used_twice_shows_the_answer_and_lets_correct_it(link: PersonalLink) -> None:
    Client().post(path_of(link), typed())
    other = Client()

    assert "Vous nous avez dit" in text(other.get(path_of(link)))
    correcting = text(other.get(path_of(link), {"corriger": "1"}))
    assert 'value="TUE_AM"' in correcting.split("checked")[0].rsplit("<input", 1)[1]
    seen = correcting.split('name="seen" value="')[1].split('"')[0]
    other.post(path_of(link), typed(impossible=["WED_PM"], seen=seen))
    assert Wish.objects.get().impossible == ["WED_PM"]


def test_two_browsers_the_second_sees_the_first_answer_and_keeps_its_own(link: PersonalLink) -> None:
    first, second = Client(), Client()
    first.post(path_of(link), typed(impossible=["TUE_AM"]))

    page = text(second.post(path_of(link), typed(impossible=["FRI_PM"], comment="Je tiens à ce texte")))

    assert "Quelqu’un de votre mairie a répondu entre-temps" in page
    assert "La commune ne peut pas ouvrir : mardi matin." in page
    assert "Je tiens à ce texte" in page
    assert Wish.objects.get().impossible == ["TUE_AM"]
    seen = page.split('name="seen" value="')[1].split('"')[0]
    second.post(path_of(link), typed(impossible=["FRI_PM"], seen=seen))
    assert Wish.objects.get().impossible == ["FRI_PM"]


def test_sending_twice_the_same_says_no_more_than_once(link: PersonalLink) -> None:
    new = {"lieu-1-known": "", "lieu-1-name": "École", "lieu-1-salle-0-known": "", "lieu-1-salle-0-name": ""}
    client = Client()

    assert client.post(path_of(link), typed(**new)).status_code == 302
    assert client.post(path_of(link), typed(**new)).status_code == 302
    assert Premises.objects.filter(name="École").count() == 1


def test_a_sheet_with_all_half_days_impossible_is_refused(link: PersonalLink) -> None:
    every = ["TUE_AM", "TUE_PM", "WED_PM", "THU_AM", "THU_PM", "FRI_AM", "FRI_PM"]

    page = text(Client().post(path_of(link), typed(impossible=every, wished=[], comment="Je tiens à ce texte")))

    assert "en laisser au moins une" in beside(page, "id_impossible")
    assert "Je tiens à ce texte" in page
    assert not Wish.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"market": "TUE_AM", "market_effect": "seek"}, "id_market_effect", "coché comme impossible"),
        ({"market": "SAT_AM", "market_effect": "seek"}, "id_market_effect", "ne vient pas le samedi matin"),
        ({"market": "", "market_effect": "avoid"}, "id_market", "Dire quel jour est le marché"),
        ({"market_effect": ""}, "id_market_effect", "Choisir l’une des trois réponses"),
        ({"wished": ["TUE_AM"]}, "id_wished", "choisir l’un des deux"),
        ({"dates-0-starts": "2028-01-04"}, "id_dates-0-starts", "Donner une date entre le 01/01/2027 et le 31/12/2027"),
        ({"dates-0-starts": "2027-02-31"}, "id_dates-0-starts", "Écrire la date comme"),
        ({"dates-0-starts": "2027-03-02", "dates-0-ends": "2027-03-01"}, "id_dates-0-ends", "avant le premier"),
        ({"dates-0-ends": "2027-03-01"}, "id_dates-0-starts", "Donner aussi le premier jour"),
        ({"lieu-0-name": ""}, "id_lieu-0-name", "Donner le nom du lieu"),
        ({"lieu-0-morning_start": "14:00"}, "id_lieu-0-morning_start", "avant midi"),
        ({"lieu-0-afternoon_start": "23:00"}, "id_lieu-0-afternoon_start", "midi ou plus tard"),
        ({"lieu-0-holder_1_name": "Rose"}, "id_lieu-0-holder_1_phone", "Donner aussi son téléphone"),
        ({"lieu-0-holder_2_phone": "03 53"}, "id_lieu-0-holder_2_phone", "incomplet"),
        ({"lieu-0-salle-0-sockets": "beaucoup"}, "id_lieu-0-salle-0-sockets", "Écrire un nombre"),
        (
            {"lieu-0-salle-1-known": "", "lieu-0-salle-1-name": "Bureau", "lieu-0-salle-1-sockets": "-1"},
            "id_lieu-0-salle-1-sockets",
            "Écrire 0 ou plus",
        ),
        (
            {"lieu-1-known": "", "lieu-1-name": "", "lieu-1-salle-0-known": "", "lieu-1-salle-0-name": "Salle B"},
            "id_lieu-1-name",
            "Donner le nom du lieu",
        ),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_written(
    link: PersonalLink, fields: dict[str, object], field: str, words: str
) -> None:
    page = text(Client().post(path_of(link), typed(comment="Je tiens à ce texte", **fields)))

    assert words in beside(page, field)
    assert f'href="#{field}' in page
    assert "Je tiens à ce texte" in page
    assert not Wish.objects.exists()
    assert Premises.objects.count() == 1


def test_what_only_the_database_refuses_is_told_beside_its_field_too(cast: Cast, link: PersonalLink) -> None:
    hall = Premises.objects.get()
    Premises.objects.create(commune=cast.oisy, name="École", rank=2)

    page = text(Client().post(path_of(link), typed(**{"lieu-0-known": str(hall.pk), "lieu-0-name": "École"})))

    assert "déjà un lieu de ce nom" in beside(page, "id_lieu-0-name")
    assert not Wish.objects.exists()


def test_the_place_of_another_commune_is_out_of_reach(cast: Cast, link: PersonalLink) -> None:
    theirs = Premises.objects.create(commune=cast.denain, name="Hôtel de ville")

    Client().post(path_of(link), typed(**{"lieu-0-known": str(theirs.pk), "lieu-0-name": "Prise"}))

    theirs.refresh_from_db()
    assert theirs.name == "Hôtel de ville"


def test_after_the_date_it_says_so_keeps_the_answer_and_says_whom_to_call(link: PersonalLink, settings: Settings) -> None:
    Client().post(path_of(link), typed())
    settings.ESCALE_TODAY = CLOSES + dt.timedelta(days=1)

    page = text(Client().get(path_of(link)))

    assert "La consultation est close depuis le jeudi 15 octobre 2026" in " ".join(page.split()).replace("</time>", "").replace(
        '<time datetime="2026-10-15">', ""
    )
    assert "03 53 01 00 10" in page
    assert "La commune ne peut pas ouvrir : mardi matin." in page


def test_what_is_sent_too_late_is_shown_back(link: PersonalLink, settings: Settings) -> None:
    settings.ESCALE_TODAY = CLOSES + dt.timedelta(days=1)

    response = Client().post(path_of(link), typed(comment="Je tiens à ce texte"))

    assert response.status_code == 409
    assert "Je tiens à ce texte" in text(response)
    assert not Wish.objects.exists()


def test_the_last_day_still_counts(link: PersonalLink, settings: Settings) -> None:
    settings.ESCALE_TODAY = CLOSES

    assert Client().post(path_of(link), typed()).status_code == 302


def test_a_link_that_is_unknown_or_revoked_is_a_kind_404(link: PersonalLink) -> None:
    revoke_link(actor=SYSTEM, link=link)

    for path in (path_of(link), "/repondre/n-importe-quoi/"):
        response = Client().get(path)
        assert response.status_code == 404
        assert "n’est plus, valable" in text(response)
        assert response["Cache-Control"] == "no-store"
    assert Client().post(path_of(link), typed()).status_code == 404


def test_a_link_that_was_renewed_keeps_what_was_answered(link: PersonalLink) -> None:
    Client().post(path_of(link), typed())

    new = renew_link(actor=SYSTEM, link=link)

    assert new.key != link.key
    assert Client().get(path_of(link)).status_code == 404
    assert "Vous nous avez dit" in text(Client().get(path_of(new)))


def test_no_cache_keeps_the_page_and_no_other_site_learns_its_address(link: PersonalLink) -> None:
    response = Client().get(path_of(link))

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_key_is_long_and_the_log_never_holds_it(link: PersonalLink) -> None:
    Client().post(path_of(link), typed())

    assert len(link.key) == 32
    written = " ".join(str(list(row)) for row in Entry.objects.values_list("actor", "subject_id", "details"))
    assert link.key not in written
    assert f"link:{link.pk}" in written


def test_it_notes_when_it_was_opened_and_used(link: PersonalLink) -> None:
    client = Client()
    client.head(path_of(link))
    assert PersonalLink.objects.get().opened_at is None

    client.get(path_of(link))
    client.post(path_of(link), typed())

    used = PersonalLink.objects.get()
    assert used.opened_at is not None
    assert used.used_at is not None
    assert used.opened_at <= used.used_at <= timezone.now()
