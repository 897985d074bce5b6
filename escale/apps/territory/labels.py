"""French words for the values of the territory; a test holds each table complete."""

from __future__ import annotations

from escale.apps.territory.areas import SchoolZone
from escale.apps.territory.models.premises import Operator, Signal
from escale.apps.territory.models.reaching import RelayKind
from escale.core.booking.slots import Position
from escale.core.calendar.holidays import HolidayArea
from escale.core.committee.years import YearRule
from escale.core.convention.choices import EvaluationScope, ReferentDue, SignatureLevel
from escale.core.planning.readings import Reading
from escale.core.planning.transition import AvenantRule
from escale.core.team.equipment import KitAllocation

READINGS = {
    Reading.R1: "du mardi au vendredi, matin et après-midi, sauf le mercredi matin",
    Reading.R2: "les après-midis du mardi au vendredi",
    Reading.R3: "les matins du mardi, du jeudi et du vendredi, et le mercredi après-midi",
    Reading.CUSTOM: "au choix",
}
APPOINTMENT_POSITIONS = {
    Position.FIRST: "la première",
    Position.LAST: "la dernière",
}
AVENANT_RULES = {
    AvenantRule.PATTERN_ONLY: "le jour habituel ; une date isolée peut bouger",
    AvenantRule.ANY_CHANGE: "chaque date",
}
KIT_ALLOCATIONS = {
    KitAllocation.PER_MEDIATOR: "chaque médiatrice ou médiateur",
    KitAllocation.SHARED: "l’équipe, une seule pour tous",
}
COMMITTEE_YEARS = {
    YearRule.CALENDAR: "du 1er janvier au 31 décembre",
    YearRule.ROLLING: "sur douze mois qui se suivent",
    YearRule.CONTRACT: "du 1er juillet au 30 juin",
}
EVALUATION_SCOPES = {
    EvaluationScope.PER_CONVENTION: "chaque convention",
    EvaluationScope.DISPOSITIF: "le service dans son ensemble",
    EvaluationScope.BOTH: "chaque convention, et le service dans son ensemble",
}
HOLIDAY_AREAS = {
    HolidayArea.METROPOLE: "Métropole",
    HolidayArea.ALSACE_MOSELLE: "Alsace et Moselle",
    HolidayArea.GUADELOUPE: "Guadeloupe",
    HolidayArea.MARTINIQUE: "Martinique",
    HolidayArea.GUYANE: "Guyane",
    HolidayArea.REUNION: "La Réunion",
    HolidayArea.MAYOTTE: "Mayotte",
}
SCHOOL_ZONES = {
    SchoolZone.A: "zone A",
    SchoolZone.B: "zone B",
    SchoolZone.C: "zone C",
    SchoolZone.CORSE: "Corse",
    SchoolZone.GUADELOUPE: "Guadeloupe",
    SchoolZone.MARTINIQUE: "Martinique",
    SchoolZone.GUYANE: "Guyane",
    SchoolZone.REUNION: "La Réunion",
    SchoolZone.MAYOTTE: "Mayotte",
}
OPERATORS = {
    Operator.ORANGE: "Orange",
    Operator.SFR: "SFR",
    Operator.BOUYGUES: "Bouygues Telecom",
    Operator.FREE: "Free",
}
SIGNALS = {Signal.NONE: "pas de réseau", Signal.WEAK: "réseau faible", Signal.GOOD: "bon réseau"}
RELAY_KINDS = {
    RelayKind.FRANCE_SERVICES: "France services",
    RelayKind.CCAS: "CCAS",
    RelayKind.MEDIATHEQUE: "médiathèque",
    RelayKind.SOCIAL: "travail social",
    RelayKind.ASSOCIATION: "association",
    RelayKind.ADMINISTRATION: "administration",
    RelayKind.OTHER: "autre",
}
SIGNATURE_LEVELS = {
    SignatureLevel.PAPER: "papier",
    SignatureLevel.SES: "signature électronique simple",
    SignatureLevel.AES: "signature électronique avancée",
    SignatureLevel.AES_QC: "signature avancée, certificat qualifié",
    SignatureLevel.QES: "signature électronique qualifiée",
}
REFERENT_DUES = {
    ReferentDue.SIGNATURE: "à la signature des deux parties",
    ReferentDue.EFFECT: "à la prise d’effet",
    ReferentDue.EFFECT_PLUS_15D: "quinze jours après la prise d’effet",
}
