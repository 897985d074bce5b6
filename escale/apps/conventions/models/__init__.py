"""What is recorded of each convention: its text, the acts around it, what ends it, and its journal."""

from escale.apps.conventions.models.acts import AUTHORISING, Act, ActKind, Authorisation, Outcome
from escale.apps.conventions.models.avenants import ANNEX, Avenant, AvenantClause
from escale.apps.conventions.models.conventions import Convention, Ground
from escale.apps.conventions.models.disputes import Litige, LitigeStep
from escale.apps.conventions.models.elections import Asked, ElectionRound, RoundAnswer
from escale.apps.conventions.models.ending import CureOutcome, Denonciation, MiseEnDemeure, Termination
from escale.apps.conventions.models.journal import JournalEntry
from escale.apps.conventions.models.papers import INTERNAL, LETTERS, Paper, PaperKind
from escale.apps.conventions.models.parties import Gender, Signatory
from escale.apps.conventions.models.signing import Matter, Method, Notification, Original, Signature
from escale.core.convention.parties import Party

__all__ = [
    "ANNEX",
    "AUTHORISING",
    "INTERNAL",
    "LETTERS",
    "Act",
    "ActKind",
    "Asked",
    "Authorisation",
    "Avenant",
    "AvenantClause",
    "Convention",
    "CureOutcome",
    "Denonciation",
    "ElectionRound",
    "Gender",
    "Ground",
    "JournalEntry",
    "Litige",
    "LitigeStep",
    "Matter",
    "Method",
    "MiseEnDemeure",
    "Notification",
    "Original",
    "Outcome",
    "Paper",
    "PaperKind",
    "Party",
    "RoundAnswer",
    "Signatory",
    "Signature",
    "Termination",
]
