"""The addresses of what comes before planning, below « tournee/ »."""

from django.urls import path

from escale.web.steering.preparing import calendar, capacity, importing

urlpatterns = [
    path("capacite/", capacity.show_capacity, name="capacity"),
    path("calendrier/", calendar.show_calendar, name="calendar"),
    path("calendrier/fermetures/nouvelle/", calendar.add_closure, name="add_territory_closure"),
    path("calendrier/fermetures/<int:closure>/", calendar.edit_closure, name="edit_territory_closure"),
    path("calendrier/vacances/nouvelles/", calendar.add_holiday, name="add_school_holiday"),
    path("calendrier/vacances/<int:holiday>/", calendar.edit_holiday, name="edit_school_holiday"),
    path("calendrier/vacances/officielles/<int:year>/", calendar.seed_holidays, name="seed_school_holidays"),
    path("calendrier/zone/", calendar.choose_zone, name="choose_zone"),
    path("importer/", importing.upload_tour, name="import_tour"),
    path("importer/apercu/", importing.preview_tour, name="import_preview"),
    path("importer/modele.xlsx", importing.send_model, name="import_model"),
]
