"""Typed readers of environment variables; a bad value stops the program with its name and what to write."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import tempfile
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from escale.apps.messaging.sms.service import METHODS, USUAL_BODY, Service, read_headers

YES = {"1", "oui", "yes", "true", "on"}
NO = {"0", "non", "no", "false", "off"}

ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}

SHORTEST_SECRET = 32


def text(name: str, *, default: str = "") -> str:
    """Return a variable without the spaces around it; an empty one counts as absent."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, *, default: bool) -> bool:
    """Return a variable that says yes or no."""
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise _refused(name, value, "écrire 1 (oui) ou 0 (non)")
    return value in YES


def number(name: str, *, default: int, least: int = 0) -> int:
    """Return a whole number that is not below `least`."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise _refused(name, value, f"écrire un nombre entier, au moins {least}")
    return int(value)


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    """Return one of the words that a variable may hold, whatever its case."""
    value = text(name, default=default).upper()
    if value not in choices:
        raise _refused(name, value, f"écrire l’un de {', '.join(choices)}")
    return value


def database(name: str, *, default: str) -> dj_database_url.DBConfig:
    """Return what Django wants to know of a database, SQLite or PostgreSQL, from its address."""
    # The address may hold a password: a refusal does not repeat it.
    refused = ImproperlyConfigured(
        f"{name} : cette adresse ne convient pas ; écrire sqlite:////CHEMIN ou postgresql://COMPTE:MOT_DE_PASSE@MACHINE/BASE"
    )
    try:
        found = dj_database_url.parse(text(name, default=default), conn_max_age=60, conn_health_checks=True)
    except ValueError:
        raise refused from None
    if found["ENGINE"] not in ENGINES:
        raise refused
    return found


def words(name: str, *, default: list[str]) -> list[str]:
    """Return the parts of a variable that are separated by commas or spaces."""
    return text(name).replace(",", " ").split() or default


def path(name: str, *, default: Path) -> Path:
    """Return an absolute path; `~` stands for the home folder."""
    value = text(name)
    return Path(value).expanduser().resolve() if value else default


def day(name: str) -> dt.date | None:
    """Return a civil date, or None when the variable is absent."""
    value = text(name)
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError as error:
        raise _refused(name, value, "écrire une date comme 2026-11-22") from error


def sms_service() -> Service | None:
    """Return the service that sends text messages; None while ESCALE_SMS_URL is absent."""
    url = text("ESCALE_SMS_URL")
    if not url:
        return None
    try:
        return Service(
            url=url,
            method=one_of("ESCALE_SMS_METHOD", METHODS, default=METHODS[0]),
            headers=read_headers(text("ESCALE_SMS_HEADERS")),
            body=text("ESCALE_SMS_BODY", default=USUAL_BODY),
            sender=text("ESCALE_SMS_SENDER"),
            id_path=tuple(text("ESCALE_SMS_ID", default="id").split(".")),
            seconds=number("ESCALE_SMS_SECONDS", default=20, least=1),
        )
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from None


def secret_key(var_dir: Path, *, required: bool) -> str:
    """Return ESCALE_SECRET_KEY; unless it is required, one is drawn the first time and kept in `var_dir`."""
    value = text("ESCALE_SECRET_KEY")
    if not value and not required:
        return _kept_secret(var_dir / "secret_key")
    if len(value) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"ESCALE_SECRET_KEY : en production, écrire au moins {SHORTEST_SECRET} caractères tirés au hasard"
        )
    return value


def _kept_secret(place: Path) -> str:
    if not place.exists():
        with tempfile.NamedTemporaryFile("w", dir=place.parent, prefix=".secret_key", encoding="ascii") as drawn:
            drawn.write(get_random_secret_key())
            drawn.flush()
            # A link appears whole or not at all: two processes that start together agree on one key.
            with contextlib.suppress(FileExistsError):
                place.hardlink_to(drawn.name)
    return place.read_text(encoding="ascii")


def _refused(name: str, value: str, advice: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} : « {value} » ne convient pas ; {advice}")
