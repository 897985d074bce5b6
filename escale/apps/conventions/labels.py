"""French words for the values of conventions; a test holds each table complete."""

from __future__ import annotations

from escale.core.convention.denunciation import Certainty
from escale.core.convention.letters import Returned
from escale.core.convention.terms import DateRule

CERTAINTIES = {
    Certainty.CERTAIN_IN_TIME: "dans les délais, de façon certaine",
    Certainty.CERTAIN_LATE: "tardive, de façon certaine",
    Certainty.CONTESTABLE: "contestable",
    Certainty.VOID_FORM: "sans effet, faute de la forme voulue",
}
RETURNS = {
    Returned.UNCLAIMED: "jamais retirée, revenue à l’expéditeur",
    Returned.REFUSED: "refusée par le destinataire",
    Returned.WRONG_ADDRESS: "revenue d’une mauvaise adresse (NPAI)",
}
RULE_MEANINGS = {
    DateRule.SENDING: "le jour de l’envoi compte",
    DateRule.FIRST_PRESENTATION: "le jour de la première présentation compte, que la lettre soit retirée ou non",
    DateRule.ADMIN_RULE: "le jour de la remise compte ; jamais retirée, celui de la première présentation",
    DateRule.DELIVERY_ONLY: "seule la remise compte ; jamais retirée, la lettre ne notifie rien",
}
RULE_SOURCES = {
    DateRule.SENDING: "code de procédure civile, art.\u00a0668 ; Cass. 3e civ., 16 mars 2023, n°\u00a021-22.240",
    DateRule.FIRST_PRESENTATION: "lecture qui protège l’expéditeur diligent",
    DateRule.ADMIN_RULE: "CE, 24 avril 2012, n°\u00a0341146",
    DateRule.DELIVERY_ONLY: "Cass. 3e civ., 21 septembre 2022, n°\u00a021-17.691",
}
