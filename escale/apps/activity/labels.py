"""French words for the values of activities, those of La Coop where it has them; a test holds each table complete."""

from __future__ import annotations

from escale.apps.activity.models.exchanges import ImportState
from escale.apps.activity.models.sending import Source
from escale.core.activity import coop
from escale.core.activity.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Bound,
    Ease,
    Help,
    IncidentKind,
    Level,
    Mandate,
    Mission,
    Mode,
    Orientation,
    Posture,
    Procedure,
    Public,
    Status,
    TallyKind,
)

KINDS = {
    **coop.KINDS,
    ActivityKind.SUPPORT: "Appui à la commune",
}
PLACES = coop.PLACES
MODES = {Mode.ON_SITE: "Sur place", Mode.PHONE: "Par téléphone", Mode.REMOTE: "À distance"}
THEMES = coop.THEMES
PROCEDURES = {
    Procedure.PAPERS: "Papiers, élections, citoyenneté",
    Procedure.FAMILY: "Famille, scolarité",
    Procedure.SOCIAL: "Social, santé",
    Procedure.WORK: "Travail, formation",
    Procedure.HOUSING: "Logement",
    Procedure.TRANSPORT: "Transports, mobilité",
    Procedure.MONEY: "Argent, impôts",
    Procedure.JUSTICE: "Justice",
    Procedure.FOREIGNERS: "Étrangers, Europe",
    Procedure.LEISURE: "Loisirs, sports, culture",
    Procedure.ASSOCIATIONS: "Associations",
}
DEVICES = coop.DEVICES
AUTONOMIES = {
    Autonomy.GUIDED: "Avec guidage",
    Autonomy.PARTLY: "Autonome avec guidage en cas de besoin",
    Autonomy.ALONE: "Autonome",
}
ORIENTATIONS = {
    Orientation.ADMINISTRATION: "Administration (mairie, préfecture…)",
    Orientation.MEDIATION: "Autre structure de médiation numérique",
    Orientation.OPERATOR: "Opérateur ou organisme en charge",
    Orientation.SOCIAL: "Aide sociale",
    Orientation.WORK: "Insertion professionnelle",
    Orientation.PROCEDURES: "Aide aux démarches administratives (France Services…)",
    Orientation.OTHER: "Autre",
}
LEVELS = {Level.BEGINNER: "Débutant", Level.INTERMEDIATE: "Intermédiaire", Level.ADVANCED: "Avancé"}
GENDERS = coop.GENDERS
AGES = {
    AgeBand.UNDER_12: "Moins de 12 ans",
    AgeBand.FROM_12: "12-17 ans",
    AgeBand.FROM_18: "18-24 ans",
    AgeBand.FROM_25: "25-39 ans",
    AgeBand.FROM_40: "40-59 ans",
    AgeBand.FROM_60: "60-69 ans",
    AgeBand.FROM_70: "70 ans et plus",
    AgeBand.UNKNOWN: "Non communiqué",
}
STATUSES = {
    Status.SCHOOL: "Scolarisé·e",
    Status.JOBLESS: "Sans emploi",
    Status.WORKING: "En emploi",
    Status.RETIRED: "Retraité·e",
    Status.UNKNOWN: "Non communiqué ou hétérogène",
}
POSTURES = {
    Posture.TEACHES: "J’ai formé",
    Posture.ACCOMPANIES: "J’ai accompagné",
    Posture.ACTS: "J’ai fait à la place",
}
MANDATES = {Mandate.NONE: "Sans mandat", Mandate.AIDANTS_CONNECT: "Aidants Connect", Mandate.PAPER: "Mandat papier signé"}
MISSIONS = {
    Mission.QUALITY_OF_LIFE: "M1 · qualité de vie des habitants",
    Mission.AWARENESS: "M2 · faire comprendre le numérique",
    Mission.MODERN_COMMUNES: "M3 · moderniser les pratiques des communes",
    Mission.COLLABORATION: "M4 · travail collaboratif",
    Mission.RESPONSIBLE_USE: "M5 · usage responsable, éthique et souverain",
    Mission.TERRITORY: "M6 · développement du territoire",
}
PUBLICS = {Public.RESIDENTS: "Habitants", Public.AGENTS: "Agents communaux"}
TALLIES = {
    TallyKind.LEFT: "repartie sans aide",
    TallyKind.OUT_OF_BOUNDS: "hors cadre",
    TallyKind.HELPED: "aidée",
}
BOUNDS = {
    Bound.SECRET: "Garder ou retrouver un mot de passe",
    Bound.MONEY: "Payer, placer ou avancer de l’argent",
    Bound.MINOR: "Agir pour un mineur ou une personne protégée",
    Bound.LEGAL: "Donner un conseil juridique ou fiscal",
    Bound.SOCIAL: "Suivi social ou médical",
    Bound.REPAIR: "Réparer un appareil",
    Bound.PRIVATE_BUSINESS: "Activité commerciale",
    Bound.NO_MANDATE: "Faire à la place, sans mandat possible",
    Bound.OTHER: "Autre demande",
}
EASES = {
    Ease.WHOLLY: "Oui, tout à fait",
    Ease.RATHER: "Plutôt oui",
    Ease.RATHER_NOT: "Plutôt non",
    Ease.NOT_AT_ALL: "Non, pas du tout",
    Ease.NO_ANSWER: "Je ne réponds pas",
}
INCIDENTS = {
    IncidentKind.TENSION: "Tension, mots déplacés",
    IncidentKind.THREAT: "Menace ou violence",
    IncidentKind.ACCIDENT: "Malaise ou accident",
    IncidentKind.EQUIPMENT: "Matériel perdu, volé ou cassé",
    IncidentKind.DATA: "Donnée oubliée ou vue par quelqu’un d’autre",
    IncidentKind.OTHER: "Autre",
}
SOURCES = {
    Source.ESCALE: "dans Escale, personne par personne",
    Source.COOP: "dans La Coop : ici, on compte seulement",
}
IMPORT_STATES = {
    ImportState.READING: "en lecture",
    ImportState.READY: "à confirmer",
    ImportState.WRITING: "s’enregistre",
    ImportState.DONE: "enregistré",
    ImportState.FAILED: "n’a pas abouti",
}
HELPS = {
    Help.COLLEAGUE: "J’ai besoin d’une ou d’un collègue",
    Help.TENSION: "La situation se tend",
    Help.LATE: "Je prends du retard",
    Help.TECHNICAL: "Le matériel ou le réseau ne marche pas",
    Help.ADVICE: "J’ai besoin d’un conseil",
    Help.OTHER: "Autre chose",
}
