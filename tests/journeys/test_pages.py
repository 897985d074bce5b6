"""Every page in a real browser: for everyone, at any width, light and dark, on our own host, within the policy."""

from __future__ import annotations

import pytest

from tests.journeys.walk import LOOKS, Walk, whose_pages
from tests.web.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES: list[tuple[str | None, str]] = [
    (None, "/"),
    (None, "/?q=roeulx"),
    (None, "/communes/oisy/"),
    (None, "/communes/la-sentinelle/"),
    (None, "/communes/oisy/dates/"),
    (None, "/communes/oissy/"),
    (None, "/ateliers/"),
    (None, "/ce-que-nous-faisons/"),
    (None, "/vos-donnees/"),
    (None, "/mentions-legales/"),
    (None, "/en/"),
    (None, "/accessibilite/"),
    (None, "/donnees/"),
    (None, "/verifier/"),
    (None, "/compte/login/"),
    (None, "/compte/password/reset/"),
    (None, "/entrer/mairie/"),
    (None, "/entrer/mairie/envoye/"),
    (None, "/entrer/mairie/un-lien-qui-ne-sert-plus/"),
    (None, "/une-adresse-qui-manque/"),
    ("coordinator", "/compte/password/change/"),
    ("coordinator", "/pilotage/"),
    ("coordinator", "/pilotage/communes/"),
    ("coordinator", "/pilotage/communes/59446/"),
    ("coordinator", "/pilotage/communes/59446/nom/"),
    ("coordinator", "/pilotage/communes/59446/lieux/nouveau/"),
    ("coordinator", "/pilotage/communes/59446/mairie/"),
    ("coordinator", "/pilotage/communes/59446/relais/nouveau/"),
    ("coordinator", "/pilotage/communes/ages/"),
    ("coordinator", "/pilotage/communes/59446/ages/"),
    ("coordinator", "/pilotage/communes/bassins/"),
    ("coordinator", "/pilotage/communes/bassins/nouveau/"),
    ("coordinator", "/pilotage/donnees-ouvertes/"),
    ("coordinator", "/pilotage/service/coop/"),
    ("coordinator", "/pilotage/relais/"),
    ("referent", "/mairie/coordonnees/"),
    ("desk", "/mairie/coordonnees/"),
    ("referent", "/mairie/coordonnees/modifier/"),
    ("referent", "/mairie/coordonnees/logo/"),
    ("referent", "/mairie/coordonnees/relais/nouveau/"),
    ("mediator", "/terrain/relais/"),
    ("mediator", "/terrain/relais/?commune=59446"),
    ("coordinator", "/pilotage/tournee/affiches/"),
    ("coordinator", "/pilotage/equipe/"),
    ("coordinator", "/pilotage/equipe/absences/nouvelle/"),
    ("coordinator", "/pilotage/tournee/emporter/"),
    ("coordinator", "/pilotage/tournee/agenda/"),
    ("referent", "/mairie/agenda/"),
    ("desk", "/mairie/agenda/"),
    ("mediator", "/terrain/agenda/"),
    ("coordinator", "/pilotage/tournee/comparer/"),
    ("coordinator", "/pilotage/tournee/imprevu/"),
    ("coordinator", "/pilotage/tournee/imprevu/salle/"),
    ("coordinator", "/pilotage/tournee/imprevu/poste/"),
    ("coordinator", "/pilotage/tournee/service-reduit/"),
    ("coordinator", "/pilotage/tournee/capacite/"),
    ("coordinator", "/pilotage/tournee/calendrier/"),
    ("coordinator", "/pilotage/tournee/calendrier/fermetures/nouvelle/"),
    ("coordinator", "/pilotage/tournee/calendrier/vacances/nouvelles/"),
    ("coordinator", "/pilotage/tournee/importer/"),
    ("lawyer", "/pilotage/"),
    ("reader", "/pilotage/communes/"),
    ("coordinator", "/pilotage/conventions/"),
    ("reader", "/pilotage/conventions/"),
    ("lawyer", "/pilotage/conventions/echeances/"),
    ("coordinator", "/pilotage/conventions/echeances/agenda/"),
    ("coordinator", "/pilotage/conventions/obligations/"),
    ("lawyer", "/pilotage/conventions/obligations/?voir=retard"),
    ("coordinator", "/pilotage/conventions/obligations/C-3.2-4/"),
    ("coordinator", "/pilotage/communication/coordination/"),
    ("coordinator", "/pilotage/equipe/assurance/"),
    ("lawyer", "/pilotage/equipe/assurance/nouvelle/"),
    ("coordinator", "/pilotage/comite/"),
    ("coordinator", "/pilotage/constats/"),
    ("coordinator", "/pilotage/comite/reunions/nouvelle/"),
    ("coordinator", "/pilotage/conventions/nouvelle/"),
    ("coordinator", "/pilotage/conventions/lots/"),
    ("coordinator", "/pilotage/conventions/importer/"),
    ("coordinator", "/pilotage/conventions/elections/"),
    ("coordinator", "/pilotage/conventions/elections/ouvrir/"),
    ("coordinator", "/pilotage/conventions/commune-nouvelle/"),
    ("lawyer", "/pilotage/conventions/changer-de-texte/"),
    ("lawyer", "/pilotage/conventions/changer-de-texte/?source=porte-du-hainaut-2025&target=demonstration-2027&way=avenant"),
    ("lawyer", "/pilotage/conventions/calculateur/"),
    ("lawyer", "/pilotage/conventions/calculateur/?notified=2025-03-17&on=2027-01-15"),
    (
        "coordinator",
        "/pilotage/conventions/calculateur/?notified=2025-03-17&on=2026-05-20&sent=2026-04-29&presented=2026-04-30&delivered=2026-05-05",
    ),
    ("reader", "/pilotage/conventions/calculateur/?notified=2026-07-06&on=demain&presented=2026-04-30"),
    ("referent", "/mairie/"),
    ("desk", "/mairie/"),
    ("desk", "/pilotage/"),
    ("referent", "/mairie/dates/"),
    ("referent", "/mairie/convention/"),
    ("desk", "/mairie/convention/"),
    ("referent", "/mairie/convention/referent/"),
    ("referent", "/mairie/convention/signataire/"),
    ("referent", "/mairie/convention/lieux/"),
    ("referent", "/mairie/convention/lieux/?lieu=nouveau"),
    ("mediator", "/terrain/"),
    ("mediator", "/terrain/jours/"),
    ("stranger", "/mon-espace/"),
]


@pytest.mark.parametrize(("who", "paths"), whose_pages(PAGES))
def test_pages_are_open_to_everyone_with_and_without_scripts(walk: Walk, cast: Cast, who: str | None, paths: list[str]) -> None:
    user = getattr(cast, who) if who else None
    found: dict[str, list[str]] = {}

    for path in paths:
        found |= walk.judge_plainly(path, user, LOOKS)

    assert found == {}


def test_the_first_page_of_residents_stays_light(walk: Walk, cast: Cast) -> None:
    page = walk.open("/")

    weight = page.evaluate(
        "performance.getEntries().reduce((sum, entry) => sum + (entry.encodedBodySize || 0), 0)",
    )

    assert 10_000 < weight < 150_000, "bytes, before any compression"
