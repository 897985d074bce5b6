"""A guided step: it asks, shows what it would change without leaving a trace, and is taken once that is confirmed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.obligations.acts import Step as NextStep
from escale.web.steering.conventions.steps.registry import BY_NAME
from tests.apps.conventions.paper import drafted, in_force, signed
from tests.web.cast import Cast
from tests.web.conventions.steps.taking import address, nothing_written, preview_of, refused, take, text_of

pytestmark = pytest.mark.usefixtures("_in_november")


def test_a_step_asks_its_one_question(cast: Cast, client: Client) -> None:
    page = text_of(client.get(address(drafted(cast.epci, cast.oisy), "abandonner")))

    assert "<h1>Abandonner cette convention ?</h1>" in page
    assert "Pourquoi" in page
    assert "Voir ce que cela change" in page


def test_what_a_step_would_change_is_shown_without_a_trace(cast: Cast, client: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)

    with nothing_written():
        page = preview_of(client, convention, "abandonner", reason="La commune renonce.")

    assert "Ce que cela change" in page
    assert "brouillon" in page
    assert "<strong>abandonnée</strong>" in page
    assert 'name="reason" value="La commune renonce."' in page


def test_a_step_is_taken_once_confirmed(cast: Cast, client: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)

    page = take(client, convention, "abandonner", reason="La commune renonce.")

    assert "La convention avec Oisy est abandonnée." in page
    convention.refresh_from_db()
    assert convention.abandoned_on is not None


def test_what_is_missing_is_told_beside_its_field(cast: Cast, client: Client) -> None:
    assert refused(client, drafted(cast.epci, cast.oisy), "abandonner", reason=" ") == ["Dire pourquoi."]


def test_what_was_typed_can_be_corrected(cast: Cast, client: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)

    page = text_of(client.post(address(convention, "abandonner"), {"reason": "La commune renonce.", "do": "correct"}))

    assert "La commune renonce.</textarea>" in page
    assert 'class="field-error"' not in page


def test_a_step_that_is_not_for_now_leads_back_to_the_convention(cast: Cast, client: Client) -> None:
    convention = in_force(cast.epci, cast.oisy)

    page = text_of(client.get(address(convention, "abandonner"), follow=True))

    assert "« Abandonner la convention » : cela ne se fait pas maintenant, la convention est en vigueur." in page


def test_a_step_that_does_not_exist_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(address(drafted(cast.epci, cast.oisy), "voler")).status_code == 404


def test_another_territory_s_convention_is_not_found(cast: Cast, elsewhere_client: Client) -> None:
    assert elsewhere_client.get(address(drafted(cast.epci, cast.oisy), "abandonner")).status_code == 404


def test_a_reader_takes_no_step(cast: Cast, logged_in: Callable[[User], Client]) -> None:
    assert logged_in(cast.reader).get(address(in_force(cast.epci, cast.oisy), "abandonner")).status_code == 403


def test_what_has_to_be_done_next_is_a_step_that_exists() -> None:
    assert {step.value for step in NextStep if step.value} <= set(BY_NAME)


def test_the_page_of_a_draft_leads_to_its_text(cast: Cast, client: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)

    page = text_of(client.get(f"/pilotage/conventions/{convention.pk}/"))

    assert f'href="/pilotage/conventions/{convention.pk}/modifier/"' in page


def test_the_votes_of_a_stage_that_is_over_are_not_told_as_lost(cast: Cast, client: Client) -> None:
    convention = signed(cast.epci, cast.oisy)
    sent = {"channel": "LRAR", "number": "1A 1", "sent": "2026-06-10", "delivered": "2026-06-12", "proof": "avis de réception"}

    page = preview_of(client, convention, "notifier", **sent)

    assert "<strong>en vigueur" in page
    assert "exécutoire le" not in page
    assert "plus rien" not in page
