"""A resident finds where and when help comes, on a telephone, and nobody is told that they looked."""

from __future__ import annotations

import pytest

from escale.apps.territory.models import Commune
from tests.journeys.walk import Walk
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEETS = {"theme.css", "page.css", "parts.css", "public.css"}
NAMES = "[...document.querySelectorAll('li[data-name]:not([hidden]) a')].map(link => link.textContent)"


def test_the_list_is_cut_as_one_types_and_sorted_by_distance_when_one_asks(walk: Walk, cast: Cast) -> None:
    for commune, latitude in ((cast.oisy, 50.36), (cast.denain, 50.33)):
        Commune.objects.filter(pk=commune.pk).update(latitude=latitude, longitude=3.4)
    page = walk.open("/", width=360)
    page.wait_for_load_state("networkidle")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 50.361, "longitude": 3.401})
    first = list(walk.requests)

    page.get_by_label("Votre commune").press_sequentially("SENTI")
    cut = page.evaluate(NAMES)
    page.get_by_label("Votre commune").fill("")
    page.get_by_role("button", name="Voir les communes les plus proches de moi").click()
    page.get_by_text("La première : Oisy, à environ 1 km").wait_for()

    assert cut == ["La Sentinelle"]
    assert page.evaluate(NAMES) == ["Oisy", "Denain", "La Sentinelle"]
    assert walk.requests == first, "what is typed and where one is stay in the device"
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_page_of_a_commune_loads_only_what_it_needs(walk: Walk, cast: Cast) -> None:
    page = walk.open("/communes/oisy/", width=360)
    page.wait_for_load_state("networkidle")

    names = {url.rsplit("/", 1)[1] for url in walk.requests}

    assert {name for name in names if name.endswith(".css")} == SHEETS
    assert not {name for name in names if name.endswith(".js")}
    assert not any("bootstrap" in url or "italic" in url for url in walk.requests)
