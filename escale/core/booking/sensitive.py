"""What is never stored: numbers and secrets that someone writes where a name, a contact or a reason is asked for."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum

from escale.core.calendar.french import MONTH_WORDS

MOST_LETTERS = 200
"""A text that is longer tells a life."""
YOUNGEST_YEARS = 3
"""A full date that is older than this is taken for a date of birth."""

_SPACES = " \u00a0\u202f"
_RUN = re.compile(rf"\+?\d(?:[{_SPACES}.\-]?(?:\d|(?<=\d)[ABab](?=[{_SPACES}.\-]?\d)))*")
_NIR = re.compile(r"[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}")
_CARD_LENGTHS = range(13, 20)
_CARD_GROUP = 4
_IBAN_START = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?=[A-Z0-9 ]{11})")
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "IE": 22,
    "IT": 27, "LU": 20, "MA": 28, "MC": 27, "NL": 18, "PL": 28, "PT": 25, "RO": 24, "TN": 24,
}  # fmt: skip
_LONGEST_IBAN, _SHORTEST_IBAN = 34, 15
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_BIRTH_WORDS = re.compile(r"\bnee? +(?:le|en)\b|\bdate de naissance\b|\bddn\b")
_SECRET_WORDS = re.compile(
    r"\bmots? de passe\b|\bmdp\b|\bpasswords?\b|\bidentifiants?\b|\blogin\b"
    r"|\bcode (?:secret|confidentiel|personnel|pin|d'acces|d’acces|sms)\b|\b(?:code|passe|pin)(?: est)? *[:=]"
    r"|\b(?:code|pin) +\d{4,}"
)
_FILE_WORDS = re.compile(
    r"\b(?:numero|num|no|n°) *(?:d['’] *)?(?:fiscal|allocataire|caf|msa|secu|securite sociale|ameli|nir|spi|france travail"
    r"|pole emploi|demandeur d['’]emploi|etranger|carte d['’]identite|passeport)\b"
)


class Sensitive(StrEnum):
    """A kind of thing that is never stored."""

    SOCIAL_SECURITY = "SOCIAL_SECURITY"
    CARD = "CARD"
    IBAN = "IBAN"
    BIRTH = "BIRTH"
    SECRET = "SECRET"  # noqa: S105 -- the name of a kind
    FILE_NUMBER = "FILE_NUMBER"
    TOO_LONG = "TOO_LONG"


REASONS: dict[Sensitive, str] = {
    Sensitive.SOCIAL_SECURITY: (
        "Ceci ressemble à un numéro de sécurité sociale : nous ne le gardons pas. La carte Vitale suffit, le jour venu."
    ),
    Sensitive.CARD: "Ceci ressemble à un numéro de carte bancaire : nous ne le gardons jamais. L’aide est gratuite.",
    Sensitive.IBAN: "Ceci ressemble à un numéro de compte (IBAN) : nous ne le gardons pas. La personne l’apporte le jour venu.",
    Sensitive.BIRTH: "Ceci ressemble à une date de naissance : elle ne nous sert pas. L’effacer ; le nom suffit.",
    Sensitive.SECRET: (
        "Ceci parle d’un mot de passe, d’un code ou d’un identifiant : nous ne les gardons pas. La personne les tape elle-même."
    ),
    Sensitive.FILE_NUMBER: "Ceci ressemble à un numéro de dossier : il ne nous sert pas. La personne apporte son courrier.",
    Sensitive.TOO_LONG: f"Ce texte est long ; en quelques mots ({MOST_LETTERS} lettres au plus), sans rien de personnel.",
}
"""Why each kind is refused, said to whoever wrote it with good intentions."""


def find_sensitive(text: str, *, today: dt.date) -> Sensitive | None:
    """Return the first kind of thing in a text that must not be stored; None when it may be."""
    plain = _plain(text)
    for kind, holds in _KINDS.items():
        if holds(plain):
            return kind
    if _BIRTH_WORDS.search(plain) or _holds_old_date(plain, today):
        return Sensitive.BIRTH
    return Sensitive.TOO_LONG if len(text) > MOST_LETTERS else None


def find_sensitive_number(text: str) -> Sensitive | None:
    """Return the same for a telephone number or an address, in which a word like « code » means nothing."""
    plain = _plain(text)
    return next((kind for kind in _NUMBERS if _KINDS[kind](plain)), None)


def is_social_security_number(sign: str) -> bool:
    """Tell whether 13 or 15 signs without spaces are a social-security number (NIR); the key of 15 is checked.

    Corsica is 2A or 2B where others have two digits of a department; the key counts them as 19 and 18.
    """
    body, key = sign[:13].upper(), sign[13:]
    if not _NIR.fullmatch(body) or (key and not (len(key) == 2 and key.isdecimal())):
        return False
    number = int(body.replace("2A", "19", 1) if body[5:7] == "2A" else body.replace("2B", "18", 1) if body[5:7] == "2B" else body)
    return not key or int(key) == 97 - number % 97


def is_card_number(digits: str) -> bool:
    """Tell whether digits without spaces are the number of a payment card: its first digit, its length, Luhn's check."""
    if len(digits) not in _CARD_LENGTHS or digits[0] not in "23456" or len(set(digits)) == 1:
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def is_iban(signs: str) -> bool:
    """Tell whether signs without spaces are an account number: the length of its country, and 1 modulo 97 (ISO 13616)."""
    country = signs[:2]
    if len(signs) != _IBAN_LENGTHS.get(country, len(signs)) or not _SHORTEST_IBAN <= len(signs) <= _LONGEST_IBAN:
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


def _holds_social_security(plain: str) -> bool:
    for run in _RUN.findall(plain):
        if run.startswith("+"):
            continue
        parts = re.split(rf"[{_SPACES}.\-]", run)
        if any(is_social_security_number(joined) for joined in _windows(parts, {15})):
            return True
        # Without its key nothing tells it from another number, unless it stands alone.
        if len(whole := "".join(parts)) == 13 and is_social_security_number(whole):
            return True
    return False


def _holds_card(plain: str) -> bool:
    for run in _RUN.findall(plain):
        parts = [part for part in re.split(rf"[{_SPACES}.\-]", run) if part.isdecimal()]
        # A card is written in fours: two telephone numbers side by side, in pairs, are none.
        if any(is_card_number(joined) for joined in _windows(parts, set(_CARD_LENGTHS), shortest=_CARD_GROUP)):
            return True
    return False


def _holds_iban(plain: str) -> bool:
    signs = plain.upper()
    for found in _IBAN_START.finditer(signs):
        run = re.match(r"[A-Z0-9 ]+", signs[found.start() :])
        joined = run[0].replace(" ", "") if run else ""
        length = _IBAN_LENGTHS.get(joined[:2], len(joined))
        if is_iban(joined[:length]):
            return True
    return False


def _windows(parts: list[str], lengths: set[int], *, shortest: int = 1) -> Iterator[str]:
    """Yield the neighbours that make so many signs together; a card has its first group at least so long."""
    for start, first in enumerate(parts):
        if len(first) < shortest:
            continue
        joined = ""
        for part in parts[start:]:
            joined += part
            if len(joined) in lengths:
                yield joined


def _holds_old_date(plain: str, today: dt.date) -> bool:
    for day, month, year in _DATE.findall(plain):
        number = int(month) if month.isdecimal() else _MONTHS[month]
        if _is_old(int(year), number, int(day), today):
            return True
    return any(_is_old(int(year), int(month), int(day), today) for year, month, day in _ISO_DATE.findall(plain))


def _is_old(year: int, month: int, day: int, today: dt.date) -> bool:
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return False
    return date.year >= 1900 and date < today - dt.timedelta(days=365 * YOUNGEST_YEARS)


def _plain(text: str) -> str:
    """Return a text in small letters without accents, digits of any script as ours."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("°", "\ue000"))
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).replace("\ue000", "°")


_MONTHS = {_plain(name): number for number, name in enumerate(MONTH_WORDS, start=1)}
_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})(?:er)?[{_SPACES}./\-]+(\d{{1,2}}|{'|'.join(_MONTHS)})[{_SPACES}./\-]+(\d{{4}})(?!\d)")
_KINDS: dict[Sensitive, Callable[[str], bool]] = {
    Sensitive.SOCIAL_SECURITY: _holds_social_security,
    Sensitive.CARD: _holds_card,
    Sensitive.IBAN: _holds_iban,
    Sensitive.SECRET: lambda plain: _SECRET_WORDS.search(plain) is not None,
    Sensitive.FILE_NUMBER: lambda plain: _FILE_WORDS.search(plain) is not None,
}
_NUMBERS = (Sensitive.SOCIAL_SECURITY, Sensitive.CARD, Sensitive.IBAN)
