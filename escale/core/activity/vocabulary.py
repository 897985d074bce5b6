"""The closed lists of an activity: those of La Coop de la médiation numérique, value for value, then those of the convention."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class ActivityKind(StrEnum):
    """What was done. The first two are La Coop's; « appui à la commune » is of this convention (art. 3-2)."""

    INDIVIDUAL = "individuel"
    COLLECTIVE = "collectif"
    SUPPORT = "appui"


class Place(StrEnum):
    """Where, in the words of La Coop."""

    USUAL = "lieu_activite"
    OTHER = "autre"
    HOME = "domicile"
    REMOTE = "a_distance"


class Mode(StrEnum):
    """How the two spoke to each other; La Coop has one word for the last two."""

    ON_SITE = "sur_place"
    PHONE = "telephone"
    REMOTE = "a_distance"


USUAL_MINUTES = (15, 30, 45, 60, 90, 120)
"""What La Coop proposes in one tap; any other length may be written."""
MOST_MINUTES = 23 * 60 + 59


class Theme(StrEnum):
    """The themes of La Coop, in its order."""

    DIAGNOSIS = "diagnostic_numerique"
    DEVICE = "prendre_en_main_du_materiel"
    MAINTENANCE = "maintenance_de_materiel"
    CONTENTS = "gere_ses_contenus_numeriques"
    BROWSING = "navigation_sur_internet"
    EMAIL = "email"
    OFFICE = "bureautique"
    NETWORKS = "reseaux_sociaux"
    HEALTH = "sante"
    BANKING = "banque_et_achats_en_ligne"
    BUSINESS = "entrepreneuriat"
    WORK = "insertion_professionnelle"
    SECURITY = "securite_numerique"
    PARENTING = "parentalite"
    SCHOOL = "scolarite_et_numerique"
    CREATION = "creer_avec_le_numerique"
    CULTURE = "culture_numerique"
    AI = "intelligence_artificielle"
    PROCEDURES = "aide_aux_demarches_administratives"


class Procedure(StrEnum):
    """The administrative themes of La Coop: only with « aide aux démarches administratives »."""

    PAPERS = "papiers_elections_citoyennete"
    FAMILY = "famille_scolarite"
    SOCIAL = "social_sante"
    WORK = "travail_formation"
    HOUSING = "logement"
    TRANSPORT = "transports_mobilite"
    MONEY = "argent_impots"
    JUSTICE = "justice"
    FOREIGNERS = "etrangers_europe"
    LEISURE = "loisirs_sports_culture"
    ASSOCIATIONS = "associations"


class Device(StrEnum):
    """On what the work was done."""

    COMPUTER = "ordinateur"
    PHONE = "telephone"
    TABLET = "tablette"
    OTHER = "autre"
    NONE = "aucun"


class Autonomy(StrEnum):
    """How far the person goes alone."""

    GUIDED = "entierement_accompagne"
    PARTLY = "partiellement_autonome"
    ALONE = "autonome"


class Orientation(StrEnum):
    """To whom the person was sent on."""

    ADMINISTRATION = "administration"
    MEDIATION = "mediation_numerique"
    OPERATOR = "operateur_ou_organisme_en_charge"
    SOCIAL = "aide_sociale"
    WORK = "insertion_professionnelle"
    PROCEDURES = "aide_aux_demarches_administratives"
    OTHER = "autre"


class Level(StrEnum):
    """For whom a workshop is."""

    BEGINNER = "debutant"
    INTERMEDIATE = "intermediaire"
    ADVANCED = "avance"


class Gender(StrEnum):
    """As the mediator sees it; nobody is asked."""

    MALE = "masculin"
    FEMALE = "feminin"
    UNKNOWN = "non_communique"


class AgeBand(StrEnum):
    """The ages of La Coop; « 12 à 18 » stops before 18."""

    UNDER_12 = "moins_de_douze"
    FROM_12 = "douze_dix_huit"
    FROM_18 = "dix_huit_vingt_quatre"
    FROM_25 = "vingt_cinq_trente_neuf"
    FROM_40 = "quarante_cinquante_neuf"
    FROM_60 = "soixante_soixante_neuf"
    FROM_70 = "soixante_dix_plus"
    UNKNOWN = "non_communique"


class Status(StrEnum):
    """What the person lives on, as La Coop asks it."""

    SCHOOL = "scolarise"
    JOBLESS = "sans_emploi"
    WORKING = "en_emploi"
    RETIRED = "retraite"
    UNKNOWN = "non_communique"


class Posture(StrEnum):
    """« Je forme, j'accompagne, je fais »: the last one acts for the person, and needs a mandate."""

    TEACHES = "forme"
    ACCOMPANIES = "accompagne"
    ACTS = "fait_a_la_place"


class Mandate(StrEnum):
    """Under which written mandate the mediator acted; the mandate itself is never here."""

    NONE = ""
    AIDANTS_CONNECT = "aidants_connect"
    PAPER = "papier"


class Mission(StrEnum):
    """The missions of art. 3-2, in its order."""

    QUALITY_OF_LIFE = "M1"
    AWARENESS = "M2"
    MODERN_COMMUNES = "M3"
    COLLABORATION = "M4"
    RESPONSIBLE_USE = "M5"
    TERRITORY = "M6"


class Public(StrEnum):
    """For whom: both are of the convention (recitals, art. 4)."""

    RESIDENTS = "habitants"
    AGENTS = "agents_communaux"


class TallyKind(StrEnum):
    """What is only counted. `HELPED` is for mediators who write their records in La Coop."""

    LEFT = "repartie_sans_aide"
    OUT_OF_BOUNDS = "hors_cadre"
    HELPED = "aidee"


class Bound(StrEnum):
    """Why something is not for this service."""

    SECRET = "mot_de_passe"  # noqa: S105 -- the name of a reason
    MONEY = "argent"
    MINOR = "mineur_ou_protege"
    LEGAL = "conseil_juridique"
    SOCIAL = "travail_social"
    REPAIR = "reparation"
    PRIVATE_BUSINESS = "activite_commerciale"
    NO_MANDATE = "sans_mandat"
    OTHER = "autre"


class Ease(IntEnum):
    """What someone answers to « Seriez-vous à l’aise pour refaire cela sans aide ? », asked once, at the end, and optional.

    The four points are those of E4; who does not answer is counted, so that one knows how many were asked.
    """

    NO_ANSWER = 0
    NOT_AT_ALL = 1
    RATHER_NOT = 2
    RATHER = 3
    WHOLLY = 4


class IncidentKind(StrEnum):
    """What went wrong with people or things, told without naming anyone."""

    TENSION = "tension"
    THREAT = "menace"
    ACCIDENT = "accident"
    EQUIPMENT = "materiel"
    DATA = "donnees"
    OTHER = "autre"


class Help(StrEnum):
    """Why a mediator asks the team for help."""

    COLLEAGUE = "collegue"
    TENSION = "tension"
    LATE = "retard"
    TECHNICAL = "panne"
    ADVICE = "conseil"
    OTHER = "autre"


def proposed_missions(kind: ActivityKind, public: Public, themes: frozenset[Theme]) -> frozenset[Mission]:
    """Return the missions that an activity serves unless someone says otherwise (art. 3-2 names them, not what serves them)."""
    found = {Mission.QUALITY_OF_LIFE} if public is Public.RESIDENTS else {Mission.MODERN_COMMUNES}
    if kind is ActivityKind.SUPPORT:
        found = {Mission.MODERN_COMMUNES, Mission.COLLABORATION}
    if kind is ActivityKind.COLLECTIVE:
        found.add(Mission.AWARENESS)
    if themes & {Theme.SECURITY, Theme.CULTURE, Theme.AI, Theme.PARENTING}:
        found.add(Mission.RESPONSIBLE_USE)
    if themes & {Theme.BUSINESS}:
        found.add(Mission.TERRITORY)
    return frozenset(found)
