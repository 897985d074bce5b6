"""The 22 indicators of the evaluation (art. 6), frozen under a version: what each counts, over what, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

METHOD = "1"
"""Changes with any definition, formula, interval or rule of this package; frozen figures and reports carry it."""

ILLECTRONISM_PERCENT = 17.5
"""The figure of the convention's recitals; context for E6, never a result (its year, source and population are not stated)."""


class Family(StrEnum):
    """The three criteria of art. 6."""

    FUNCTIONING = "F"
    NUMBER = "N"
    EFFECTIVENESS = "E"


FAMILIES: Mapping[Family, str] = {
    Family.FUNCTIONING: "Le fonctionnement du service",
    Family.NUMBER: "Le nombre d’accompagnements",
    Family.EFFECTIVENESS: "L’efficacité au regard de la lutte contre la fracture numérique",
}


class Kind(StrEnum):
    """What a value is: it decides its unit and its interval."""

    SHARE = "share"
    """Between 0 and 1; Wilson's interval where the numerator is drawn at random."""
    COUNT = "count"
    """Things or people; Garwood's interval."""
    RATE = "rate"
    """For 1,000 inhabitants; Garwood's interval."""
    RATIO = "ratio"
    """One figure over another, 1 for equal."""
    DAYS = "days"
    """Civil days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One indicator. `sentence` is a template: `{n:jour|jours}` writes the numerator and its noun, `{d:…}` the denominator,
    `{share}` the percentage, or that there are too few people for one.

    `missing` says what a value that is not known means. `cells` are the cells of published tables that its figures rest on, as
    (table, category): where one is hidden, the indicator is hidden. `is_census` marks what is counted whole, without chance: a
    share of promises kept has no interval.
    """

    code: str
    family: Family
    kind: Kind
    label: str
    sentence: str
    numerator: str
    denominator: str
    article: str
    missing: str
    is_census: bool = False
    cells: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.code.startswith(self.family.value):
            raise ValueError(f"{self.code} is not of the family {self.family}")


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        code="F1",
        family=Family.FUNCTIONING,
        kind=Kind.SHARE,
        label="Demi-journées proposées",
        sentence="{n:demi-journée proposée|demi-journées proposées} sur {d:due|dues} (art. 4)",
        numerator="demi-journées proposées, que la commune les ait acceptées, refusées ou annulées",
        denominator="demi-journées que l’article 4 demande sur les mois entiers en vigueur, sans celles auxquelles les deux"
        " parties ont renoncé",
        article="4",
        missing="la tournée de la période n’est pas tenue dans Escale",
        is_census=True,
    ),
    Definition(
        code="F2",
        family=Family.FUNCTIONING,
        kind=Kind.SHARE,
        label="Demi-journées tenues",
        sentence="{n:demi-journée tenue|demi-journées tenues} sur {d:due|dues} (art. 4)",
        numerator="demi-journées tenues, rattrapages compris",
        denominator="demi-journées dues à ce jour, sans celles que la commune a refusées ou annulées, celles auxquelles les deux"
        " parties ont renoncé, ni celles dont le rattrapage accepté reste à venir",
        article="4",
        missing="la tournée de la période n’est pas tenue dans Escale",
        is_census=True,
    ),
    Definition(
        code="F3",
        family=Family.FUNCTIONING,
        kind=Kind.RATIO,
        label="Heures de présence",
        sentence="{n} de présence sur {d} dues (art. 4)",
        numerator="minutes de présence des demi-journées tenues",
        denominator="durée d’une demi-journée (trois heures) multipliée par les demi-journées dues de F2",
        article="4",
        missing="les heures de présence ne sont pas notées",
        is_census=True,
    ),
    Definition(
        code="F4",
        family=Family.FUNCTIONING,
        kind=Kind.SHARE,
        label="Créneaux de rendez-vous pris",
        sentence="{n:créneau réservé|créneaux réservés} sur {d:ouvert|ouverts} ({share}),"
        " {absent:personne absente|personnes absentes}",
        numerator="créneaux réservés et non annulés, que la personne soit venue ou non",
        denominator="créneaux ouverts pendant les demi-journées tenues",
        article="4",
        missing="les rendez-vous de la période ne sont pas pris dans Escale",
    ),
    Definition(
        code="F5",
        family=Family.FUNCTIONING,
        kind=Kind.DAYS,
        label="Délai d’un rendez-vous",
        sentence="la moitié des demandes obtiennent un rendez-vous en {n:jour|jours} au plus, neuf sur dix {ninth}",
        numerator="jours entre la demande et le rendez-vous : médiane et neuvième décile",
        denominator="demandes de la période ; celles qui attendent encore comptent pour le temps déjà passé (Kaplan-Meier) dès"
        " qu’elles dépassent une sur dix",
        article="3-1",
        missing="aucune demande de la période n’a sa date",
    ),
    Definition(
        code="F6",
        family=Family.FUNCTIONING,
        kind=Kind.SHARE,
        label="Locaux conformes",
        sentence="{n:contrôle conforme|contrôles conformes} sur {d} (chauffage, bureau à l’abri des regards, salle ; art. 7)",
        numerator="contrôles des locaux où tout ce que promet la commune était là",
        denominator="contrôles des locaux faits par les médiateurs",
        article="3-1 et 7",
        missing="aucun contrôle n’a été noté",
        is_census=True,
    ),
    Definition(
        code="F7",
        family=Family.FUNCTIONING,
        kind=Kind.SHARE,
        label="Deux équivalents temps plein",
        sentence="{n:jour|jours} à deux équivalents temps plein au moins, sur {d} (art. 7)",
        numerator="jours où les quotités des médiateurs en poste atteignent deux équivalents temps plein",
        denominator="jours de la période",
        article="7",
        missing="les postes de la période ne sont pas connus",
        is_census=True,
    ),
    Definition(
        code="F8",
        family=Family.FUNCTIONING,
        kind=Kind.SHARE,
        label="Médiateurs habilités Aidants Connect",
        sentence="{n:médiateur habilité|médiateurs habilités} sur {d} au dernier jour de la période (art. 3-2 et 7)",
        numerator="médiateurs dont l’habilitation Aidants Connect est valide au dernier jour",
        denominator="médiateurs en poste au dernier jour",
        article="3-2 et 7",
        missing="les habilitations ne sont pas connues",
        is_census=True,
    ),
    Definition(
        code="F9",
        family=Family.FUNCTIONING,
        kind=Kind.COUNT,
        label="Urgences techniques de premier niveau",
        sentence="{n:urgence|urgences} de premier niveau (art. 4)",
        numerator="demandes d’urgence reçues ; la médiane du temps jusqu’à la première réponse est donnée à côté",
        denominator="sans",
        article="4",
        missing="les urgences de la période ne sont pas notées",
    ),
    Definition(
        code="F10",
        family=Family.FUNCTIONING,
        kind=Kind.SHARE,
        label="Comptes rendus complets",
        sentence="{n:demi-journée notée|demi-journées notées} en sept jours au plus, sur {d:tenue|tenues}",
        numerator="demi-journées tenues dont le compte rendu est entré dans les sept jours",
        denominator="demi-journées tenues ; la part non renseignée de chaque champ est donnée à côté de chaque tableau",
        article="3-2",
        missing="la date de saisie n’est pas connue",
        is_census=True,
    ),
    Definition(
        code="N1",
        family=Family.NUMBER,
        kind=Kind.COUNT,
        label="Accompagnements",
        sentence="{n:accompagnement|accompagnements}",
        numerator="participations d’une personne à une activité, par mode : rendez-vous, sans rendez-vous, atelier",
        denominator="sans",
        article="6",
        missing="l’activité de la période n’est pas notée",
        cells=(("total", "accompagnements"),),
    ),
    Definition(
        code="N2",
        family=Family.NUMBER,
        kind=Kind.RATE,
        label="Accompagnements pour 1 000 habitants",
        sentence="{value:accompagnement|accompagnements} pour 1 000 habitants",
        numerator="accompagnements (N1)",
        denominator="population municipale, pour mille",
        article="6",
        missing="la population ou l’activité n’est pas connue",
        cells=(("total", "accompagnements"),),
    ),
    Definition(
        code="N3",
        family=Family.NUMBER,
        kind=Kind.SHARE,
        label="Premières venues",
        sentence="{n:accompagnement|accompagnements} d’une personne venue pour la première fois, sur {d:réponse|réponses}"
        " ({share})",
        numerator="accompagnements notés « première fois »",
        denominator="accompagnements où la réponse est notée",
        article="6",
        missing="la question n’a pas été posée ou pas notée",
        cells=(("first_time", "oui"), ("first_time", "repondu")),
    ),
    Definition(
        code="N4",
        family=Family.NUMBER,
        kind=Kind.SHARE,
        label="Thèmes",
        sentence="{n:accompagnement|accompagnements} ; un accompagnement peut porter sur plusieurs thèmes :"
        " leur somme dépasse 100 %",
        numerator="accompagnements qui portent sur chaque thème",
        denominator="accompagnements (N1)",
        article="6",
        missing="aucun thème n’est noté",
    ),
    Definition(
        code="N5",
        family=Family.NUMBER,
        kind=Kind.SHARE,
        label="Communes visitées",
        sentence="{n:commune visitée|communes visitées} au moins une fois par trimestre, sur {d} en vigueur",
        numerator="communes où une demi-journée au moins a été tenue dans chaque trimestre entier de la période",
        denominator="communes dont la convention est en vigueur",
        article="4 et 6",
        missing="la tournée de la période n’est pas tenue dans Escale",
        is_census=True,
    ),
    Definition(
        code="E1",
        family=Family.EFFECTIVENESS,
        kind=Kind.SHARE,
        label="Autonomie à la fin de l’accompagnement",
        sentence="{n:accompagnement terminé|accompagnements terminés} en autonomie, entière ou partielle,"
        " sur {d} où elle est notée ({share})",
        numerator="accompagnements notés « autonome » ou « autonome avec guidage en cas de besoin »",
        denominator="accompagnements dont l’autonomie est notée",
        article="6",
        missing="l’autonomie n’est pas notée",
        cells=(("autonomy", "autonome_ou_partiel"), ("autonomy", "repondu")),
    ),
    Definition(
        code="E2",
        family=Family.EFFECTIVENESS,
        kind=Kind.SHARE,
        label="Démarches résolues",
        sentence="{n:démarche résolue|démarches résolues} sur {d} dont l’issue est notée ({share})",
        numerator="accompagnements dont la démarche est notée résolue ; les autres : personne orientée, ou démarche non résolue",
        denominator="accompagnements dont l’issue est notée",
        article="6",
        missing="l’issue n’est pas notée",
        cells=(("outcome", "resolue"), ("outcome", "orientee"), ("outcome", "non_resolue"), ("outcome", "repondu")),
    ),
    Definition(
        code="E3",
        family=Family.EFFECTIVENESS,
        kind=Kind.SHARE,
        label="Évolution de l’autonomie des personnes revenues",
        sentence="{n:personne plus autonome|personnes plus autonomes}, {less:moins autonome|moins autonomes}, {same} sans"
        " changement entre leur premier et leur dernier rendez-vous sur le même thème",
        numerator="personnes revenues en rendez-vous sur le même thème, plus autonomes la dernière fois que la première",
        denominator="personnes revenues dont l’autonomie a changé (test des signes)",
        article="6",
        missing="aucune personne n’est suivie d’un rendez-vous à l’autre",
    ),
    Definition(
        code="E4",
        family=Family.EFFECTIVENESS,
        kind=Kind.SHARE,
        label="Confiance déclarée",
        sentence="{n:personne se dit|personnes se disent} plutôt ou tout à fait confiantes, sur {d:réponse|réponses} ({share}) ;"
        " {asked:personne sollicitée|personnes sollicitées}",
        numerator="réponses « plutôt » ou « tout à fait » à une question anonyme et facultative, sur quatre points",
        denominator="réponses à la question",
        article="6",
        missing="la question n’a pas été posée",
    ),
    Definition(
        code="E5",
        family=Family.EFFECTIVENESS,
        kind=Kind.COUNT,
        label="ABC Pix passés",
        sentence="{n:ABC Pix passé|ABC Pix passés} ; les résultats restent dans Pix",
        numerator="accompagnements où la personne a passé ABC Diag ou ABC Pix",
        denominator="sans",
        article="6",
        missing="la question n’est pas notée",
        cells=(("pix", "oui"),),
    ),
    Definition(
        code="E6",
        family=Family.EFFECTIVENESS,
        kind=Kind.RATIO,
        label="Portée",
        sentence="ordre de grandeur : {n:personne accompagnée|personnes accompagnées}, pour environ {d:personne|personnes} si"
        " l’illectronisme touche ici {percent} % des 15 ans et plus, ce que rien n’établit pour ce territoire",
        numerator="personnes distinctes accompagnées, estimées : les premières venues, comme si ceux dont la réponse manque"
        " étaient comme les autres",
        denominator="17,5 % (considérants de la convention) de la population de 15 ans et plus",
        article="6",
        missing="la population de 15 ans et plus n’est pas saisie, ou le nombre de personnes n’est pas estimé",
        cells=(("first_time", "oui"), ("first_time", "repondu")),
    ),
    Definition(
        code="E7",
        family=Family.EFFECTIVENESS,
        kind=Kind.RATIO,
        label="Public de 60 ans et plus",
        sentence="{n:accompagnement|accompagnements} de personnes de 60 ans et plus, sur {d} dont l’âge est noté :"
        " {value} leur part parmi les 15 ans et plus",
        numerator="part des 60 ans et plus parmi les accompagnements dont l’âge est noté",
        denominator="part des 60 ans et plus dans la population de 15 ans et plus",
        article="6",
        missing="les populations de 15 ans et plus et de 60 ans et plus ne sont pas saisies, ou l’âge n’est pas noté",
        cells=(("age", "soixante_et_plus"), ("age", "repondu")),
    ),
)
"""By family and number."""

BY_CODE: Mapping[str, Definition] = {definition.code: definition for definition in DEFINITIONS}
