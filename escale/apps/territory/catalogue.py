"""The choices that an EPCI makes: each has its key, the article that it reads, its type and its default, here alone."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.labels import (
    APPOINTMENT_POSITIONS,
    AVENANT_RULES,
    COMMITTEE_YEARS,
    EVALUATION_SCOPES,
    HOLIDAY_AREAS,
    KIT_ALLOCATIONS,
    READINGS,
    REFERENT_DUES,
    SCHOOL_ZONES,
    SIGNATURE_LEVELS,
)
from escale.apps.territory.parameters import (
    Parameter,
    count_between,
    counts_down,
    decimal_between,
    one_of,
    read_email,
    read_phone,
    read_siret,
    read_yes_or_no,
    write_counts,
    write_yes_or_no,
)
from escale.core.booking.slots import Grid, Position
from escale.core.calendar.halfdays import Window
from escale.core.calendar.holidays import HolidayArea
from escale.core.calendar.hours import Hours
from escale.core.committee.years import MOST_A_YEAR, YearRule
from escale.core.convention.choices import EvaluationScope, ReferentDue, SignatureLevel
from escale.core.convention.cycles.dispute import AMIABLE_REMINDER_DAYS as AMIABLE_DAYS
from escale.core.convention.obligations import CERTIFICATION_GRACE_DAYS as GRACE_DAYS
from escale.core.convention.periods import POSTING_SAFETY_DAYS as SAFETY_DAYS
from escale.core.evaluation import policies
from escale.core.planning.readings import Reading, windows_of
from escale.core.planning.transition import AvenantRule
from escale.core.team.equipment import KitAllocation
from escale.core.workshops.capacity import MOST_PLACES

SESSION_MINUTES = 180
"""Art. 4: « une demi-journée de 3h »."""


MOST_DAYS = 366


class UnknownSettingError(LookupError):
    """A key that the catalogue does not hold."""


def parameter(key: str) -> Parameter[Any]:
    """Return the parameter of a key. Raise UnknownSettingError, with the nearest key, when there is none."""
    try:
        return CATALOGUE[key]
    except KeyError:
        near = get_close_matches(key.upper(), CATALOGUE, n=1)
        hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else f" ; réglages connus : {', '.join(CATALOGUE)}."
        raise UnknownSettingError(f"Le réglage « {key} » n’existe pas{hint}") from None


def _read_windows(text: str) -> frozenset[Window]:
    return windows_of(Reading.CUSTOM, custom=[Window.parse(word) for word in text.replace(",", " ").split()])


def _write_windows(windows: frozenset[Window]) -> str:
    return " ".join(str(window) for window in sorted(windows))


def _read_school_zone(text: str) -> SchoolZone | None:
    return one_of(SchoolZone, SCHOOL_ZONES)(text)


def _read_session(text: str) -> Hours:
    hours = Hours.parse(text)
    if hours.minutes != SESSION_MINUTES:
        raise ValueError(f"« {text} » ne dure pas trois heures, comme le veut l’article 4.")
    return hours


def _read_slot_minutes(text: str) -> int:
    minutes = count_between(1, 60)(text)
    return Grid(minutes=minutes, position=Position.LAST).minutes


ART4_READING = Parameter(
    key="ART4_READING",
    article="4",
    label="Lecture de « toutes les après-midis, exceptés… »",
    default=Reading.R1,
    read=one_of(Reading, READINGS),
)
ART4_CUSTOM_WINDOWS = Parameter(
    key="ART4_CUSTOM_WINDOWS",
    article="4",
    label="Demi-journées choisies, pour la lecture « au choix »",
    default=frozenset[Window](),
    read=_read_windows,
    write=_write_windows,
)
HALF_DAY_AM = Parameter(
    key="HALF_DAY_AM",
    article="4",
    label="Horaire du matin",
    default=Hours.parse("09:00-12:00"),
    read=_read_session,
)
HALF_DAY_PM = Parameter(
    key="HALF_DAY_PM",
    article="4",
    label="Horaire de l’après-midi",
    default=Hours.parse("14:00-17:00"),
    read=_read_session,
)
APPOINTMENTS_POSITION = Parameter(
    key="APPOINTMENTS_POSITION",
    article="4",
    label="Heure des rendez-vous dans la demi-journée",
    default=Position.LAST,
    read=one_of(Position, APPOINTMENT_POSITIONS),
)
APPOINTMENT_SLOT_MINUTES = Parameter(
    key="APPOINTMENT_SLOT_MINUTES",
    article="4",
    label="Durée d’un créneau de rendez-vous, en minutes (elle partage l’heure)",
    default=30,
    read=_read_slot_minutes,
)
RDV_CUTOFF_HOURS_BEFORE_SESSION = Parameter(
    key="RDV_CUTOFF_HOURS_BEFORE_SESSION",
    article="3-1",
    label="Heures avant le créneau où les inscriptions se ferment (0 : à l’heure du créneau)",
    default=0,
    read=count_between(0, 24 * 31),
)
RDV_TRANSMISSION_MAX_HOURS = Parameter(
    key="RDV_TRANSMISSION_MAX_HOURS",
    article="3-1",
    label="Heures dans lesquelles un rendez-vous est transmis",
    default=24,
    read=count_between(1, 24 * 31),
)
ON_CALL_WINDOWS = Parameter(
    key="ON_CALL_WINDOWS",
    article="4",
    label="Demi-journées où l’équipe est joignable pour une urgence technique",
    default=frozenset(Window.parse(word) for word in ("TUE_PM", "WED_PM", "THU_PM", "FRI_PM")),
    read=_read_windows,
    write=_write_windows,
)
URGENCY_PASS_ON_MINUTES = Parameter(
    key="URGENCY_PASS_ON_MINUTES",
    article="4",
    label="Minutes sans réponse après lesquelles une urgence passe à l’autre personne, puis à la coordination",
    default=120,
    read=count_between(1, 24 * 60),
)
DESK_LINK_MINUTES = Parameter(
    key="DESK_LINK_MINUTES",
    article="",
    label="Minutes pendant lesquelles sert le lien envoyé à l’accueil d’une mairie",
    default=30,
    read=count_between(5, 24 * 60),
)
KIT_ALLOCATION = Parameter(
    key="KIT_ALLOCATION",
    article="3-2",
    label="Qui a une malle",
    default=KitAllocation.PER_MEDIATOR,
    read=one_of(KitAllocation, KIT_ALLOCATIONS),
)
CERTIFICATION_GRACE_DAYS = Parameter(
    key="CERTIFICATION_GRACE_DAYS",
    article="3-2",
    label="Jours laissés à une personne qui arrive pour être habilitée à Aidants Connect",
    default=GRACE_DAYS,
    read=count_between(0, 3 * MOST_DAYS),
)
REMINDER_HOURS = Parameter(
    key="REMINDER_HOURS",
    article="3-1",
    label="Heures avant le rendez-vous où la personne reçoit un rappel (0 : aucun rappel)",
    default=48,
    read=count_between(0, 24 * 14),
)
FTE_REQUIRED = Parameter(
    key="FTE_REQUIRED",
    article="7",
    label="Équivalents temps plein promis aux communes",
    default=Decimal("2.0"),
    read=decimal_between("0.1", "100"),
)
HOLIDAY_AREA = Parameter(
    key="HOLIDAY_AREA",
    article="",
    label="Jours fériés",
    default=HolidayArea.METROPOLE,
    read=one_of(HolidayArea, HOLIDAY_AREAS),
)
SCHOOL_ZONE: Parameter[SchoolZone | None] = Parameter(
    key="SCHOOL_ZONE",
    article="",
    label="Zone de vacances scolaires",
    default=None,
    read=_read_school_zone,
    write=lambda zone: zone or "",
)
ROAD_FACTOR = Parameter(
    key="ROAD_FACTOR",
    article="",
    label="Longueur de la route pour un kilomètre à vol d’oiseau",
    default=Decimal("1.3"),
    read=decimal_between("1", "3"),
)
COORDINATION_PHONE = Parameter(
    key="COORDINATION_PHONE",
    article="",
    label="Téléphone de la coordination, pour les mairies",
    default="",
    read=read_phone,
)
COORDINATION_EMAIL = Parameter(
    key="COORDINATION_EMAIL",
    article="",
    label="Adresse électronique de la coordination, pour les mairies",
    default="",
    read=read_email,
)
EPCI_SEAT = Parameter(
    key="EPCI_SEAT",
    article="",
    label="Adresse du siège de l’EPCI, en tête des lettres",
    default="",
    read=str.strip,
)
EPCI_SIRET = Parameter(
    key="EPCI_SIRET",
    article="",
    label="SIRET de l’EPCI, dans les données ouvertes (sans lui, son SIREN)",
    default="",
    read=read_siret,
)
SITE_PUBLISHER = Parameter(
    key="SITE_PUBLISHER",
    article="",
    label="Directeur ou directrice de la publication du site (loi n° 2004-575, art. 1-1)",
    default="",
    read=str.strip,
)
SITE_HOST = Parameter(
    key="SITE_HOST",
    article="",
    label="Hébergeur du site : nom, adresse, téléphone (loi n° 2004-575, art. 1-1)",
    default="",
    read=str.strip,
)
OFFICE_ADDRESS = Parameter(
    key="OFFICE_ADDRESS",
    article="4",
    label="Adresse du bureau où les habitants sont reçus les après-midis d’astreinte",
    default="",
    read=str.strip,
)
WORKSHOP_MAX_PERSONS = Parameter(
    key="WORKSHOP_MAX_PERSONS",
    article="3-1",
    label="Personnes au plus dans un atelier (« salle de maximum huit personnes »)",
    default=8,
    read=count_between(2, MOST_PLACES),
)
WORKSHOP_COUNT_MEDIATOR = Parameter(
    key="WORKSHOP_COUNT_MEDIATOR",
    article="3-1",
    label="Compter qui anime l’atelier parmi ces personnes",
    default=False,
    read=read_yes_or_no,
    write=write_yes_or_no,
)
DATA_CONTACT = Parameter(
    key="DATA_CONTACT",
    article="",
    label="Adresse à laquelle les habitants exercent leurs droits sur leurs données",
    default="",
    read=str.strip,
)
DATA_OFFICER = Parameter(
    key="DATA_OFFICER",
    article="",
    label="Délégué à la protection des données : nom ou service, adresse",
    default="",
    read=str.strip,
)
ACCESSIBILITY_CONTACT = Parameter(
    key="ACCESSIBILITY_CONTACT",
    article="",
    label="Adresse où signaler une page qui n’est pas accessible (sans elle, le siège de l’EPCI)",
    default="",
    read=str.strip,
)
ACCESSIBILITY_SCHEME = Parameter(
    key="ACCESSIBILITY_SCHEME",
    article="",
    label="Schéma pluriannuel d’accessibilité : son adresse sur Internet",
    default="",
    read=str.strip,
)
ACCESSIBILITY_PLAN = Parameter(
    key="ACCESSIBILITY_PLAN",
    article="",
    label="Plan d’accessibilité de l’année : son adresse sur Internet",
    default="",
    read=str.strip,
)
PLANNING_AVENANT_REQUIRED_FOR = Parameter(
    key="PLANNING_AVENANT_REQUIRED_FOR",
    article="4",
    label="Ce que seul un avenant peut changer dans le planning annexé",
    default=AvenantRule.PATTERN_ONLY,
    read=one_of(AvenantRule, AVENANT_RULES),
)

MIN_SIGNATURE_LEVEL = Parameter(
    key="MIN_SIGNATURE_LEVEL",
    article="",
    label="Niveau le plus faible d’une signature électronique (le papier convient toujours)",
    default=SignatureLevel.AES_QC,
    read=one_of(SignatureLevel, SIGNATURE_LEVELS),
)
BUREAU_DELEGATION_STRICT = Parameter(
    key="BUREAU_DELEGATION_STRICT",
    article="",
    label="Refuser une délibération du Bureau sans la délégation du conseil (L. 5211-10 CGCT)",
    default=False,
    read=read_yes_or_no,
    write=write_yes_or_no,
)
POSTING_SAFETY_DAYS = Parameter(
    key="POSTING_SAFETY_DAYS",
    article="5-1",
    label="Jours d’avance pour poster une dénonciation",
    default=SAFETY_DAYS,
    read=count_between(0, MOST_DAYS),
)
POSTAL_INSTANCE_DAYS = Parameter(
    key="POSTAL_INSTANCE_DAYS",
    article="5-1",
    label="Jours pendant lesquels une lettre recommandée attend au bureau de poste",
    default=15,
    read=count_between(1, MOST_DAYS),
)
DENUNCIATION_ALERTS_DAYS_BEFORE: Parameter[tuple[int, ...]] = Parameter(
    key="DENUNCIATION_ALERTS_DAYS_BEFORE",
    article="5-1",
    label="Rappels avant le dernier jour pour dénoncer, en jours",
    default=(180, 120, 60, 30, 21, 10),
    read=counts_down(MOST_DAYS),
    write=write_counts,
)
REFERENT_REQUIRED_AT = Parameter(
    key="REFERENT_REQUIRED_AT",
    article="3-1",
    label="Jour auquel la commune a nommé son référent",
    default=ReferentDue.EFFECT,
    read=one_of(ReferentDue, REFERENT_DUES),
)
AMIABLE_REMINDER_DAYS = Parameter(
    key="AMIABLE_REMINDER_DAYS",
    article="9",
    label="Jours de recherche amiable avant de demander où elle en est",
    default=AMIABLE_DAYS,
    read=count_between(1, MOST_DAYS),
)

K_INTERNAL = Parameter(
    key="K_INTERNAL",
    article="",
    label="Plus petit nombre de personnes que montre un tableau des rapports aux communes",
    default=policies.K_INTERNAL,
    read=count_between(policies.SMALLEST_K_INTERNAL, 100),
)
COMMITTEE_MAX_PER_YEAR = Parameter(
    key="COMMITTEE_MAX_PER_YEAR",
    article="6",
    label="Réunions du comité de suivi par an, au plus",
    default=MOST_A_YEAR,
    read=count_between(1, 12),
)
COMMITTEE_YEAR = Parameter(
    key="COMMITTEE_YEAR",
    article="6",
    label="Ce que veut dire « par an » pour le comité de suivi",
    default=YearRule.CALENDAR,
    read=one_of(YearRule, COMMITTEE_YEARS),
)
EVALUATION_SCOPE = Parameter(
    key="EVALUATION_SCOPE",
    article="6",
    label="Ce que les évaluations regardent",
    default=EvaluationScope.BOTH,
    read=one_of(EvaluationScope, EVALUATION_SCOPES),
)
INSIGHT_HALF_DAYS = Parameter(
    key="INSIGHT_HALF_DAYS",
    article="",
    label="Dernières demi-journées tenues que regardent les constats sur les rendez-vous",
    default=6,
    read=count_between(4, 24),
)
INSIGHT_WAIT_DAYS = Parameter(
    key="INSIGHT_WAIT_DAYS",
    article="",
    label="Jours d’attente d’un rendez-vous à partir desquels les constats comptent une demande sans place",
    default=30,
    read=count_between(7, 365),
)
ROAD_KM_PER_HOUR = Parameter(
    key="ROAD_KM_PER_HOUR",
    article="",
    label="Vitesse moyenne sur la route, en kilomètres par heure, pour estimer les temps de trajet",
    default=40,
    read=count_between(10, 90),
)
K_PUBLIC = Parameter(
    key="K_PUBLIC",
    article="",
    label="Plus petit nombre de personnes que montre un tableau publié",
    default=policies.K_PUBLIC,
    read=count_between(policies.SMALLEST_K_PUBLIC, 100),
)

CATALOGUE: dict[str, Parameter[Any]] = {
    choice.key: choice
    for choice in (
        ART4_READING,
        ART4_CUSTOM_WINDOWS,
        HALF_DAY_AM,
        HALF_DAY_PM,
        APPOINTMENTS_POSITION,
        APPOINTMENT_SLOT_MINUTES,
        RDV_CUTOFF_HOURS_BEFORE_SESSION,
        RDV_TRANSMISSION_MAX_HOURS,
        REMINDER_HOURS,
        ON_CALL_WINDOWS,
        URGENCY_PASS_ON_MINUTES,
        DESK_LINK_MINUTES,
        KIT_ALLOCATION,
        CERTIFICATION_GRACE_DAYS,
        FTE_REQUIRED,
        HOLIDAY_AREA,
        SCHOOL_ZONE,
        ROAD_FACTOR,
        COORDINATION_PHONE,
        COORDINATION_EMAIL,
        EPCI_SEAT,
        EPCI_SIRET,
        SITE_PUBLISHER,
        SITE_HOST,
        OFFICE_ADDRESS,
        WORKSHOP_MAX_PERSONS,
        WORKSHOP_COUNT_MEDIATOR,
        DATA_CONTACT,
        DATA_OFFICER,
        ACCESSIBILITY_CONTACT,
        ACCESSIBILITY_SCHEME,
        ACCESSIBILITY_PLAN,
        MIN_SIGNATURE_LEVEL,
        BUREAU_DELEGATION_STRICT,
        POSTING_SAFETY_DAYS,
        POSTAL_INSTANCE_DAYS,
        DENUNCIATION_ALERTS_DAYS_BEFORE,
        REFERENT_REQUIRED_AT,
        AMIABLE_REMINDER_DAYS,
        K_INTERNAL,
        K_PUBLIC,
        COMMITTEE_MAX_PER_YEAR,
        COMMITTEE_YEAR,
        EVALUATION_SCOPE,
        INSIGHT_HALF_DAYS,
        INSIGHT_WAIT_DAYS,
        ROAD_KM_PER_HOUR,
    )
}
"""Every choice there is, in the order in which a screen shows them."""
