"""Three technical urgencies of the demonstration: one that waits, one that someone takes, one that was closed."""

from __future__ import annotations

from escale.apps.territory.models import Commune, Epci
from escale.apps.urgencies.actions import answer_urgency, ask_urgency, close_urgency, solve_urgency
from escale.apps.urgencies.models import Request
from escale.config.demonstration.accounts import DENAIN, OISY
from escale.config.demonstration.actor import ACTOR, fiction_phone
from escale.core.urgencies.life import Matter

PHONES = 700
"""Where the numbers to call back begin."""
ASKED = (
    (OISY, Matter.MAIL, "la boîte de l’accueil ne reçoit plus rien (démonstration)"),
    (DENAIN, Matter.PRINTER, "le scanner n’envoie plus vers le poste (démonstration)"),
    ("59284", Matter.NETWORK, "plus d’Internet au guichet (démonstration)"),
)


def ask_for_help(epci: Epci) -> None:
    """Let three mairies ask, once; the second is taken, the third closed."""
    if Request.objects.filter(epci=epci).exists():
        return
    rows = [
        ask_urgency(
            actor=ACTOR,
            commune=Commune.objects.get(code=code),
            matter=matter,
            words=words,
            call_back=fiction_phone(PHONES + number),
        )
        for number, (code, matter, words) in enumerate(ASKED)
    ]
    for row in rows[1:]:
        answer_urgency(actor=ACTOR, request=row)
    solve_urgency(actor=ACTOR, request=rows[2])
    close_urgency(actor=ACTOR, request=rows[2], word="La box avait été débranchée ; elle est rebranchée.")
