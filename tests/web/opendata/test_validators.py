"""The validators of others find nothing to say about the open data, whatever people typed."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from escale.apps.territory.models import Premises, Room, Setting
from escale.apps.visits.models import Visit
from tests.apps.conventions.paper import in_force
from tests.web.cast import Cast
from tests.web.opendata.world import fetched, hall, tour_of_oisy
from tests.web.visiting import TODAY, day, make_visit

pytestmark = pytest.mark.django_db
NATIONAL = Path(__file__).parents[2] / "data" / "lieux-mediation-numerique-1.0.2.schema.json"
WICKED = '=HYPERLINK("http://exemple.fr";"cliquez")'


@pytest.fixture(autouse=True)
def _frozen(settings: Settings) -> None:
    settings.ESCALE_TODAY = TODAY


def faults(path: Path, schema: dict[str, Any]) -> list[str]:
    """Return what frictionless finds wrong with a CSV."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Resource, Schema, system

        with system.use_context(trusted=True):
            report = Resource(path=str(path), schema=Schema.from_descriptor(schema)).validate()
    return [error.message for task in report.tasks for error in task.errors] + [error.message for error in report.errors]


def test_frictionless_finds_no_fault_with_the_tables(cast: Cast, tmp_path: Path) -> None:
    tour_of_oisy(cast)
    Premises.objects.filter(pk=hall(cast).pk).update(name="-Mairie", latitude=-50.1, longitude=3.2, address="+12 rue, 59195 Oisy")
    Room.objects.update(name=WICKED)
    other = Premises.objects.create(commune=cast.oisy, name='École; « bleue », "annexe"', rank=2, address="@Place\n59195")
    make_visit(cast, cast.oisy, day(12, 15), "AM")
    make_visit(cast, cast.denain, day(12, 16), "AM", state="cancelled")
    Visit.objects.filter(date=day(12, 15)).update(premises=other)
    in_force(cast.epci, cast.oisy)
    schemas = {
        "lieux.csv": json.loads(NATIONAL.read_text()),
        "conventions.csv": json.loads(fetched("/donnees/conventions.schema.json")),
    }

    for name, schema in schemas.items():
        (tmp_path / name).write_text(fetched(f"/donnees/{name}"), newline="")
        assert faults(tmp_path / name, schema) == []
    (tmp_path / "lieux.csv").write_text(fetched("/donnees/lieux.csv").replace("Itinérant", "Ambulant"), newline="")
    assert faults(tmp_path / "lieux.csv", schemas["lieux.csv"]) != [], "a wrong word is seen"


def test_data_inclusion_takes_the_service(cast: Cast) -> None:
    from data_inclusion.schema.v1 import Service, Structure

    tour_of_oisy(cast)
    Setting.objects.create(epci=cast.epci, key="EPCI_SIRET", value="20004219000013")

    offer = json.loads(fetched("/donnees/data-inclusion.json"))

    strict = {"ignore_warnings": False}
    structure = Structure.model_validate(offer["structures"][0], context=strict)
    service = Service.model_validate(offer["services"][0], context=strict)
    assert structure.siret == "20004219000013"
    assert service.structure_id == structure.id
    assert service.horaires_accueil == "We[2] 14:00-17:00"
    assert service.telephone == "+33353010012"
    assert 200 <= len(service.description) <= 2000
