"""Names of communes in French."""

import pytest

from escale.apps.territory.names import Article, PlaceName, addresses_of, is_doubtful, normalised, propose


@pytest.mark.parametrize(
    ("written", "of", "at", "sort_key"),
    [
        ("Oisy", "d’Oisy", "à Oisy", "oisy"),
        ("La Sentinelle", "de La Sentinelle", "à La Sentinelle", "sentinelle"),
        ("Le Quesnoy", "du Quesnoy", "au Quesnoy", "quesnoy"),
        ("Les Lilas", "des Lilas", "aux Lilas", "lilas"),
        ("L'Épine", "de L’Épine", "à L’Épine", "epine"),
        ("Émerchicourt", "d’Émerchicourt", "à Émerchicourt", "emerchicourt"),
        ("Œuilly", "d’Œuilly", "à Œuilly", "oeuilly"),
        ("Rœulx", "de Rœulx", "à Rœulx", "roeulx"),
        ("Y", "d’Y", "à Y", "y"),
        ("Yvetot", "d’Yvetot", "à Yvetot", "yvetot"),
        ("Yenne", "de Yenne", "à Yenne", "yenne"),
        ("Château-l'Abbaye", "de Château-l’Abbaye", "à Château-l’Abbaye", "chateau l abbaye"),
        ("Lesquin", "de Lesquin", "à Lesquin", "lesquin"),
    ],
)
def test_the_forms_of_a_name_are_proposed(written: str, of: str, at: str, sort_key: str) -> None:
    name = propose(written)

    assert (name.de, name.at, name.sort_key) == (of, at, sort_key)


def test_an_h_is_left_to_whoever_knows() -> None:
    assert propose("Hélesmes").de == "de Hélesmes"
    assert is_doubtful(propose("Hélesmes"))
    assert PlaceName(bare="Hélesmes", elides=True).de == "d’Hélesmes"
    assert not is_doubtful(propose("Le Havre"))


def test_an_article_contracts_where_the_data_say_so() -> None:
    assert PlaceName(bare="Sentinelle", article=Article.LA, contracts=True).de == "de la Sentinelle"
    assert PlaceName(bare="Épine", article=Article.ELIDED, contracts=True).at == "à l’Épine"


@pytest.mark.parametrize(
    "values",
    [{"bare": " "}, {"bare": "Oisy", "contracts": True}, {"bare": "Épine", "article": Article.ELIDED, "elides": True}],
)
def test_a_name_that_cannot_be_written_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"nom|article"):
        PlaceName(**values)  # type: ignore[arg-type]


def test_accents_case_ligatures_and_signs_do_not_matter_to_a_search() -> None:
    assert normalised("  RŒULX-l’Évêché ") == "roeulx l eveche"


def test_the_address_of_a_commune_is_its_name_without_accents_nor_signs() -> None:
    assert addresses_of({"59564": "La Sentinelle", "59011": "Annœullin", "59192": "Écaillon"}) == {
        "59564": "la-sentinelle",
        "59011": "annoeullin",
        "59192": "ecaillon",
    }


def test_a_name_that_stands_twice_takes_its_department_then_its_code() -> None:
    assert addresses_of({"59446": "Oisy", "02569": "Oisy"}) == {"59446": "oisy-59", "02569": "oisy-02"}
    assert addresses_of({"59446": "Oisy", "59999": "Oisy", "2A004": "Oisy"}) == {
        "59446": "oisy-59446",
        "59999": "oisy-59999",
        "2A004": "oisy-2a",
    }
