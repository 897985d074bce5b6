"""French words for the values of workshops; a test holds each table complete."""

from __future__ import annotations

from escale.core.workshops.cycles import Rhythm
from escale.core.workshops.states import Attendance, News, RegistrationState, WorkshopState

WORKSHOP_STATES = {
    WorkshopState.DRAFT: "en préparation",
    WorkshopState.OPEN: "inscriptions ouvertes",
    WorkshopState.HELD: "tenu",
    WorkshopState.CANCELLED: "annulé",
}
REGISTRATION_STATES = {
    RegistrationState.REGISTERED: "inscrit·e",
    RegistrationState.WAITING: "en liste d’attente",
    RegistrationState.WITHDRAWN: "s’est retiré·e",
}
ATTENDANCES = {
    Attendance.UNKNOWN: "à noter",
    Attendance.PRESENT: "présent·e",
    Attendance.ABSENT: "absent·e",
}
NEWS = {
    News.NONE: "prévenu·e",
    News.REGISTERED: "la personne est inscrite, ou sur la liste d’attente",
    News.REMINDED: "l’atelier est bientôt",
    News.PROMOTED: "une place s’est libérée : la personne est inscrite",
    News.CHANGED: "le jour, l’heure ou le lieu de l’atelier ont changé",
    News.CANCELLED: "l’atelier est annulé",
}
RHYTHMS = {
    Rhythm.WEEKS: "toutes les semaines, ou une semaine sur plusieurs",
    Rhythm.MONTHLY: "le même jour de chaque mois, comme « le deuxième mardi »",
    Rhythm.MONTHLY_LAST: "le dernier de chaque mois, comme « le dernier jeudi »",
}
