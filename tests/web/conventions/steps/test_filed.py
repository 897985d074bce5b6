"""The coordination checks what a mairie filed: what was typed is proposed, compared, and recorded in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from escale.apps.accounts.models import User
from escale.apps.conventions.models import Act, Paper, Signatory, Signature
from tests.apps.conventions.paper import day, frozen, signatories, voted
from tests.web.cast import Cast
from tests.web.commune.conftest import pdf
from tests.web.conventions.steps.taking import address, take, text_of

pytestmark = pytest.mark.usefixtures("_in_november")

VOTE: dict[str, Any] = {"held_on": "2026-11-12", "number": "2026-41", "transmitted_on": "2026-11-16", "receipt": "AR-41"}


@pytest.fixture
def mairie(cast: Cast, logged_in: Callable[[User], Client]) -> Client:
    return logged_in(cast.referent)


def test_a_deliberation_that_was_filed_is_recorded_from_what_was_typed(cast: Cast, client: Client, mairie: Client) -> None:
    convention = frozen(cast.epci, cast.oisy)
    mairie.post(f"/mairie/convention/{convention.pk}/deposer/deliberation/", {**VOTE, "file": pdf()})
    page = text_of(client.get(address(convention, "verifier-une-deliberation")))
    assert 'value="2026-41"' in page
    assert 'value="2026-11-12"' in page

    told = take(client, convention, "verifier-une-deliberation", **VOTE, published_on="2026-11-17")

    assert "La délibération n° 2026-41 est enregistrée ; elle est exécutoire depuis le 17 novembre 2026." in told
    assert Paper.objects.get().act == Act.objects.get()
    assert client.get(address(convention, "verifier-une-deliberation")).status_code == 302


def test_a_signed_copy_that_was_filed_records_the_signature(cast: Cast, client: Client, mairie: Client) -> None:
    convention = voted(cast.epci, cast.oisy)
    _, mayor = signatories(cast.epci, cast.oisy)
    Signatory.objects.filter(pk=mayor.pk).update(ends=None)
    path = f"/mairie/convention/{convention.pk}/deposer/exemplaire-signe/"
    mairie.post(path, {"signed_on": "2026-11-20", "file": pdf("signee.pdf")})
    assert f'value="{mayor.pk}" selected' in text_of(client.get(address(convention, "verifier-un-exemplaire")))

    take(client, convention, "verifier-un-exemplaire", signatory=mayor.pk, signed_on="2026-11-20")

    assert Signature.objects.get().signed_on == day("2026-11-20")
