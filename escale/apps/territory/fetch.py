"""Ask geo.api.gouv.fr, or whatever stands in for it, within limits of time and size."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any
from urllib.response import addinfourl

from escale.apps.territory.geo import parse_json, read_communes, read_epci_name
from escale.apps.territory.records import SourceError, TerritoryRecord, check_siren

MOST_BYTES = 40_000_000
"""Ten times the outlines of the largest EPCI."""

FIELDS = "nom,code,siren,codesPostaux,population,centre,contour,codeEpci"
AGAIN = "réessayer plus tard, ou donner un fichier avec --file."


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Where the data come from is a setting; nobody else chooses it."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        raise SourceError(
            req.full_url,
            f"le service renvoie vers {newurl} ; si cette adresse est la bonne, l’écrire dans ESCALE_GEO_API.",
        )


def fetch_territory(siren: str, *, base: str, seconds: float) -> TerritoryRecord:
    """Return an EPCI and its communes from the service at `base`; raise SourceError when it cannot be had.

    `seconds` bounds each of the two requests as a whole.
    """
    check_siren(siren)
    address = f"{base.rstrip('/')}/epcis/{siren}"
    name = read_epci_name(_get(address, seconds))
    query = urllib.parse.urlencode({"fields": FIELDS, "format": "json", "geometry": "contour"}, safe=",")
    communes = read_communes(_get(f"{address}/communes?{query}", seconds))
    return TerritoryRecord(siren=siren, name=name, communes=communes)


def _get(address: str, seconds: float) -> Any:
    if urllib.parse.urlsplit(address).scheme not in {"http", "https"}:
        raise SourceError(address, "l’adresse doit commencer par https:// ; corriger ESCALE_GEO_API.")
    deadline = time.monotonic() + seconds
    request = urllib.request.Request(address, headers={"Accept": "application/json", "User-Agent": "Escale"})  # noqa: S310 -- the scheme is checked above
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=seconds) as answer:
            return parse_json(_read_within(answer, address, deadline), place=address)
    except urllib.error.HTTPError as error:
        raise SourceError(address, _words_of_status(error.code)) from error
    except TimeoutError as error:
        raise SourceError(address, f"pas de réponse complète en {seconds:g} secondes ; {AGAIN}") from error
    except urllib.error.URLError as error:
        late = isinstance(error.reason, TimeoutError)
        reason = f"pas de réponse en {seconds:g} secondes" if late else f"le service ne répond pas ({error.reason})"
        raise SourceError(address, f"{reason} ; {AGAIN}") from error
    except (http.client.HTTPException, OSError) as error:
        raise SourceError(address, f"la réponse a été coupée ; {AGAIN}") from error


def _read_within(answer: addinfourl, address: str, deadline: float) -> bytes:
    """Read the whole answer, in pieces: a service that sends one byte a second must not hold us."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise SourceError(address, f"la réponse dépasse {MOST_BYTES // 1_000_000} Mo ; vérifier ESCALE_GEO_API.")
        if time.monotonic() > deadline:
            raise TimeoutError
    expected = answer.headers.get("Content-Length", "")
    if expected.isdigit() and size < int(expected):
        raise http.client.IncompleteRead(b"", int(expected) - size)
    return b"".join(parts)


def _words_of_status(status: int) -> str:
    if status == 404:
        return "aucun EPCI n’a ce SIREN ; le vérifier sur geo.api.gouv.fr."
    if status == 429:
        return f"trop de demandes à la fois ; {AGAIN}"
    return f"le service est en panne (erreur {status}) ; {AGAIN}"
