"""Type in how many people of 15 and more, and of 60 and more, live in a commune or in the territory (art. 6, E6 and E7)."""

from __future__ import annotations

from django.db import transaction

from escale.apps.audit.actors import Actor, require
from escale.apps.territory import clock
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.models.ages import OLDEST_YEAR
from escale.apps.territory.queries import siren_of
from escale.apps.territory.saving import refuse, save_row


@transaction.atomic
def write_ages_of_commune(
    *, actor: Actor, commune: Commune, population_15: int | None, population_60: int | None, source: str, year: int | None
) -> Commune:
    """Write the ages of a commune, with their source and their year; nothing given takes them away."""
    require(actor, "territory.manage", commune)
    values = _read(population_15, population_60, source, year)
    return save_row(commune, values, event="territory.ages_written", actor=actor, epci=siren_of(commune))


@transaction.atomic
def write_ages_of_epci(
    *, actor: Actor, epci: Epci, population_15: int | None, population_60: int | None, source: str, year: int | None
) -> Epci:
    """Write those of the whole territory: they count before the sum of the communes."""
    require(actor, "territory.manage", epci)
    today = clock.today(epci)
    known = list(Commune.objects.members_of(epci, today, today).values_list("population", flat=True))
    whole = None if None in known else sum(number for number in known if number)
    for name, number in (("population_15", population_15), ("population_60", population_60)):
        if whole is not None and number is not None and number > whole:
            raise refuse(name, f"C’est plus que les {whole} habitants des communes ; corriger ce nombre.")
    values = _read(population_15, population_60, source, year)
    return save_row(epci, values, event="territory.ages_written", actor=actor, epci=epci.siren)


def _read(population_15: int | None, population_60: int | None, source: str, year: int | None) -> dict[str, int | str | None]:
    """Return the columns. Raise ValidationError, beside its field, for numbers without a source or a year that has begun."""
    text = " ".join(source.split())
    if population_15 is None and population_60 is None:
        return {"population_15": None, "population_60": None, "ages_source": "", "ages_year": None}
    if population_15 is not None and population_60 is not None and population_60 > population_15:
        raise refuse("population_60", "Les 60 ans et plus sont parmi les 15 ans et plus : leur nombre ne peut être plus grand.")
    if not text:
        raise refuse("source", "Dire d’où viennent ces nombres, par exemple « Insee, recensement de la population ».")
    if year is None or not OLDEST_YEAR <= year <= clock.today().year:
        raise refuse("year", f"Donner l’année de ces nombres, entre {OLDEST_YEAR} et aujourd’hui.")
    return {"population_15": population_15, "population_60": population_60, "ages_source": text, "ages_year": year}
