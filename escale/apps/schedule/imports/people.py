"""Find the commune and the mediator that a table names, whatever accents, article and hyphens; else propose the nearest."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from escale.apps.territory.names import normalised

ARTICLES = ("l ", "le ", "la ", "les ")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCommune:
    """A commune of the territory: its INSEE code, and its name with its article and without."""

    code: str
    full: str
    bare: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a post, and from when to when."""

    first_name: str
    last_name: str
    starts: dt.date
    ends: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """A post of the team: what a problem calls it, its label, and who holds it one after the other."""

    id: str
    label: str
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a table can name."""

    epci: str
    communes: tuple[KnownCommune, ...]
    posts: tuple[KnownPost, ...]


def find_commune(known: Known, name: str, code: str = "") -> KnownCommune:
    """Return the commune of an INSEE code, else of a name. Raise ValueError, with the nearest one, when it is not there."""
    for text in (code, name):
        if digits := _code(text):
            found = next((commune for commune in known.communes if commune.code == digits), None)
            if found is None:
                raise ValueError(f"aucune commune de {known.epci} n’a le code INSEE {digits}")
            return found
    if not name:
        raise ValueError("la commune manque ; écrire son nom ou son code INSEE")
    key = _key(name)
    exact = [commune for commune in known.communes if key in {_key(commune.full), _key(commune.bare), _joined(commune.full)}]
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise ValueError(f"plusieurs communes s’appellent « {name} » ; écrire le code INSEE")
    near = _nearest(name, {_key(commune.full): commune.full for commune in known.communes})
    hint = f" ; vouliez-vous dire {near}\u00a0?" if near else " ; corriger le nom, ou écrire son code INSEE"
    raise ValueError(f"la commune « {name} » n’existe pas dans {known.epci}{hint}")


def find_post(known: Known, name: str, day: dt.date) -> KnownPost:
    """Return the post of a label, or the one that a mediator holds on a day. Raise ValueError, with the nearest name."""
    if not name:
        raise ValueError("le médiateur manque ; écrire son nom ou celui de son poste")
    key = _key(name)
    for post in known.posts:
        if _key(post.label) == key:
            return post
    named = [(post, holder) for post in known.posts for holder in post.holders if key in _ways(holder)]
    held = {post.id: post for post, holder in named if holder.starts <= day <= holder.ends}
    if len(held) == 1:
        return next(iter(held.values()))
    if held:
        raise ValueError(f"plusieurs personnes répondent à « {name} » ; écrire le prénom et le nom")
    if named:
        raise ValueError(
            f"« {name} » n’occupe aucun poste ce jour-là ; écrire le nom du poste, par exemple « {named[0][0].label} »"
        )
    people = {f"{holder.first_name} {holder.last_name}": holder for post in known.posts for holder in post.holders}
    names = {_key(name): name for name in (*(post.label for post in known.posts), *people)}
    near = _nearest(name, names | {_key(holder.first_name): whole for whole, holder in people.items()})
    hint = f" ; vouliez-vous dire {near}\u00a0?" if near else f" ; l’équipe : {', '.join(names.values())}" if names else ""
    raise ValueError(f"« {name} » n’est pas dans l’équipe{hint}")


def _ways(holder: Holder) -> set[str]:
    """Return the ways in which a person is named."""
    first, last = _key(holder.first_name), _key(holder.last_name)
    return {first, last, f"{first} {last}", f"{last} {first}", f"{first[:1]} {last}", f"{first} {last[:1]}"}


def _code(text: str) -> str:
    """Return an INSEE code: five signs, a zero in front that a spreadsheet took away; nothing when the text is none."""
    written = text.replace(" ", "").upper()
    return written.zfill(5) if re.fullmatch(r"\d{4,5}|2[AB]\d{3}", written) else ""


def _key(text: str) -> str:
    """Return what is compared: no accents, no article in front, « saint » in full."""
    words = normalised(re.sub(r"\([^)]*\)|\b\d{5}\b", " ", text))
    words = re.sub(r"\bste\b", "sainte", re.sub(r"\bst\b", "saint", words))
    article = next((article for article in ARTICLES if words.startswith(article)), "")
    return words.removeprefix(article)


def _joined(text: str) -> str:
    """Return a name whose article was written with it: « lasentinelle »."""
    return normalised(text).replace(" ", "")


def _nearest(name: str, by_key: Mapping[str, str]) -> str:
    near = get_close_matches(_key(name), by_key, n=1, cutoff=0.6)
    return by_key[near[0]] if near else ""
