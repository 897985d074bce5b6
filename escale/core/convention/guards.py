"""The conditions of the steps: each with its code, and with what is told to whoever does not meet it."""

from __future__ import annotations

from escale.core.convention.lifecycle import guard

TEXT_COMPLETE = guard(
    "text_is_complete",
    "E_TEXT_INCOMPLETE",
    "le texte a encore des champs vides, pas de planning annexé, ou un terme passé ; compléter ce qui est listé",
)
ACTS_EXECUTORY = guard(
    "acts_are_executory",
    "E_ACT_NOT_EXECUTORY",
    "les deux délibérations doivent être adoptées, transmises et publiées, sur le même texte",
)
SIGNATORY_IN_OFFICE = guard(
    "signatory_is_in_office",
    "E_SIGNATORY_NOT_IN_OFFICE",
    "ce signataire n’était pas en fonction ce jour-là ; corriger la date ou le signataire",
)
SIGNED_AFTER_ACT = guard(
    "signature_follows_act",
    "E_SIGNED_BEFORE_EXECUTORY",
    "la signature précède le jour où la délibération est exécutoire ; signer de nouveau à partir de ce jour",
)
NOTIFIED_AFTER_SIGNATURES = guard(
    "notification_follows_signatures",
    "E_NOTIFICATION_BEFORE_SIGNATURE",
    "ce qui se notifie est signé par les deux parties ; corriger la date",
)
NOTIFIED_BEFORE_TERM = guard(
    "notification_is_before_term",
    "E_NOTIFICATION_AFTER_TERM",
    "le terme du texte est passé ; faire délibérer un nouveau terme",
)
ALONE_IN_FORCE = guard(
    "no_other_is_in_force",
    "E_OVERLAP",
    "une autre convention de cette commune est en vigueur à cette date ; y mettre fin d’abord",
)
RENEWAL = guard("may_be_renewed", "E_NO_RENEWAL", "une dénonciation ou le nombre de reconductions du texte s’y oppose")
DENUNCIATION = guard(
    "denunciation_is_effective", "E_DENUNCIATION_NOT_EFFECTIVE", "cette dénonciation n’a pas d’effet ; voir pourquoi"
)
WITHDRAWAL = guard(
    "both_accept_withdrawal",
    "E_WITHDRAWAL_NOT_ACCEPTED",
    "une dénonciation se retire avant le terme, avec l’accord écrit des deux parties",
)
TERM = guard("term_is_reached", "E_TERM_NOT_REACHED", "la convention court encore ; elle n’échoit qu’après son dernier jour")
BREACH = guard(
    "breach_is_not_cured",
    "E_CURE_NOT_OVER",
    "la mise en demeure doit être restée sans effet, son délai d’un mois passé (art. 5-2)",
)
NOT_DEFAULTING = guard(
    "other_party_decides",
    "E_DEFAULTING_PARTY",
    "la partie qui manque à ses obligations ne peut pas résilier pour ce motif (art. 5-2)",
)
AGREEMENT = guard(
    "both_sign_the_end", "E_BOTH_SIGNATURES", "une fin d’un commun accord est signée par les deux parties (art. 5-2)"
)
INTEREST = guard(
    "reasons_of_general_interest",
    "E_REASONS_MISSING",
    "écrire le motif d’intérêt général ; un simple déséquilibre n’en est pas un",
)
JUDGMENT = guard("judgment_is_filed", "E_JUDGMENT_MISSING", "joindre le jugement")
RETENTION = guard("retention_is_over", "E_RETENTION", "la durée d’utilité administrative court encore")

BASE_IN_FORCE = guard(
    "convention_is_in_force", "E_BASE_NOT_IN_FORCE", "un avenant modifie une convention en vigueur ; celle-ci ne l’est pas"
)
AVENANT_NUMBER = guard("number_is_next", "E_AVENANT_NUMBER", "les avenants se numérotent de 1 en 1, sans en sauter")
AVENANT_CONFLICT = guard(
    "no_other_avenant_on_clause",
    "E_AVENANT_CONFLICT",
    "un autre avenant en cours modifie la même clause ; attendre sa fin ou les réunir",
)
AUTHORISED_ALREADY = guard(
    "act_covers_avenants",
    "E_ACT_DOES_NOT_COVER",
    "la délibération d’origine n’autorise pas les avenants ; faire délibérer",
)
NOT_RETROACTIVE = guard(
    "effect_follows_signatures",
    "E_AVENANT_RETROACTIVE",
    "un avenant ne prend pas effet avant sa dernière signature, sauf s’il le dit",
)

POSTED = guard("posting_is_proven", "E_POSTING_MISSING", "donner la date d’envoi et le numéro du recommandé")
COLLECTED_IN_TIME = guard(
    "collected_within_instance", "E_INSTANCE_OVER", "une lettre recommandée attend quinze jours ; vérifier la date de retrait"
)
CONTENT_COMPLETE = guard(
    "formal_notice_is_complete",
    "E_CONTENT_INCOMPLETE",
    "écrire les faits, les articles méconnus, ce qui est attendu, le délai d’un mois, ce qui suivra, et inviter à répondre",
)
RECEIPT = guard("receipt_is_proven", "E_RECEIPT_MISSING", "donner la date de réception, ou de première présentation")
CURE_PROVEN = guard(
    "cure_is_confirmed", "E_CURE_NOT_CONFIRMED", "la régularisation est confirmée par une partie et prouvée par l’autre"
)
CURE_OVER = guard("cure_is_over", "E_CURE_RUNNING", "le délai pour régulariser court encore")
REASONED = guard("reasons_are_given", "E_REASONS_MISSING", "écrire pourquoi, en quelques mots")
BYPASS = guard(
    "urgency_or_impossibility",
    "E_AMIABLE_FIRST",
    "l’article 9 veut une voie amiable d’abord, sauf urgence ou impossibilité juridique ; dire laquelle et pourquoi",
)
