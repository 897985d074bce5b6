"""The letters that end a convention or may: denunciation (art. 5-1), mise en demeure, termination (art. 5-2); and the slip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from escale.core.calendar.french import date_words
from escale.core.convention.filling import MissingValuesError
from escale.core.convention.letter_text import Correspondence, authority, letter_document
from escale.core.convention.placeholders import BLANK, Signatory
from escale.core.documents.tree import Block, Bullets, Document, Signature, line, paragraph, strong

RECOURSE = (
    "La présente décision peut être contestée devant le tribunal administratif compétent dans un délai de deux mois à compter de "
    "sa notification. Un recours administratif n’interrompt pas ce délai quand la reprise des relations contractuelles est "
    "demandée. Les parties s’efforcent d’abord de trouver une voie amiable (article 9 de la convention)."
)


class Why(StrEnum):
    """Why one party ends a convention before its term."""

    BREACH = "breach"
    GENERAL_INTEREST = "general_interest"


def denunciation_letter(
    letter: Correspondence, *, term: dt.date | None, next_term: dt.date | None, states_fallback: bool = True
) -> Document:
    """Return the letter by which a party does not renew; it gives no reasons, and may count for the next term (art. 5-1)."""
    body: list[Block] = [
        paragraph(
            f"{authority(letter)} je vous notifie la dénonciation de la {letter.convention}, en application de son article 5-1."
        ),
    ]
    if term:
        told = f"Cette dénonciation vise le terme du {date_words(term)} : la convention n’est pas reconduite au-delà."
        body.append(paragraph(told))
    if states_fallback and term and next_term:
        fallback = f"À défaut d’effet au {date_words(term)}, la présente vaut dénonciation pour le {date_words(next_term)}."
        body.append(paragraph(strong(fallback)))
    body.append(paragraph("Jusqu’à son terme, chaque partie continue d’exécuter la convention."))
    enclosed = (f"Copie : {letter.act}",) if letter.act else ()
    needs = {
        "Date de notification de la convention": letter.notified_on is not None,
        "Terme visé": term is not None,
        "Terme suivant, pour la phrase « à défaut d’effet »": next_term is not None or not states_fallback,
    }
    subject = f"Dénonciation de la {letter.convention}"
    return letter_document(letter, subject=subject, body=body, enclosures=enclosed, needs_act=True, needs=needs)


def formal_notice_letter(
    letter: Correspondence, *, articles: Sequence[str], facts: str, expected: str, months: int = 1
) -> Document:
    """Return the letter by which a party asks the other one to keep its word, and what happens if it does not (art. 5-2)."""
    delay = "d’un mois" if months == 1 else f"de {months} mois"
    body: list[Block] = [
        paragraph(f"{authority(letter)} je vous mets en demeure d’exécuter la {letter.convention}."),
        paragraph(strong("Les faits.")),
        *_paragraphs(facts),
        paragraph(f"Ces faits méconnaissent {_listed(articles)} de la convention."),
        paragraph(strong("Ce qui est attendu.")),
        *_paragraphs(expected),
        paragraph(strong(f"Vous disposez pour cela d’un délai {delay} à compter de la réception de la présente.")),
        paragraph(
            "Si cette mise en demeure reste sans effet au terme de ce délai, la convention pourra être résiliée de manière "
            "anticipée, en application de son article 5-2."
        ),
        paragraph(
            "Vous pouvez présenter vos observations, par écrit ou lors d’un entretien, dans le même délai, auprès de : "
            f"{letter.contact}."
        ),
    ]
    needs = {
        "Date de notification de la convention": letter.notified_on is not None,
        "Faits reprochés, avec leurs dates": bool(facts.strip()),
        "Articles méconnus": bool(articles),
        "Ce qui est attendu": bool(expected.strip()),
        "Contact pour les observations": bool(letter.contact),
    }
    return letter_document(
        letter, subject=f"Mise en demeure d’exécuter la {letter.convention}", body=body, needs_act=False, needs=needs
    )


def termination_letter(
    letter: Correspondence,
    *,
    why: Why,
    last_day: dt.date | None,
    reasons: str = "",
    notice_sent: dt.date | None = None,
    notice_received: dt.date | None = None,
    cure_ended: dt.date | None = None,
    number: str = "",
) -> Document:
    """Return the decision by which a convention ends before its term, with what it rests on and how it is contested."""
    body: list[Block] = [paragraph(f"{authority(letter)} je vous notifie la résiliation de la {letter.convention}.")]
    needs: dict[str, bool] = {"Date de notification de la convention": letter.notified_on is not None}
    if why is Why.BREACH:
        needs |= {
            "Mise en demeure : date d’envoi": notice_sent is not None,
            "Mise en demeure : date de réception prouvée": notice_received is not None,
            "Mise en demeure : fin du délai": cure_ended is not None,
            "Constat que la mise en demeure est restée sans effet": bool(reasons.strip()),
        }
        if notice_sent and notice_received and cure_ended:
            told = f", n° {number}" if number else ""
            body.append(
                paragraph(
                    f"Une mise en demeure d’exécuter vos obligations vous a été adressée le {date_words(notice_sent)}{told}. "
                    f"Elle a été reçue le {date_words(notice_received)} (avis de réception joint) ; le délai a pris fin le "
                    f"{date_words(cure_ended)}. Elle est restée sans effet :"
                )
            )
        body += [*_paragraphs(reasons), paragraph("La convention est donc résiliée en application de son article 5-2.")]
    else:
        needs["Motif d’intérêt général"] = bool(reasons.strip())
        body += [paragraph("Cette résiliation est décidée pour le motif d’intérêt général suivant :"), *_paragraphs(reasons)]
    needs["Date d’effet de la résiliation"] = last_day is not None
    if last_day:
        body.append(paragraph(strong(f"La convention cesse après le {date_words(last_day)}, dernier jour de son exécution.")))
    body.append(paragraph(RECOURSE))
    enclosed = [f"Copie : {letter.act}"] if letter.act else []
    enclosed += ["Mise en demeure et avis de réception"] if why is Why.BREACH else []
    subject = f"Résiliation de la {letter.convention}"
    return letter_document(letter, subject=subject, body=body, enclosures=tuple(enclosed), needs_act=True, needs=needs)


def agreement_to_end(letter: Correspondence, *, last_day: dt.date | None, reasons: str = "") -> Document:
    """Return what both parties sign to end a convention whenever they agree to (art. 5-2, last paragraph)."""
    parties = (letter.sender, letter.recipient)
    people = [party.signatory or Signatory() for party in parties]
    needs = {
        "Date de notification de la convention": letter.notified_on is not None,
        "Dernier jour de la convention": last_day is not None,
        **{f"Signataire en fonction ({party.name})": bool(one.name) for party, one in zip(parties, people, strict=True)},
    }
    if missing := tuple(label for label, is_known in needs.items() if not is_known):
        raise MissingValuesError(missing)
    who = " et ".join(f"{party.name}, par {one.name}, {one.title}" for party, one in zip(parties, people, strict=True))
    blocks: list[Block] = [
        paragraph(f"Entre {who}, il est convenu ce qui suit."),
        paragraph(f"La {letter.convention}, est résiliée d’un commun accord, en application de son article 5-2."),
        *_paragraphs(reasons),
    ]
    if last_day:
        blocks.append(paragraph(strong(f"Elle cesse après le {date_words(last_day)}, dernier jour de son exécution.")))
    blocks.append(paragraph(f"Fait en deux exemplaires originaux, le {BLANK.words}"))
    blocks += [
        Signature(lines=(line(strong(f"Pour {party.name}")), line(one.name), line(one.title)))
        for party, one in zip(parties, people, strict=True)
    ]
    title = "Résiliation d’un commun accord de la convention de médiation numérique"
    return Document(title=title, issuer=letter.issuer, date=letter.written_on, blocks=tuple(blocks))


def notification_slip(letter: Correspondence, *, what: str, signed_on: dt.date | None, effect: str) -> Document:
    """Return the slip that goes with an original signed by both: what is notified, and what that brings about."""
    body: list[Block] = [
        paragraph(f"{authority(letter)} je vous notifie {what}, dont un exemplaire original signé des deux parties est joint."),
        paragraph(strong(effect)),
        paragraph(
            "La date de réception fait foi : merci de dater, signer et renvoyer l’avis de réception, ou le récépissé si "
            "l’exemplaire vous est remis en main propre."
        ),
    ]
    needs = {"Date de la dernière signature": signed_on is not None}
    enclosed = (f"Un exemplaire original, signé le {date_words(signed_on)}",) if signed_on else ()
    subject = f"Notification de {what}"
    return letter_document(letter, subject=subject, body=body, enclosures=enclosed, needs_act=False, needs=needs)


def _paragraphs(text: str) -> list[Block]:
    """Return what people typed: a paragraph a line, lines with a dash as a list."""
    blocks: list[Block] = []
    dashed: list[str] = []
    for row in [*text.splitlines(), ""]:
        words = row.strip()
        if words.startswith(("- ", "– ", "• ")):
            dashed.append(words[2:].strip())
            continue
        if dashed:
            blocks.append(Bullets(items=tuple(line(one) for one in dashed)))
            dashed = []
        if words:
            blocks.append(paragraph(words))
    return blocks


def _listed(articles: Sequence[str]) -> str:
    """Return « l’article 4 », « les articles 3-1, 4 et 7 »."""
    if len(articles) == 1:
        return f"l’article {articles[0]}"
    return f"les articles {', '.join(articles[:-1])} et {articles[-1]}" if articles else ""
