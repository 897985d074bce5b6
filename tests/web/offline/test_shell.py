"""What makes the pages of the field open without a network: files that exist, pages that say whose they are, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from escale.apps.accounts.models import User
from escale.web.assets import build_assets
from escale.web.field.offline.owner import OWNER_HEADER, owner_key
from escale.web.field.offline.shell import FILES, MODULES
from tests.web.cast import Cast
from tests.web.offline.hall import open_hall

LogIn = Callable[[User], Client]
SCRIPTS = Path(__file__).parents[3] / "escale/web/static/escale/field"


def test_the_worker_keeps_every_script_of_the_field_and_files_that_exist() -> None:
    assert {path.stem for path in SCRIPTS.glob("*.js")} == {*MODULES, "worker"}
    assert [name for name in FILES if name.startswith("escale/") and finders.find(name) is None] == []


def test_the_worker_is_one_short_script_that_starts_with_its_version(client: Client) -> None:
    response = client.get("/terrain/service-worker.js")

    found = re.fullmatch(r'import \{ start \} from "(.+)";\nstart\((.+)\);\n', response.content.decode())
    assert found is not None
    shell = json.loads(found[2])
    assert (found[1], shell["fallback"]) == ("/static/escale/field/worker.js", "/terrain/fiches-gardees/")
    assert re.fullmatch("[0-9a-f]{16}", shell["version"])
    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    """Collect the files of the field as an installation does; return where they are."""
    build_assets(tmp_path / "assets")
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = tmp_path / "static", [tmp_path / "assets"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "escale.web.storage.StaticFiles"}}
    call_command("collectstatic", interactive=False, ignore_patterns=["django_htmx"], verbosity=0)
    return tmp_path / "static"


def test_in_an_installation_every_file_has_a_name_of_its_content(collected: Path, client: Client) -> None:
    script = client.get("/terrain/service-worker.js").content.decode()

    found = [
        script.partition('from "')[2].partition('"')[0],
        *json.loads(script.partition("start(")[2].rpartition(")")[0])["files"],
    ]
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", name) for name in found)
    page = (collected / next(name for name in found if "/page." in name).removeprefix("/static/")).read_text()
    assert set(re.findall(r'from "\./(.+?)"', page)) <= {name.rpartition("/")[2] for name in found}


def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    manifest = client.get("/terrain/manifest.webmanifest").json()

    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/terrain/", "/terrain/", "standalone")
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])


def test_only_pages_of_the_field_say_whose_they_are(cast: Cast, logged_in: LogIn) -> None:
    mediator, coordinator = logged_in(cast.mediator), logged_in(cast.coordinator)

    assert mediator.get("/terrain/")[OWNER_HEADER] == owner_key(cast.mediator)
    assert OWNER_HEADER not in mediator.get("/mon-espace/")
    assert OWNER_HEADER not in mediator.get("/terrain/fiches-gardees/")
    assert OWNER_HEADER not in coordinator.get("/pilotage/")
    assert OWNER_HEADER not in coordinator.get("/terrain/")


def test_the_key_of_a_person_tells_nothing_and_stays(cast: Cast) -> None:
    before = owner_key(cast.mediator)
    cast.mediator.email, cast.mediator.name = "autre@example.org", "Autre"
    cast.mediator.set_password("une autre phrase assez longue")

    assert owner_key(cast.mediator) == before
    assert owner_key(cast.coordinator) != before
    assert re.fullmatch("[0-9a-f]{32}", before)


def test_the_day_names_pages_that_open_and_may_be_kept(cast: Cast, logged_in: LogIn) -> None:
    visit = open_hall(cast)
    client = logged_in(cast.mediator)

    day = client.get("/terrain/donnees/jour.json")

    told = day.json()
    assert told["owner"] == owner_key(cast.mediator)
    assert [stop["visit"] for found in told["days"] for stop in found["stops"]] == [str(visit.uid)]
    assert {found["page"] for found in told["days"]} <= set(told["pages"])
    assert all(client.get(page)[OWNER_HEADER] == told["owner"] for page in told["pages"])
    assert "no-store" in day["Cache-Control"]


def test_the_page_of_what_is_kept_opens_for_whoever_may_no_longer_log_in(client: Client) -> None:
    response = client.get("/terrain/fiches-gardees/")

    assert response.status_code == 200
    assert "Camille" not in response.content.decode()
