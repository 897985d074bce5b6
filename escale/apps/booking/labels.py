"""French words for the values of appointments and requests; a test holds each table complete."""

from __future__ import annotations

from escale.apps.booking.kinds import Agent, Answer, CancelledBy, Change, Channel, Kind, Need, Obstacle, Origin, Outcome, Right
from escale.core.booking.states import AppointmentState, DemandeState

KINDS = {Kind.VISIT: "pendant le passage", Kind.OFFICE: "au bureau, accompagnement très spécifique"}
CHANNELS = {Channel.PHONE: "par téléphone", Channel.EMAIL: "par courriel", Channel.MAIRIE: "via la mairie"}
NEEDS = {Need.WHEELCHAIR: "vient en fauteuil", Need.LOUD_VOICE: "entend mal", Need.INTERPRETER: "vient avec un interprète"}
AGENTS = {
    Agent.COMMUNE: "la mairie",
    Agent.MEDIATOR: "la médiation, pour la mairie",
    Agent.COORDINATION: "la coordination, pour la mairie",
}
APPOINTMENT_STATES = {
    AppointmentState.BOOKED: "prévu",
    AppointmentState.HONOURED: "présent·e",
    AppointmentState.ABSENT: "absent·e",
    AppointmentState.CANCELLED: "annulé",
}
CANCELLED_BY = {CancelledBy.PERSON: "la personne", CancelledBy.COMMUNE: "la mairie", CancelledBy.SERVICE: "le service"}
ORIGINS = {Origin.DESK: "un accueil", Origin.PUBLIC: "le site public"}
DEMANDE_STATES = {
    DemandeState.TO_CONFIRM: "à confirmer",
    DemandeState.WAITING: "en attente",
    DemandeState.MET: "satisfaite",
    DemandeState.WITHDRAWN: "retirée",
    DemandeState.UNMET: "sans solution",
    DemandeState.DECLINED: "déclinée",
}
OUTCOMES = {
    Outcome.VISIT: "un créneau dans la commune",
    Outcome.NEIGHBOUR: "un créneau dans une commune voisine",
    Outcome.OFFICE: "un rendez-vous au bureau",
    Outcome.CALL_BACK: "un rappel par téléphone",
    Outcome.WALK_IN: "reçue sans rendez-vous",
}
ANSWERS = {
    Answer.ACCEPTED: "acceptée",
    Answer.DECLINED: "refusée",
    Answer.EXPIRED: "sans réponse dans les 24 heures",
    Answer.VOID: "sans objet",
}
CHANGES = {
    Change.BOOKED: "un rendez-vous est pris",
    Change.MOVED: "le passage change de jour ou d’heure",
    Change.CANCELLED: "le rendez-vous est annulé",
    Change.OFFERED: "un créneau se libère",
    Change.ROOM: "le rendez-vous change de lieu",
    Change.REMINDED: "rappeler le rendez-vous",
}
RIGHTS = {
    Right.ACCESS: "savoir ce qui est noté",
    Right.RECTIFY: "corriger ce qui est noté",
    Right.ERASE: "effacer ce qui est noté",
    Right.OBJECT: "s’opposer à ce que ce soit noté",
}
OBSTACLES = {
    Obstacle.CANCELLED: "Ce passage est annulé : choisir une autre date, ou noter la demande.",
    Obstacle.PAST: "Ce passage est fini : choisir une autre date, ou noter la demande.",
    Obstacle.NOT_FIRM: "La convention de la commune ne court plus à cette date : noter la demande.",
    Obstacle.NO_OFFICE: (
        "Aucun bureau à l’abri des regards n’est connu pour ce passage. La personne référente de la commune l’ajoute "
        "dans « Convention », « Vos lieux d’accueil » ; les créneaux s’ouvrent alors."
    ),
}
