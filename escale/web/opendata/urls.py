"""The addresses of the open data: people copy them, and machines come back to them."""

from django.urls import path

from escale.web.opendata import views

urlpatterns = [
    path("donnees/", views.explain, name="data"),
    path("donnees/lieux.csv", views.send_places, name="places_csv"),
    path("donnees/passages.csv", views.send_visits, name="visits_csv"),
    path("donnees/passages.geojson", views.send_visits_geojson, name="visits_geojson"),
    path("donnees/conventions.csv", views.send_conventions, name="conventions_csv"),
    path("donnees/conventions.schema.json", views.send_conventions_schema, name="conventions_schema"),
    path("donnees/statistiques.csv", views.send_statistics, name="statistics_csv"),
    path("donnees/statistiques.schema.json", views.send_statistics_schema, name="statistics_schema"),
    path("donnees/data-inclusion.json", views.send_data_inclusion, name="data_inclusion"),
]
