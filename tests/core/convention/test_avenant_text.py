"""The text of an avenant that its changes make, and the text that holds on a day once avenants are written into it."""

from __future__ import annotations

import datetime as dt

import pytest

from escale.core.convention.avenant_text import PLACEHOLDERS, AvenantWords, ClauseChange, avenant_text
from escale.core.convention.consolidated import Amendment, consolidate
from escale.core.convention.filling import fill
from escale.core.convention.nodes import Heading
from escale.core.convention.placeholders import BLANK, Value
from escale.core.convention.terms import AvenantEffect
from escale.core.convention.text import Text, parse
from escale.core.documents.plain import plain_text
from escale.core.documents.tree import Document, sections_of
from tests.core.convention.models import MAIRE, VALUES, Named, model

DAY = dt.date(2026, 11, 23)
SIGNS = "*_#$[]@`<>\\{}|-"
OPEN: dict[str, Value] = {name: BLANK for name, one in PLACEHOLDERS.items() if one.after_vote}
PLAYED: dict[str, Value] = {
    **OPEN,
    "commune": Named(),
    "commune_signatory": MAIRE,
    "epci_signatory": MAIRE,
    "convention_notified_on": dt.date(2025, 3, 17),
    "signed_on": BLANK,
}


def written(text: Text, values: dict[str, Value]) -> Document:
    return fill(text, {**PLACEHOLDERS, **model().placeholders}, values, issuer="Un EPCI", date=DAY)


def avenant(*changes: ClauseChange, **facts: object) -> str:
    told: dict[str, object] = {"number": 2, "purpose": "le préavis", "convention": "CONVENTION", "issuer": "Un EPCI"}
    text = avenant_text(AvenantWords(**{**told, "changes": changes, **facts}))  # type: ignore[arg-type]
    assert text.faults == ()
    return plain_text(written(text, PLAYED)).replace("\u00a0", " ").replace("\u202f", " ")


NOTICE = ClauseChange(article="5-1", label="préavis", before="2 mois", after="3 mois")


def test_it_says_what_changes_from_what_to_what() -> None:
    said = avenant(NOTICE)

    assert "# Article 2 : Modification de l’article 5-1" in said
    assert "préavis : « 2 mois » devient « 3 mois »." in said
    assert "AVENANT N° 2 À LA CONVENTION" in said
    assert "prend effet à compter de la date de sa notification" in said


def test_articles_stand_in_the_order_of_the_convention() -> None:
    added = ClauseChange(article="10", wording="Un logo.", is_new=True)
    said = avenant(added, NOTICE, ClauseChange(article="4", wording="Un jour."))

    assert [line for line in said.splitlines() if line.startswith("# ")] == [
        "# Article 1er : Objet",
        "# Article 2 : Modification de l’article 4",
        "# Article 3 : Modification de l’article 5-1",
        "# Article 4 : Article 10 ajouté à la convention",
        "# Article 5 : Entrée en vigueur",
    ]


def test_what_people_typed_stays_as_it_is() -> None:
    change = ClauseChange(article="4", label="lieu", before=SIGNS, after=f"{SIGNS} {{{{ commune }}}}")

    said = avenant(change, purpose=f"tout {SIGNS}")

    assert f"Le présent avenant a pour objet : tout {SIGNS}." in said
    assert f"« {SIGNS} » devient « {SIGNS} {{{{ commune }}}} »" in said


def test_a_wording_closes_nothing_and_titles_nothing() -> None:
    said = avenant(
        ClauseChange(article="8", wording="## Sans suite\nPar écrit :\n\n- signé ;\n- daté.\n\n---\n::: signature\nFin")
    )

    assert "Sans suite\n\nPar écrit :\n\n- signé ;\n- daté." in said
    assert said.index("Fin") < said.index("# Article 3 : Entrée en vigueur")


def test_it_says_from_when_it_counts() -> None:
    assert "prend effet le 1er janvier 2027." in avenant(NOTICE, stated_on=dt.date(2027, 1, 1))
    assert "y compris pour le temps écoulé" in avenant(NOTICE, stated_on=dt.date(2026, 1, 1), is_retroactive=True)
    assert "à la dernière des deux signatures" in avenant(NOTICE, effect=AvenantEffect.LAST_SIGNATURE)


def test_a_change_without_words_says_nothing() -> None:
    assert not ClauseChange(article="9").says_something
    assert not ClauseChange(article="9", label="préavis").says_something
    assert NOTICE.says_something


def amended(*changes: ClauseChange, ready: str = "") -> str:
    amendment = Amendment(
        number=1,
        purpose="essai",
        effect=dt.date(2027, 1, 1),
        changes=changes,
        ready=parse("avenant-1.md", ready) if ready else None,
    )
    text = consolidate(model().convention.text, [amendment])
    return plain_text(written(text, VALUES)).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_reworded_article_keeps_its_title_and_says_its_source() -> None:
    said = amended(ClauseChange(article="1", wording="Tout autre chose."))

    article = said[said.index("# Article 1er : But") : said.index("# Article 2")]
    source = "Rédaction de l’avenant n° 1, depuis le 1er janvier 2027."
    assert article.split("\n\n") == ["# Article 1er : But", source, "Tout autre chose.", ""]


def test_a_changed_value_is_told_beside_the_text_that_was_signed() -> None:
    said = amended(ClauseChange(article="2-1", label="terme", before="30 juin 2026", after="30 juin 2027"))

    note = "Modifié par l’avenant n° 1, depuis le 1er janvier 2027 – terme : « 30 juin 2026 » devient « 30 juin 2027 »."
    assert f"## Article 2-1 : Terme\n\n{note}\n\nJusqu’au 30 juin 2026" in said


def test_an_added_article_stands_after_the_others_and_before_the_signatures() -> None:
    said = amended(ClauseChange(article="3", wording="## Logo\nLibre.", is_new=True))

    assert "# Article 3 : Logo\n\nAjouté par l’avenant n° 1, depuis le 1er janvier 2027.\n\nLibre.\n\nFait le" in said


def test_a_later_avenant_rewords_what_an_earlier_one_added() -> None:
    changes = [ClauseChange(article="3", wording=words, is_new=True) for words in ("Libre.", "Sur demande.")]
    amendments = [
        Amendment(number=n, purpose="", effect=dt.date(2027, n, 1), changes=[change]) for n, change in enumerate(changes, start=1)
    ]

    said = plain_text(written(consolidate(model().convention.text, amendments), VALUES))

    assert "Libre." not in said
    assert said.count("# Article\u00a03") == 1


READY = """# AVENANT

## Article 1er : Objet {#avenant-article-1}

Voici.

## Article 2 : Données {#avenant-article-2}

Il est ajouté un article 3, ainsi rédigé.

### Article 3-1 : Qui {#avenant-article-3-1}

La commune.

## Article 3 : But {#avenant-article-3}

Le premier alinéa de l’article 2-1 de la convention est remplacé par l’alinéa suivant :

« Jusqu’au 30 juin 2027. »

## Article 4 : Août {#avenant-article-4}

Par exception à l’article 1 de la convention, rien en août.

## Article 5 : Entrée en vigueur {#avenant-article-5}

Demain.
"""


def test_a_ready_avenant_is_written_where_its_articles_belong() -> None:
    said = amended(ready=READY)

    assert "# Article 3 : Données\n\nAjouté par l’avenant n° 1" in said
    assert "## Article 3-1 : Qui\n\nLa commune." in said
    assert "Jusqu’au 30 juin 2026" not in said
    assert "Premier alinéa : rédaction de l’avenant n° 1, depuis le 1er janvier 2027.\n\nJusqu’au 30 juin 2027.\n" in said
    assert "depuis le 1er janvier 2027 :\n\nPar exception à l’article 1 de la convention, rien en août." in said
    assert "Voici." not in said
    assert "Demain." not in said


@pytest.mark.parametrize("ready", ["", READY])
def test_no_two_articles_share_an_identifier(ready: str) -> None:
    amendment = Amendment(
        number=1,
        purpose="",
        effect=DAY,
        changes=[ClauseChange(article="3", wording="### Un titre\nLibre.", is_new=True)],
        ready=parse("avenant-1.md", ready) if ready else None,
    )

    text = consolidate(model().convention.text, [amendment])

    ids = [node.id for node in text.nodes if isinstance(node, Heading) and node.level > 1]
    assert len(ids) == len(set(ids))
    assert "article-3" in {section.id for section in sections_of(written(text, VALUES).blocks)}
