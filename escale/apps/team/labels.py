"""French words for the values of the team; a test holds each table complete."""

from __future__ import annotations

from decimal import Decimal

from escale.apps.team.models import LeaveKind, PieceFound, Stock
from escale.core.team.equipment import PieceKind
from escale.core.team.habilitation import HabilitationState

LEAVE_KINDS = {
    LeaveKind.LEAVE: "congé",
    LeaveKind.TRAINING: "formation",
    LeaveKind.ABSENCE: "absence",
}
PIECE_KINDS = {
    PieceKind.TELEPHONE: "téléphone portable",
    PieceKind.LAPTOP: "ordinateur portable",
    PieceKind.PROJECTOR: "vidéoprojecteur",
    PieceKind.SCANNER_PRINTER: "scanner-imprimante",
    PieceKind.HOTSPOT_4G: "hotspot 4G",
}
PIECE_KINDS_PLURAL = {
    PieceKind.TELEPHONE: "téléphones portables",
    PieceKind.LAPTOP: "ordinateurs portables",
    PieceKind.PROJECTOR: "vidéoprojecteurs",
    PieceKind.SCANNER_PRINTER: "scanners-imprimantes",
    PieceKind.HOTSPOT_4G: "hotspots 4G",
}
STOCKS = {Stock.OK: "assez", Stock.LOW: "bientôt vide"}
PIECES_FOUND = {PieceFound.PRESENT: "là", PieceFound.MISSING: "manque", PieceFound.FAULTY: "en panne"}
HABILITATION_STATES = {
    HabilitationState.NOTHING: "à former",
    HabilitationState.IN_TRAINING: "en formation",
    HabilitationState.TRAINED: "formation suivie, habilitation attendue",
    HabilitationState.VALID: "habilitation en cours",
    HabilitationState.EXPIRED: "habilitation expirée",
}


def hours_words(hours: Decimal) -> str:
    """Return « 13,5 h »."""
    return f"{hours.normalize():f}\u00a0h".replace(".", ",")
