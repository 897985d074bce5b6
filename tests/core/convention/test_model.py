"""A model as files: what it says, and every fault of it with its file and its line."""

from __future__ import annotations

import pytest

from escale.core.convention.faults import ModelError
from escale.core.convention.loading import read_model
from escale.core.convention.terms import Terms
from tests.core.convention.models import FILES, HEAD, TERMS, VALUES, faults, line_of, model


def test_a_model_holds_its_terms_with_their_articles_and_readings() -> None:
    read = model()

    assert read.terms == Terms()
    assert read.sources["initial_term_end"].article == "article-2-1"
    assert read.sources["initial_term_end"].reading == "Ainsi."
    assert [(note.id, note.article) for note in read.notes] == [("salle", "article-1")]
    assert read.missing("convention", VALUES) == ()


def test_a_model_that_nobody_voted_says_so_on_its_documents() -> None:
    read = model(model=HEAD.replace('siren = "200000000"', 'siren = "200000000"\nvoted = false'))

    assert not read.is_voted
    assert read.convention.status == "non voté"


def test_a_model_without_notes_has_none() -> None:
    files = {name: text for name, text in FILES.items() if name != "notes.toml"}

    assert read_model(files).notes == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "told"),
    [
        ("convention.md", "{{ voted_on }}", "{{ vote_on }}", "{{ voted_on }}", "« {{ vote_on }} » n’est pas connu"),
        ("convention.md", "{{ commune.DE }}", "{{ commune.du }}", "{{ commune.DE }}", "cette forme n’existe pas"),
        ("convention.md", "{{ voted_on }}", "{{ voted_on: un / une }}", "{{ voted_on }}", "seul un signataire s’accorde"),
        ("convention.md", "{#article-2}", "{#article-1}", "{#article-2}", "sert déjà"),
        ("model.toml", 'kind = "number"', 'kind = "numero"', 'kind = "number"', "le type « numero » n’existe pas"),
        ("model.toml", 'label = "Numéro"', "label = 3", 'label = "Numéro"', "doit être un texte"),
        ("model.toml", "required = false", 'required = "non"', "required = false", "doit être true ou false"),
        ("model.toml", "required = false", "requise = false", "required = false", "« requise » n’est pas connu"),
        ("model.toml", 'issuer = "Un EPCI"', "", "[model]", "« issuer » manque"),
        ("model.toml", "[model]", "[modele]", "[model]", "[modele] n’est pas connu"),
        ("model.toml", '"convention.md"', '"texte.md"', 'file = "convention.md"', "le fichier « texte.md » manque"),
        ("terms.toml", "[sessions_per_month]", "[session_per_month]", "[sessions_per_month]", "écrire « sessions_per_month » ?"),
        ("terms.toml", "value = 2\n", "value = 0\n", "value = 2\n", "un nombre entier de 1 à 1000"),
        ("terms.toml", "value = 2\n", 'value = "deux"\n', "value = 2\n", "un nombre entier de 1 à 1000"),
        ("terms.toml", "value = 60\n", "value = 90\n", "value = 180", "la demi-journée dure"),
        ("terms.toml", '"article-2-1"', '"article-2-2"', 'article = "article-2-1"', "écrire « article-2-1 » ?"),
        ("terms.toml", "2026-06-30", "2027-06-30", "value = 2026-06-30", "n’est pas celle des mots cités"),
        ("terms.toml", "Jusqu’au 30 juin", "Avant le 30 juin", "quote =", "recopier les mots du texte"),
        ("terms.toml", 'reading = "Ainsi."', "", "[workshop_max_persons]", "« reading » manque"),
        ("terms.toml", "value = 8", "valeur = 8", "[workshop_max_persons]", "« value » manque"),
        ("terms.toml", "value = 8", "value = = 8", "value = 8", "ne se lit pas"),
        ("notes.toml", "une salle", "deux salles", "quote =", "recopier les mots du texte"),
        ("notes.toml", '"article-1"', '"article-9"', "article =", "n’est pas dans le texte"),
        ("notes.toml", "[[notes]]", "[[note]]", "[[notes]]", "« note » n’est pas connu"),
    ],
)
def test_a_fault_is_told_with_its_file_and_its_line(file: str, old: str, new: str, at: str, told: str) -> None:
    found = faults(file, old, new)

    place = f"{file}, ligne {line_of(file, at)} : "
    assert any(one.startswith(place) and told in one for one in found), found


def test_a_term_that_is_missing_is_told() -> None:
    without = TERMS[: TERMS.index("[avenant_effect]")]

    with pytest.raises(ModelError, match="« avenant_effect » manque"):
        model(terms=without)


def test_a_placeholder_that_no_text_uses_is_told() -> None:
    [told] = faults("convention.md", "Fait le {{ signed_on }}", "Fait le")

    assert told.startswith(f"model.toml, ligne {line_of('model.toml', '[placeholders.signed_on]')} : ")
    assert "« signed_on » ne sert dans aucun texte" in told


def test_a_text_that_is_named_nowhere_is_told() -> None:
    with pytest.raises(ModelError, match=r"brouillon\.md, ligne 1 : ce texte n’est nommé nulle part"):
        read_model(FILES | {"brouillon.md": "# Brouillon"})


@pytest.mark.parametrize("file", ["model.toml", "terms.toml"])
def test_a_file_that_is_missing_is_told(file: str) -> None:
    with pytest.raises(ModelError, match=f"{file}, ligne 1 : ce fichier manque"):
        read_model({name: text for name, text in FILES.items() if name != file})


def test_an_empty_folder_is_told_in_words() -> None:
    with pytest.raises(ModelError, match="le texte de la convention manque"):
        read_model({})


def test_all_faults_are_told_at_once() -> None:
    changed = TERMS.replace("value = 2\n", "value = 0\n").replace("value = 8\n", "value = -1\n")

    with pytest.raises(ModelError) as refused:
        model(terms=changed)

    assert len(refused.value.faults) == 2
