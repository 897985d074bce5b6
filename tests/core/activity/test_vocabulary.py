"""The closed lists are those of La Coop, value for value; the missions are proposed from what is done."""

from __future__ import annotations

from enum import StrEnum

import pytest

from escale.core.activity.vocabulary import (
    USUAL_MINUTES,
    ActivityKind,
    AgeBand,
    Autonomy,
    Device,
    Gender,
    Level,
    Mission,
    Orientation,
    Place,
    Procedure,
    Public,
    Status,
    Theme,
    proposed_missions,
)

LA_COOP: dict[type[StrEnum], str] = {
    Place: "lieu_activite autre domicile a_distance",
    Theme: (
        "diagnostic_numerique prendre_en_main_du_materiel maintenance_de_materiel gere_ses_contenus_numeriques"
        " navigation_sur_internet email bureautique reseaux_sociaux sante banque_et_achats_en_ligne entrepreneuriat"
        " insertion_professionnelle securite_numerique parentalite scolarite_et_numerique creer_avec_le_numerique"
        " culture_numerique intelligence_artificielle aide_aux_demarches_administratives"
    ),
    Procedure: (
        "papiers_elections_citoyennete famille_scolarite social_sante travail_formation logement transports_mobilite"
        " argent_impots justice etrangers_europe loisirs_sports_culture associations"
    ),
    Device: "ordinateur telephone tablette autre aucun",
    Autonomy: "entierement_accompagne partiellement_autonome autonome",
    Orientation: (
        "administration mediation_numerique operateur_ou_organisme_en_charge aide_sociale insertion_professionnelle"
        " aide_aux_demarches_administratives autre"
    ),
    Level: "debutant intermediaire avance",
    Gender: "masculin feminin non_communique",
    AgeBand: (
        "moins_de_douze douze_dix_huit dix_huit_vingt_quatre vingt_cinq_trente_neuf quarante_cinquante_neuf"
        " soixante_soixante_neuf soixante_dix_plus non_communique"
    ),
    Status: "scolarise sans_emploi en_emploi retraite non_communique",
}


@pytest.mark.parametrize("sort", LA_COOP)
def test_a_list_is_that_of_la_coop(sort: type[StrEnum]) -> None:
    assert [value.value for value in sort] == LA_COOP[sort].split()


def test_there_are_nineteen_themes_eleven_procedures_and_six_lengths() -> None:
    assert (len(Theme), len(Procedure), USUAL_MINUTES) == (19, 11, (15, 30, 45, 60, 90, 120))


def test_the_two_kinds_of_la_coop_come_first_and_the_support_of_a_commune_is_ours() -> None:
    assert [kind.value for kind in ActivityKind] == ["individuel", "collectif", "appui"]


@pytest.mark.parametrize(
    ("kind", "public", "themes", "missions"),
    [
        (ActivityKind.INDIVIDUAL, Public.RESIDENTS, {Theme.EMAIL}, "M1"),
        (ActivityKind.COLLECTIVE, Public.RESIDENTS, {Theme.EMAIL}, "M1 M2"),
        (ActivityKind.COLLECTIVE, Public.AGENTS, {Theme.OFFICE}, "M2 M3"),
        (ActivityKind.INDIVIDUAL, Public.RESIDENTS, {Theme.SECURITY}, "M1 M5"),
        (ActivityKind.INDIVIDUAL, Public.RESIDENTS, {Theme.BUSINESS}, "M1 M6"),
        (ActivityKind.SUPPORT, Public.AGENTS, set(), "M3 M4"),
    ],
)
def test_missions_are_proposed_from_what_is_done(kind: ActivityKind, public: Public, themes: set[Theme], missions: str) -> None:
    assert proposed_missions(kind, public, frozenset(themes)) == {Mission(name) for name in missions.split()}
