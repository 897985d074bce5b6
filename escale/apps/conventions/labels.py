"""French words for the values of conventions; a test holds each table complete."""

from __future__ import annotations

from escale.apps.conventions.models import ActKind, CureOutcome, Gender, Ground, Matter, Method, Outcome, PaperKind, Party
from escale.core.convention.cycles.dispute import DisputeTrigger
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
ACT_KINDS = {
    ActKind.COMMUNE_COUNCIL: "délibération du conseil municipal",
    ActKind.EPCI_COUNCIL: "délibération du conseil communautaire",
    ActKind.BUREAU: "délibération du Bureau",
    ActKind.DELEGATION: "délégation du conseil au Bureau",
    ActKind.OPINION: "avis de la commission",
    ActKind.DIAGNOSTIC: "diagnostic",
}
OUTCOMES = {
    Outcome.ADOPTED: "adoptée",
    Outcome.POSTPONED: "vote reporté",
    Outcome.REFUSED: "refusée",
    Outcome.WITHDRAWN: "retirée de l’ordre du jour",
}
GROUNDS = {
    Ground.DENUNCIATION: "dénonciation (art. 5-1)",
    Ground.LAST_RENEWAL: "fin de la dernière reconduction",
    Ground.BREACH: "manquement, après mise en demeure (art. 5-2)",
    Ground.AGREEMENT: "commun accord (art. 5-2)",
    Ground.GENERAL_INTEREST: "motif d’intérêt général",
    Ground.ANNULMENT: "annulation par le juge",
}
METHODS = {
    Method.PAPER: "papier",
    Method.SIMPLE: "signature électronique simple",
    Method.ADVANCED: "signature électronique avancée",
    Method.ADVANCED_QUALIFIED_CERTIFICATE: "signature avancée, certificat qualifié",
    Method.QUALIFIED: "signature électronique qualifiée",
}
MATTERS = {
    Matter.CONVENTION: "convention",
    Matter.AVENANT: "avenant",
    Matter.DENUNCIATION: "dénonciation",
    Matter.FORMAL_NOTICE: "mise en demeure",
    Matter.TERMINATION: "résiliation",
}
PARTIES = {Party.EPCI: "l’EPCI", Party.COMMUNE: "la commune"}
GENDERS = {Gender.FEMININE: "au féminin", Gender.MASCULINE: "au masculin"}
CURE_OUTCOMES = {CureOutcome.CURED: "suivie d’effet", CureOutcome.DROPPED: "classée"}
PAPER_KINDS = {
    PaperKind.CORRECTED_DRAFT: "texte corrigé par le juriste",
    PaperKind.TEXT: "texte de la convention",
    PaperKind.AVENANT: "texte de l’avenant",
    PaperKind.DELIBERATION: "délibération",
    PaperKind.SIGNED: "exemplaire signé",
    PaperKind.SLIP: "bordereau de notification",
    PaperKind.DENUNCIATION: "lettre de dénonciation",
    PaperKind.FORMAL_NOTICE: "mise en demeure",
    PaperKind.TERMINATION: "décision de résiliation",
    PaperKind.JUDGMENT: "jugement",
    PaperKind.PROOF: "pièce justificative",
}
DISPUTE_STEPS = {
    DisputeTrigger.TALKS_BEGUN: "la recherche d’une voie amiable commence",
    DisputeTrigger.AGREED: "les parties trouvent un accord",
    DisputeTrigger.FAILED: "la recherche d’un accord échoue",
    DisputeTrigger.MEDIATION_ASKED: "une médiation est demandée (L. 213-1 CJA, ex-L. 211-4)",
    DisputeTrigger.MEDIATION_BEGUN: "la médiation (L. 213-1 CJA, ex-L. 211-4) commence",
    DisputeTrigger.HOMOLOGATED: "le juge homologue l’accord de médiation",
    DisputeTrigger.BROUGHT_TO_COURT: "le tribunal administratif est saisi",
    DisputeTrigger.JUDGED: "le tribunal rend son jugement",
    DisputeTrigger.WITHDRAWN: "la partie qui a saisi le tribunal se désiste",
    DisputeTrigger.APPEALED: "une voie de recours est exercée",
    DisputeTrigger.CLOSED: "le litige est clos",
}
