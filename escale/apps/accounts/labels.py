"""What people read for the values that are stored."""

from __future__ import annotations

from escale.apps.accounts.access import Kind

KINDS: dict[Kind, str] = {
    Kind.COORDINATOR: "Coordination (Direction Stratégie)",
    Kind.LAWYER: "Service juridique",
    Kind.MEDIATOR: "Médiation numérique",
    Kind.READER: "Lecture seule, sans les noms",
    Kind.REFERENT: "Référent de la commune",
    Kind.DESK: "Accueil de la mairie",
}
