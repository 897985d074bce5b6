"""Two people fill in one draft: the second is shown what differs, and what was typed stays."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.apps.conventions.models import Convention
from escale.apps.documents.models import StoredFile
from tests.apps.conventions.paper import drafted, frozen
from tests.apps.documents.scans import png
from tests.web.cast import Cast
from tests.web.conventions.steps.taking import mistakes, nothing_written, text_of

pytestmark = pytest.mark.usefixtures("_in_november")

FIRST = {"version": 1, "usual_nth": "1", "usual_window": "TUE_AM"}
SECOND = {"version": 1, "usual_nth": "3", "usual_window": "THU_PM"}


def address(convention: Convention) -> str:
    return f"/pilotage/conventions/{convention.pk}/modifier/"


def test_the_second_sees_both_versions_and_loses_nothing(cast: Cast, client: Client, lawyer: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)
    client.post(address(convention), FIRST)

    page = text_of(lawyer.post(address(convention), SECOND))

    assert "Quelqu’un d’autre a enregistré ce brouillon" in page
    assert "premier mardi du mois, matin" in page
    assert "troisième jeudi du mois, après-midi" in page
    assert '<option value="3" selected>' in page
    assert 'name="version" value="2"' in page
    convention.refresh_from_db()
    assert convention.annex == {"nth": 1, "weekday": 1, "half": "AM"}


def test_the_second_may_then_save_what_was_written(cast: Cast, client: Client, lawyer: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)
    client.post(address(convention), FIRST)

    lawyer.post(address(convention), {**SECOND, "version": 2})

    convention.refresh_from_db()
    assert (convention.annex, convention.version) == ({"nth": 3, "weekday": 3, "half": "PM"}, 3)


def test_half_a_usual_day_is_refused(cast: Cast, client: Client) -> None:
    page = text_of(client.post(address(drafted(cast.epci, cast.oisy)), {"version": 1, "usual_nth": "1", "usual_window": ""}))

    assert mistakes(page) == ["Un jour habituel est une semaine du mois et une demi-journée."]


def test_the_logo_of_the_commune_is_an_image(cast: Cast, client: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)

    page = text_of(client.post(address(convention), {**FIRST, "logo": SimpleUploadedFile("logo.pdf", b"%PDF-1.7\n%%EOF")}))

    assert "logo.pdf" in mistakes(page)[0]
    assert not StoredFile.objects.exists()


def test_the_logo_is_chosen_again_when_nothing_was_saved(cast: Cast, client: Client) -> None:
    convention = drafted(cast.epci, cast.oisy)
    asked = "choisir de nouveau le fichier du logo"

    assert asked not in text_of(client.post(address(convention), {**FIRST, "usual_nth": ""}))
    with nothing_written():
        page = text_of(
            client.post(address(convention), {**FIRST, "usual_nth": "", "logo": SimpleUploadedFile("logo.png", png())})
        )
    assert asked in page


def test_a_text_that_is_frozen_is_not_edited(cast: Cast, client: Client) -> None:
    answer = client.get(address(frozen(cast.epci, cast.oisy)), follow=True)

    assert "Ce texte n’est plus un brouillon" in text_of(answer)


def test_a_second_draft_leads_to_the_first_one(cast: Cast, client: Client) -> None:
    first = drafted(cast.epci, cast.oisy)
    typed = {"commune": cast.oisy.pk, "model": "demonstration-2027"}

    with nothing_written():
        page = text_of(client.post("/pilotage/conventions/nouvelle/", typed))

    assert "Une convention avec Oisy est déjà en préparation : reprendre celle-là, ou l’abandonner d’abord." in page
    assert f'<a href="/pilotage/conventions/{first.pk}/">Ouvrir la convention en préparation avec Oisy</a>' in page
