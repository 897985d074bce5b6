"""A territory as a source describes it: checked before anything is written."""

import pytest

from escale.apps.territory.names import propose
from escale.apps.territory.records import CommuneRecord, SourceError, TerritoryRecord, check_siren

OISY = CommuneRecord(code="59446", name=propose("Oisy"), siren="215904467")
ABSCON = CommuneRecord(code="59002", name=propose("Abscon"))


@pytest.mark.parametrize("siren", ["", "12345678", "20004219O", "200042191", "²00042190"])
def test_a_siren_that_does_not_exist_is_refused(siren: str) -> None:
    with pytest.raises(SourceError, match="SIREN"):
        check_siren(siren)


def test_a_territory_holds_its_communes() -> None:
    territory = TerritoryRecord(siren="200042190", name="Ici", communes=(OISY, ABSCON))

    assert len(territory.communes) == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": " "}, "le nom est vide"),
        ({"communes": ()}, "aucune commune"),
        ({"communes": (OISY, OISY)}, "champ « code » : « 59446 » y est deux fois"),
        (
            {"communes": (OISY, CommuneRecord(code="59002", name=propose("Abscon"), siren="215904467"))},
            "champ « siren » : « 215904467 » y est deux fois",
        ),
        (
            {"communes": tuple(CommuneRecord(code=f"{n:05d}", name=propose("Ici")) for n in range(1_001))},
            "plus que le maximum de 1000",
        ),
    ],
)
def test_a_territory_that_cannot_be_is_refused(fields: dict[str, object], told: str) -> None:
    values = {"siren": "200042190", "name": "Ici", "communes": (OISY,)} | fields

    with pytest.raises(SourceError, match=told):
        TerritoryRecord(**values)  # type: ignore[arg-type]
