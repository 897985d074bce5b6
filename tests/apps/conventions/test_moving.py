"""Moving conventions from one model to another: by an avenant, or by a convention that starts the day after."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.denouncing import denounce
from escale.apps.conventions.actions.moving import move_conventions
from escale.apps.conventions.models import Avenant, Convention, Party
from escale.apps.conventions.moving import Way, differences_between, move_lines
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import ANNEX, day, in_force, letter, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]
OLD, NEW = "porte-du-hainaut-2025", "demonstration-2027"
TODAY = day("2026-11-23")


def denounced(epci: Epci, commune: Commune) -> Convention:
    """Return a convention that ends on 30 June 2027."""
    convention = in_force(epci, commune)
    denounce(
        actor=SYSTEM, convention=convention, author=Party.COMMUNE, posting=letter("2026-10-05", "2026-10-08", f"2D{commune.code}")
    )
    convention.refresh_from_db()
    return convention


def test_two_models_differ_by_their_parameters_and_by_their_words() -> None:
    found = [(difference.article, difference.new) for difference in differences_between(OLD, NEW)]

    assert found == [("5-1", "30 juin 2027"), ("9", "")]


def test_an_avenant_brings_a_convention_to_the_words_of_the_other_model(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)

    moved = move_conventions(actor=SYSTEM, epci=epci, conventions=[convention], target=NEW, way=Way.AVENANT)

    (avenant,) = moved.avenants
    clauses = {clause.article: clause for clause in avenant.clauses.all()}
    assert set(clauses) == {"5-1", "9"}
    term = clauses["5-1"]
    assert (term.name, term.old, term.new) == ("initial_term_end", "2026-06-30", "2027-06-30")
    assert "30 juin 2027" in term.wording
    assert "L. 213-1" in clauses["9"].wording


def test_a_new_convention_follows_the_one_that_ends(epci: Epci, oisy: Commune) -> None:
    convention = denounced(epci, oisy)

    (line,) = move_lines(epci, OLD, "demonstration-2027", Way.NEW, TODAY)

    assert convention.ends_on == day("2027-06-30")
    assert "précède le 1er juillet 2027" in line.refusal


def test_a_convention_that_goes_on_by_itself_says_how_to_give_it_an_end(epci: Epci, oisy: Commune) -> None:
    in_force(epci, oisy)

    (line,) = move_lines(epci, OLD, NEW, Way.NEW, TODAY)

    assert "notifier une dénonciation au plus tard le 30 avril 2027" in line.refusal
    assert "s’accorder par écrit" in line.refusal


def test_what_each_assembly_has_to_vote_is_told(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    convention.authorisations.filter(party=Party.EPCI.value).update(covers_avenants=True)

    (line,) = move_lines(epci, OLD, NEW, Way.AVENANT, TODAY)

    assert line.votes == {
        Party.COMMUNE: "approuver l’avenant n°\u00a01 et autoriser sa signature",
        Party.EPCI: "rien de nouveau, la délibération n°\u00a0B25/014 vaut pour les avenants",
    }


def test_each_failure_is_named_and_nothing_is_written(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    some = [in_force(epci, oisy), denounced(epci, bousignies)]

    with pytest.raises(ValidationError) as caught:
        move_conventions(actor=SYSTEM, epci=epci, conventions=some, target=NEW, way=Way.NEW)

    assert [message.partition(" :")[0] for message in caught.value.messages] == ["Oisy", "Bousignies"]
    assert Convention.objects.count() == 2


def test_a_draft_on_the_other_model_remembers_which_one_it_follows(
    epci: Epci, oisy: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    convention = denounced(epci, oisy)
    monkeypatch.setattr("escale.apps.conventions.actions.moving.refusal_of", lambda *_: "")

    (draft,) = move_conventions(actor=SYSTEM, epci=epci, conventions=[convention], target=NEW, way=Way.NEW).drafts

    assert (draft.follows, draft.model, draft.commune, draft.notified_on) == (convention, NEW, oisy, None)
    assert draft.annex == {"nth": ANNEX.nth, "weekday": 1, "half": "AM"}


def test_nothing_ticked_is_refused(epci: Epci) -> None:
    with refusal("E_NONE", "conventions"):
        move_conventions(actor=SYSTEM, epci=epci, conventions=[], target=NEW, way=Way.AVENANT)
    assert not Avenant.objects.exists()
