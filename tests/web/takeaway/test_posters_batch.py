"""The coordination asks for the posters of every commune in one go, and fetches one archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.apps.audit.models import Entry
from escale.apps.documents.files import bytes_of
from escale.apps.documents.models import Batch, BatchState
from escale.web.takeaway.batching import make_posters, request_posters
from escale.web.takeaway.posters import PaperForm
from escale.web.takeaway.tasks import make_requested_posters
from tests.apps.conventions.filed import finished_batch
from tests.web.cast import Cast, make_commune
from tests.web.counting import queries_of
from tests.web.takeaway.paper import text_of
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
ASK = "/pilotage/tournee/affiches/"


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def files(batch: Batch) -> dict[str, bytes]:
    batch.refresh_from_db()
    assert batch.archive is not None
    with zipfile.ZipFile(io.BytesIO(bytes_of(batch.archive))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_commune_has_its_papers_in_one_archive(cast: Cast, logged_in: LogIn) -> None:
    make_visit(cast, cast.oisy, day(12, 8))
    client = logged_in(cast.coordinator)

    response = client.post(ASK, {"papers": ["a4", "a3", "poche"]})
    batch = Batch.objects.get()
    make_posters(batch.pk)

    assert response.headers["Location"] == f"{ASK}{batch.pk}/"
    found = files(batch)
    assert len(found) == batch.total == 9, "three papers of three communes"
    assert "mardi 8 décembre 2026" in text_of(found["a4/affiche-a4-oisy.pdf"])
    assert "Pas encore de date" in text_of(found["poche/calendrier-de-poche-la-sentinelle.pdf"])
    page = client.get(f"{ASK}{batch.pk}/").content.decode()
    assert "9 documents sur 9 sont prêts" in " ".join(page.split())
    assert client.get(f"{ASK}{batch.pk}/archive/").headers["Content-Type"] == "application/zip"


def test_the_task_makes_posters_and_leaves_the_rest(cast: Cast) -> None:
    batch = request_posters(actor=cast.coordinator, epci=cast.epci, forms=[PaperForm.A4])
    entry = Entry.objects.get(event="documents.batch_requested")

    make_requested_posters.func(entry.pk)

    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    other = finished_batch(cast.epci)
    make_requested_posters.func(Entry.objects.filter(event="documents.batch_requested", subject_id=other.pk).get().pk)
    other.refresh_from_db()
    assert other.attempt == 1


def test_a_paper_that_is_not_made_is_told_beside_the_field(cast: Cast, logged_in: LogIn) -> None:
    response = logged_in(cast.coordinator).post(ASK, {"papers": ["a5"]})

    assert "Cocher dans la liste." in response.content.decode()
    assert not Batch.objects.exists()


def test_two_batches_at_a_time_are_refused(cast: Cast, logged_in: LogIn) -> None:
    request_posters(actor=cast.coordinator, epci=cast.epci, forms=[PaperForm.A4])

    response = logged_in(cast.coordinator).post(ASK, {"papers": ["a4"]})

    assert "Un lot de documents est déjà en cours" in response.content.decode()


def test_a_territory_without_communes_has_no_posters(cast: Cast) -> None:
    cast.epci.memberships.all().delete()

    with pytest.raises(ValidationError, match="Aucune commune"):
        request_posters(actor=cast.coordinator, epci=cast.epci, forms=[PaperForm.A4])


def test_the_coordination_finds_the_posters_beside_the_tour(cast: Cast, logged_in: LogIn) -> None:
    assert ASK in logged_in(cast.coordinator).get("/pilotage/tournee/emporter/").content.decode()
    assert ASK not in logged_in(cast.reader).get("/pilotage/tournee/emporter/").content.decode()


def test_the_page_asks_as_much_of_the_database_with_fifty_communes(cast: Cast, logged_in: LogIn) -> None:
    client = logged_in(cast.coordinator)
    few = queries_of(client, ASK)

    for number in range(50):
        make_commune(cast.epci, f"99{number:03}", f"Commune {number}")

    assert queries_of(client, ASK) == few
