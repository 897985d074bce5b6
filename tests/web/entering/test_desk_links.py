"""The front desk enters by a link of one use: nobody learns which mairies are known, and no link serves twice."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from escale.apps.accounts.actions import end_role, forget_desk_links
from escale.apps.accounts.adapter import AccountAdapter
from escale.apps.accounts.models import DeskAccount, DeskLink, User
from escale.apps.audit.actors import SYSTEM
from escale.apps.audit.models import Entry
from escale.apps.messaging.models import Message
from escale.apps.territory.actions import record_mairie
from escale.web.entering.sending import send_desk_link
from escale.web.entering.sessions import LONGEST, UNTIL
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
ASK, DESK = "/entrer/mairie/", "accueil@oisy.example"
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


class Clock:
    """What the tests set to travel in time."""

    now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _oisy_is_reached(cast: Cast) -> None:
    record_mairie(actor=cast.coordinator, commune=cast.oisy, email=DESK)


def ask(client: Client | None = None, **typed: Any) -> list[Message]:
    """Ask for a link, and let the queue do its work; return the letters that leave for it."""
    before = set(Message.objects.values_list("pk", flat=True))
    (client or Client()).post(ASK, typed or {"email": DESK})
    for task in DBTaskResult.objects.filter(task_path__endswith="send_desk_link", status="READY"):
        send_desk_link.call(*task.args_kwargs["args"])
        task.delete()
    return list(Message.objects.exclude(pk__in=before))


def link(**typed: Any) -> str:
    (letter,) = ask(**typed)
    found = re.search(r"http://localhost:8000(/entrer/mairie/[^/\s]+/)", letter.body)
    assert found
    return found[1]


def who(client: Client) -> object:
    request = HttpRequest()
    request.session = client.session
    return get_user(request)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", [{"email": DESK}, {"email": " ACCUEIL@oisy.example "}, {"commune": "oisy"}])
def test_a_link_lets_the_desk_into_its_commune(typed: dict[str, Any], cast: Cast) -> None:
    client = Client()
    path = link(**({"commune": cast.oisy.pk} if "commune" in typed else typed))

    shown = client.get(path)
    answer = client.post(path)

    assert "Accueil de la mairie d’Oisy" in shown.content.decode()
    assert not is_in(Client())
    assert answer.headers["Location"] == "/mairie/"
    assert client.get("/mairie/").status_code == 200
    assert client.get("/mairie/convention/referent/").status_code == 403


def test_the_page_of_a_link_is_kept_by_nobody() -> None:
    answer = Client().get(link())

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_scanner_that_opens_the_link_burns_nothing() -> None:
    path, client = link(), Client()

    for _ in range(3):
        Client().get(path)
        Client().head(path)

    assert client.post(path).status_code == 302
    assert is_in(client)


def test_a_link_serves_once(cast: Cast) -> None:
    path, client = link(), Client()
    Client().post(path)

    again = client.post(path)

    assert again.status_code == 404
    assert "Demander un autre lien" in again.content.decode()
    assert not is_in(client)
    assert Client().get(path).status_code == 404


def test_a_link_is_too_old_after_half_an_hour(clock: Clock) -> None:
    path, client = link(), Client()
    clock.now = NOW + dt.timedelta(minutes=30)

    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert not is_in(client)


def test_an_address_that_changed_puts_its_links_out(cast: Cast) -> None:
    path, client = link(), Client()
    record_mairie(actor=cast.coordinator, commune=cast.oisy, email="nouvel.accueil@oisy.example")

    assert client.post(path).status_code == 404
    assert not is_in(client)
    assert ask(email=DESK) == []


def test_a_known_and_an_unknown_mairie_get_the_same_answer_for_the_same_work(cast: Cast) -> None:
    Client().post(ASK, {"email": "premier@ailleurs.example"})
    answers, works = [], []
    for typed in ({"email": DESK}, {"email": "personne@ailleurs.example"}):
        client = Client()
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(ASK, typed, follow=True)
        answers.append((answer.redirect_chain, re.sub(r'value="[^"]{64}"', "", answer.content.decode())))
        works.append([query["sql"].split()[0] for query in captured])

    assert answers[0] == answers[1]
    assert works[0] == works[1]


def test_the_same_holds_for_a_commune_without_an_address(cast: Cast) -> None:
    known, unknown = (Client().post(ASK, {"commune": each.pk}) for each in (cast.oisy, cast.denain))

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [letter.to for letter in ask(commune=cast.denain.pk)] == [DESK]


def test_the_queue_and_the_log_hold_neither_address_nor_key() -> None:
    Client().post(ASK, {"email": "personne@ailleurs.example"})
    path = link()

    kept = f"{list(DBTaskResult.objects.values('args_kwargs'))} {list(Entry.objects.values('details', 'subject_id', 'event'))}"
    assert "ailleurs" not in kept
    assert path.split("/")[-2] not in kept
    assert not DeskLink.objects.filter(digest=path.split("/")[-2]).exists()


def test_the_link_names_the_installation_whatever_host_was_asked(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.ADDRESS = "https://aide.exemple.example"

    (letter,) = ask(Client(HTTP_HOST="attaque.example"), email=DESK)

    assert "https://aide.exemple.example/entrer/mairie/" in letter.body
    assert "attaque" not in letter.body


def test_whoever_asks_again_and_again_fills_no_box_and_holds_up_no_other_mairie(cast: Cast, clock: Clock) -> None:
    record_mairie(actor=cast.coordinator, commune=cast.denain, email="accueil@denain.example")
    sent = [len(ask()) for _ in range(7)]

    assert sent == [1, 1, 1, 1, 1, 0, 0]
    assert len(ask(email="accueil@denain.example")) == 1
    clock.now = NOW + dt.timedelta(minutes=31)
    assert len(ask()) == 1


def test_a_line_that_asks_too_much_is_told_so_for_known_and_unknown_alike(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"desk_link": "1/h/ip"}
    client = Client()
    client.post(ASK, {"email": DESK})

    said = [client.post(ASK, {"email": email}).content.decode() for email in (DESK, "personne@ailleurs.example")]

    assert all("Beaucoup de liens" in page for page in said)
    assert Client(REMOTE_ADDR="192.0.2.7").post(ASK, {"email": DESK}).status_code == 302


@pytest.mark.parametrize(("typed", "said"), [({"email": ""}, "Choisir votre commune"), ({"email": "accueil"}, "pas complète")])
def test_a_bad_question_is_told(typed: dict[str, str], said: str) -> None:
    answer = Client().post(ASK, typed)

    assert said in answer.content.decode()
    assert not DBTaskResult.objects.filter(task_path__endswith="send_desk_link").exists()


def test_the_desk_has_one_account_without_a_password(cast: Cast) -> None:
    for _ in range(2):
        Client().post(link())

    account = DeskAccount.objects.get()
    assert account.user.name == "Accueil de la mairie d’Oisy"
    assert not account.user.has_usable_password()
    assert [role.kind for role in account.user.roles.all()] == ["desk"]
    assert mail.outbox == []
    with pytest.raises(ValidationError):
        AccountAdapter().clean_password("une phrase assez longue pour tous", account.user)


def test_a_desk_that_nobody_used_for_a_year_still_enters(clock: Clock, cast: Cast) -> None:
    Client().post(link())
    clock.now = NOW + dt.timedelta(days=400)
    client = Client()

    client.post(link())

    assert is_in(client)


def test_a_desk_that_was_closed_on_purpose_stays_closed(cast: Cast) -> None:
    path = link()
    Client().post(link())
    role = DeskAccount.objects.get().user.roles.get()
    role.starts = dt.date(2020, 1, 1)
    role.save()
    end_role(actor=cast.coordinator, role=role, on=dt.date(2020, 2, 1))
    client = Client()

    client.post(path)

    assert not is_in(client)
    assert ask() == []


def test_a_desk_is_out_when_the_browser_closes_and_after_ten_hours_whatever_it_does(clock: Clock) -> None:
    client = Client()
    client.post(link())
    cookie = client.cookies["sessionid"]

    assert (cookie["expires"], cookie["max-age"]) == ("", "")
    clock.now = NOW + dt.timedelta(seconds=LONGEST - 60)
    assert client.get("/mairie/").status_code == 200
    clock.now = NOW + dt.timedelta(seconds=LONGEST)
    assert client.get("/mairie/").status_code == 302
    assert UNTIL not in client.session


def test_someone_with_a_password_is_not_limited(cast: Cast, clock: Clock) -> None:
    client = Client()
    client.force_login(cast.referent)

    assert UNTIL not in client.session


def test_entering_takes_a_new_session(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.stranger)
    before = client.session.session_key

    client.post(link())

    user = who(client)
    assert isinstance(user, User)
    assert user.name == "Accueil de la mairie d’Oisy"
    assert client.session.session_key != before


def test_links_that_are_over_are_forgotten(clock: Clock) -> None:
    link()

    assert forget_desk_links(actor=SYSTEM, now=timezone.now() + dt.timedelta(days=29)) == 0
    assert forget_desk_links(actor=SYSTEM, now=timezone.now() + dt.timedelta(days=31)) == 1
