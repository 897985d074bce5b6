"""French words for the values of visits; a test holds each table complete."""

from __future__ import annotations

from escale.core.visits.life import Cause, PointAnswer, PointKind, Side, VisitState

VISIT_STATES = {
    VisitState.PLANNED: "prévu",
    VisitState.CONFIRMED: "confirmé par la commune",
    VisitState.HELD: "tenu",
    VisitState.CANCELLED: "annulé",
    VisitState.REFUSED: "refusé par la commune",
    VisitState.WAIVED: "abandonné d’un commun accord",
}
SIDES = {Side.SERVICE: "le service", Side.COMMUNE: "la commune"}
CAUSES = {
    Cause.ABSENCE: "absence de la médiatrice ou du médiateur",
    Cause.VEHICLE: "panne ou transport",
    Cause.WEATHER: "intempéries",
    Cause.CLOSED: "lieu fermé, clé introuvable",
    Cause.ROOM: "salle prise ou indisponible",
    Cause.HEATING: "pas de chauffage",
    Cause.POWER: "pas d’électricité",
    Cause.EVENT: "élection, cérémonie ou autre évènement",
    Cause.OTHER: "autre raison",
}
POINT_KINDS = {
    PointKind.NOT_OPENED: "le lieu n’était pas ouvert",
    PointKind.NOT_HEATED: "le lieu n’était pas chauffé",
    PointKind.NO_PRIVATE_OFFICE: "pas de bureau à l’abri des regards",
    PointKind.NO_ROOM: "la salle n’était pas libre",
    PointKind.NO_POWER: "pas de prise de courant",
    PointKind.NO_NETWORK: "pas de réseau",
    PointKind.NOT_CLEAN: "la salle n’était pas en état",
    PointKind.MEDIATOR_ABSENT: "la médiatrice ou le médiateur n’est pas venu·e",
    PointKind.MEDIATOR_LATE: "la médiatrice ou le médiateur est arrivé·e en retard",
    PointKind.OTHER: "autre point",
}
POINT_ANSWERS = {
    PointAnswer.NONE: "sans réponse",
    PointAnswer.SETTLED: "c’est réglé",
    PointAnswer.AGREED: "c’est exact",
    PointAnswer.DISPUTED: "nous l’avons vu autrement",
}
STORY = {
    "visits.confirmed": "la commune confirme",
    "visits.confirmation_withdrawn": "la commune retire sa confirmation",
    "visits.moved": "déplacé",
    "visits.handed_over": "confié à un collègue",
    "visits.room_changed": "autre lieu",
    "visits.made_up": "prévu en rattrapage",
    "visits.begun": "commencé sur place",
    "visits.held": "tenu et clos",
    "visits.holding_corrected": "clôture corrigée",
    "visits.cancelled": "n’a pas lieu",
    "visits.refused": "refusé",
    "visits.waived": "abandonné d’un commun accord",
    "visits.point_noted": "un point à régler est noté",
    "visits.point_answered": "l’autre partie répond au point",
    "visits.point_discussed": "les parties en ont parlé",
    "visits.point_made_evidence": "le point est versé au dossier",
    "booking.people_revealed": "les noms et numéros du jour ont été lus",
}
"""What the story of a visit tells of each event; the others are of the house alone."""
