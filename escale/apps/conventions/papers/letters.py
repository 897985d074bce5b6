"""The letters around a convention, filled with what is known of both parties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from escale.apps.conventions.labels import ACT_KINDS
from escale.apps.conventions.models import Act, ActKind, Avenant, Convention, Ground, MiseEnDemeure, Party
from escale.apps.conventions.papers.values import act_of, person_in_office, written_person
from escale.apps.conventions.queries import course_of, cure_ends_on, terms_on
from escale.apps.conventions.succession import heir_of, party_name
from escale.apps.territory.catalogue import COORDINATION_EMAIL, COORDINATION_PHONE, EPCI_SEAT
from escale.apps.territory.models import Premises
from escale.apps.territory.queries import value_of
from escale.core.calendar.french import date_words
from escale.core.convention.dates import ONE_DAY
from escale.core.convention.letter_text import Correspondence, Correspondent
from escale.core.convention.letters import CHANNEL_WORDS, Channel
from escale.core.convention.letters_written import (
    Why,
    agreement_to_end,
    denunciation_letter,
    formal_notice_letter,
    notification_slip,
    termination_letter,
)
from escale.core.convention.placeholders import Gender, Signatory
from escale.core.convention.terms import NotificationRule
from escale.core.documents.tree import Document

OFFICES = {Party.EPCI: "Président", Party.COMMUNE: "Maire"}
WHYS = {Ground.BREACH: Why.BREACH, Ground.GENERAL_INTEREST: Why.GENERAL_INTEREST}


def denunciation_document(
    convention: Convention,
    *,
    author: Party,
    on: dt.date,
    act: Act | str | None = None,
    aims_at: dt.date | None = None,
    states_fallback: bool = True,
    channel: Channel = Channel.LRAR,
) -> Document:
    """Return the letter by which a party denounces, for the term of the period that runs unless another one is aimed at."""
    course = course_of(convention, on)
    period = None if course is None else (course.ending_on(aims_at) if aims_at else course.period_on(on))
    after = course.period_on(period.end + ONE_DAY) if course and period else None
    return denunciation_letter(
        _letter(convention, author, on, act=act, channel=channel),
        term=period.end if period else None,
        next_term=after.end if after else None,
        states_fallback=states_fallback and (after is not None or period is None),
    )


def formal_notice_document(
    convention: Convention,
    *,
    author: Party,
    on: dt.date,
    articles: Sequence[str],
    facts: str,
    expected: str,
    contact: str = "",
    act: Act | str | None = None,
    channel: Channel = Channel.LRAR,
) -> Document:
    """Return the mise en demeure that a party sends; the EPCI is reached at its coordination unless another contact is given."""
    letter = _letter(convention, author, on, act=act, contact=contact, channel=channel)
    months = terms_on(convention, on).cure_period_months
    return formal_notice_letter(letter, articles=articles, facts=facts, expected=expected, months=months)


def termination_document(
    convention: Convention,
    *,
    ground: Ground,
    author: Party,
    on: dt.date,
    last_day: dt.date | None,
    reasons: str = "",
    notice: MiseEnDemeure | None = None,
    act: Act | str | None = None,
    channel: Channel = Channel.LRAR,
) -> Document:
    """Return the notice that a convention ends before its term, or what both parties sign when they agree to end it.

    For a breach, `reasons` say what remained undone.
    """
    letter = _letter(convention, author, on, act=act, channel=channel)
    if ground is Ground.AGREEMENT:
        return agreement_to_end(letter, last_day=last_day, reasons=reasons)
    sent = notice.notification if notice else None
    return termination_letter(
        letter,
        why=WHYS[ground],
        last_day=last_day,
        reasons=reasons,
        notice_sent=sent.sent if sent else None,
        notice_received=(sent.delivered or sent.presented) if sent else None,
        cure_ended=cure_ends_on(notice, convention) if notice else None,
        number=sent.number if sent else "",
    )


def slip_document(
    convention: Convention,
    *,
    on: dt.date,
    avenant: Avenant | None = None,
    act: Act | str | None = None,
    channel: Channel = Channel.LRAR,
) -> Document:
    """Return the slip that goes with an original: of the convention signed by both, or of one of its avenants."""
    approved = act or act_of(convention, Party.EPCI, avenant)
    letter = _letter(convention, Party.EPCI, on, act=approved, channel=channel)
    signed = [one.signed_on for one in convention.signatures.all() if one.avenant_id == (avenant.pk if avenant else None)]
    what = f"l’avenant n° {avenant.number} à la {letter.convention}" if avenant else f"la {letter.parties}"
    return notification_slip(
        letter,
        what=what,
        signed_on=max(signed) if len(signed) == len(Party) else None,
        effect=_effect_words(convention, avenant, on),
    )


def _effect_words(convention: Convention, avenant: Avenant | None, on: dt.date) -> str:
    if avenant is not None:
        day = f"le {date_words(avenant.stated_on)}" if avenant.stated_on else "à la date de sa notification"
        return f"L’avenant prend effet {day}."
    terms = convention.base_terms
    rule = {
        NotificationRule.RECEIPT_BY_COMMUNE: "le jour où la commune reçoit la présente",
        NotificationRule.LETTER_DATE: "à la date de la présente",
        NotificationRule.LAST_SIGNATURE: "à la date de la dernière signature",
    }[terms.notification_date_rule]
    end = date_words(terms.initial_term_end)
    return f"La convention prend effet {rule} (article 5-1) et s’applique jusqu’au {end}, puis par périodes successives."


def _letter(
    convention: Convention,
    author: Party,
    on: dt.date,
    *,
    act: Act | str | None,
    channel: Channel,
    contact: str = "",
) -> Correspondence:
    place = convention.commune.place_name
    return Correspondence(
        sender=_correspondent(convention, author, on),
        recipient=_correspondent(convention, author.other, on),
        written_on=on,
        commune=place,
        issuer=convention.epci.name,
        notified_on=convention.notified_on,
        act=act.strip() if isinstance(act, str) else act_words(act),
        contact=contact.strip() or (_coordination(convention) if author is Party.EPCI else ""),
        sent_by=CHANNEL_WORDS[channel][0].upper() + CHANNEL_WORDS[channel][1:],
    )


def act_words(act: Act | None) -> str:
    """Return « délibération du conseil municipal n° 2027-12 du 3 mars 2027 », empty without an act."""
    return "" if act is None else f"{ACT_KINDS[ActKind(act.kind)]} n° {act.number} du {date_words(act.held_on)}"


def _correspondent(convention: Convention, party: Party, on: dt.date) -> Correspondent:
    person = person_in_office(convention, party, on)
    signatory = written_person(person) if person else None
    name = convention.epci.name if party is Party.EPCI else party_name(convention, on)
    return Correspondent(
        name=name, seat=_seat(convention, party, on), signatory=signatory, called=_called(signatory, OFFICES[party])
    )


def _called(signatory: Signatory | None, office: str) -> str:
    """Return « Madame la Maire »; before anyone is named, the office alone is written to."""
    if signatory is None or signatory.gender is None or not signatory.title:
        return f"Madame, Monsieur le {office}"
    is_woman = signatory.gender is Gender.FEMININE
    article = "l’" if signatory.title[0].lower() in "aeéèiou" else ("la " if is_woman else "le ")
    return f"{'Madame' if is_woman else 'Monsieur'} {article}{signatory.title}"


def _seat(convention: Convention, party: Party, on: dt.date) -> tuple[str, ...]:
    """Return where a party is written to: the seat of the EPCI as it is set, the mairie of the commune."""
    if party is Party.EPCI:
        return tuple(part.strip() for part in value_of(convention.epci, EPCI_SEAT).split(",") if part.strip())
    commune = heir_of(convention.commune, on)
    mairie = Premises.objects.filter(commune=commune, name__istartswith="mairie").exclude(address="").open_on(on).first()
    town = f"{commune.postal_codes[0]} {commune}" if commune.postal_codes else ""
    if mairie is None:
        return ("Mairie", town) if town else ()
    return (mairie.name, mairie.address, *([] if not town or commune.postal_codes[0] in mairie.address else [town]))


def _coordination(convention: Convention) -> str:
    phone, email = value_of(convention.epci, COORDINATION_PHONE), value_of(convention.epci, COORDINATION_EMAIL)
    return ", ".join(words for words in (convention.epci.name, phone, email) if words) if phone or email else ""
