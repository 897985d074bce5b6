"""The page of open data, and its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escale.apps.territory.models import Epci
from escale.web.opendata import files
from escale.web.opendata.explained import open_data
from escale.web.opendata.reading import asked_epcis
from escale.web.public.caching import open_answer, public_answer


@require_safe
@public_answer
def explain(request: HttpRequest) -> HttpResponse:
    """Explain each file: what it holds, its licence, its date, its address."""
    siren = request.GET.get("epci", "")
    epcis = asked_epcis(siren)
    seen = {
        "data": open_data(epcis, siren),
        "epcis": epcis,
        "all_epcis": asked_epcis("") if siren else epcis,
        "siren": siren,
        "licence": files.LICENCE,
        "licence_page": files.LICENCE_PAGE,
    }
    return render(request, "public/data.html", seen)


def _sending(make: Callable[[Sequence[Epci]], files.OpenFile]) -> Callable[..., HttpResponseBase]:
    """Return the view of a file: `?epci=SIREN` narrows it, an unknown one is a 404."""

    @require_safe
    @open_answer
    @public_answer
    def send(request: HttpRequest) -> HttpResponseBase:
        return files.answer(make(asked_epcis(request.GET.get("epci", ""))))

    return send


send_places = _sending(files.places_csv)
send_visits = _sending(files.visits_csv)
send_visits_geojson = _sending(files.visits_geojson)
send_conventions = _sending(files.conventions_csv)
send_conventions_schema = _sending(files.conventions_schema)
send_statistics = _sending(files.statistics_csv)
send_statistics_schema = _sending(files.statistics_schema)
send_data_inclusion = _sending(files.data_inclusion)
