"""What is typed in each guided step of a convention, in a state that offers it."""

from __future__ import annotations

LETTER = {"number": "1A 209 000 0009 9", "sent": "2026-11-18"}
EXECUTORY = {"transmitted_on": "2026-11-16", "receipt": "AR-9", "published_on": "2026-11-17"}
BREACH = {"author": "epci", "articles": "3-1", "breach": "Le bureau est ouvert sur le hall.", "expected": "Un bureau fermé."}
PEOPLE = {"first_name": "Rose", "last_name": "Exemple", "title": "Maire", "gender": "f", "starts": "2026-11-20"}
BUREAU = "délibération du Bureau n° B26/090 du 9 novembre 2026"

STEPS: dict[str, dict[str, dict[str, str] | None]] = {
    "draft": {"envoyer-aux-assemblees": None, "nommer-un-signataire": {"party": "commune", **PEOPLE}},
    "whole_draft": {
        "envoyer-aux-assemblees": {"on": "2026-11-20"},
        "abandonner": {"reason": "La commune renonce."},
        "autre-acte": {"kind": "delegation", "held_on": "2026-11-10", "number": "26/031"},
    },
    "in_deliberation": {
        "verifier-une-deliberation": {"published_on": "2026-11-17"},
        "deliberation": {"held_on": "2026-11-12", "number": "2026-41", **EXECUTORY},
        "vote-reporte": {"kind": "delib_cm", "outcome": "postponed", "held_on": "2026-11-12", "next_council_on": "2026-12-15"},
        "rendre-executoire": EXECUTORY,
        "reprendre-le-texte": {"reason": "À revoir."},
    },
    "to_sign": {
        "verifier-un-exemplaire": {"signatory": "Alix"},
        "signer": {"signatory": "Maire", "signed_on": "2026-11-16"},
    },
    "signed": {"notifier": {"channel": "LRAR", **LETTER}, "situer-les-originaux": {"epci": "Wallers", "on": "2026-11-20"}},
    "letter_under_way": {"suivre-la-lettre": {"presented": "2026-11-19", "delivered": "2026-11-20"}},
    "in_force": {
        "preparer-un-avenant": {"purpose": "le planning annexé", "usual_nth": "Troisième", "usual_window": "Jeudi matin"},
        "preparer-denonciation": {"author": "epci", "act": BUREAU},
        "denoncer": {"author": "commune", "channel": "LRAR", **LETTER},
        "preparer-mise-en-demeure": BREACH,
        "mettre-en-demeure": {**BREACH, "channel": "LRAR", **LETTER},
        "resilier-d-un-commun-accord": {
            "epci_signatory": "Exemple",
            "epci_signed_on": "2026-11-18",
            "commune_signatory": "Alix",
            "commune_signed_on": "2026-11-18",
            "last_day": "2026-12-31",
        },
        "resilier-pour-l-interet-general": {
            "author": "epci",
            "reasons": "La cause a disparu.",
            "channel": "LRAR",
            **LETTER,
            "delivered": "2026-11-20",
            "last_day": "2026-12-31",
        },
        "annuler": {"document": "TA Lille, n° 2600001", "judged_on": "2026-11-20"},
        "ouvrir-un-litige": {"subject": "Le bureau fermé", "opened_on": "2026-11-16"},
    },
    "in_notice": {"retirer-la-denonciation": {"epci_accepts_on": "2026-11-20", "commune_accepts_on": "2026-11-18"}},
    "contestable": {},
    "on_notice": {"clore-la-mise-en-demeure": {"outcome": "cured", "closed_on": "2026-11-20"}},
    "notice_run_out": {
        "preparer-resiliation": {
            "ground": "breach",
            "notice": "celle de",
            "author": "epci",
            "reasons": "Le bureau est toujours ouvert.",
            "act": BUREAU,
            "last_day": "2026-12-31",
        },
        "resilier-pour-manquement": {"channel": "LRAR", **LETTER, "delivered": "2026-11-20", "last_day": "2026-12-31"},
    },
    "amended": {
        "envoyer-l-avenant": {"on": "2026-11-20"},
        "corriger-l-avenant": {"purpose": "l’article 9, relu"},
        "reprendre-l-avenant": {"reason": "À revoir."},
        "abandonner-l-avenant": {"reason": "La commune renonce."},
        "deliberation-avenant": {"kind": "delib_cm", "held_on": "2026-11-12", "number": "2026-48", **EXECUTORY},
        "signer-l-avenant": {"signatory": "Présidente", "signed_on": "2026-11-16"},
        "notifier-l-avenant": {"channel": "LRAR", **LETTER},
    },
    "disputed": {"litige": {"trigger": "TALKS_BEGUN", "on": "2026-11-20"}},
    "terminated": {},
    "long_over": {"archiver": {"slip": "2026-W-12"}},
}
"""Each guided step in a state that offers it, with what is typed to see what it would change; nothing when something lacks."""
