"""French words for the values of urgencies; a test holds each table complete."""

from __future__ import annotations

from escale.core.urgencies.calling import Place
from escale.core.urgencies.life import Matter, OutOfScope, StepKind, UrgencyState

MATTERS = {
    Matter.PRINTER: "l’imprimante ou le scanner",
    Matter.NETWORK: "Internet ou le réseau",
    Matter.MAIL: "la messagerie",
    Matter.COMPUTER: "un ordinateur",
    Matter.ACCOUNT: "un logiciel ou une connexion",
    Matter.OTHER: "autre chose",
}
OUT_OF_SCOPE = {
    OutOfScope.SUPPLIER: "le fournisseur ou l’éditeur doit intervenir",
    OutOfScope.REPAIR: "un appareil est à réparer ou à remplacer",
    OutOfScope.SERVER: "cela touche au serveur ou au câblage",
    OutOfScope.ATTACK: "c’est peut-être une attaque : débrancher le réseau et appeler 17Cyber",
    OutOfScope.PURCHASE: "il faut d’abord un achat ou un abonnement",
    OutOfScope.RESIDENT: "c’est pour un habitant : lui donner un rendez-vous",
    OutOfScope.TOO_LONG: "cela demande un accompagnement plus long",
}
STATES = {
    UrgencyState.ASKED: "transmise",
    UrgencyState.PASSED_ON: "transmise à l’autre personne",
    UrgencyState.WITH_COORDINATION: "transmise à la coordination",
    UrgencyState.ANSWERED: "quelqu’un s’en occupe",
    UrgencyState.SOLVED: "résolue",
    UrgencyState.TURNED_AWAY: "à confier à quelqu’un d’autre",
    UrgencyState.CLOSED: "close",
    UrgencyState.WITHDRAWN: "retirée par la mairie",
}
STEPS = {
    StepKind.ASKED: "Demandé",
    StepKind.TOLD: "Transmis",
    StepKind.PASSED_ON: "Transmis à l’autre personne",
    StepKind.ESCALATED: "Transmis à la coordination",
    StepKind.ANSWERED: "Quelqu’un s’en occupe",
    StepKind.SOLVED: "Résolu",
    StepKind.TURNED_AWAY: "À confier à quelqu’un d’autre",
    StepKind.CLOSED: "Clos",
    StepKind.WITHDRAWN: "Retiré par la mairie",
}
PLACES = {
    Place.OFFICE: "au bureau",
    Place.HALL: "sur le terrain",
    Place.WORKSHOP: "en atelier",
    Place.RECEIVING: "en rendez-vous au bureau",
    Place.APPOINTMENTS: "sur le terrain, en rendez-vous",
}
