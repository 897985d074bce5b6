"""The addresses of the pages of a mediator."""

from django.urls import path

from escale.web.desk.urls import desk_urls
from escale.web.field import relays, taking, views
from escale.web.field.offline import data, receiving, shell
from escale.web.journeys import Journey

app_name = "field"
urlpatterns = [
    path("", views.home, name="home"),
    path("jours/", views.show_days, name="days"),
    path("relais/", relays.show_relays, name="relays"),
    path("agenda/", taking.feed, name="feed"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("service-worker.js", shell.service_worker, name="service_worker"),
    path("fiches-gardees/", shell.show_kept, name="kept"),
    path("donnees/jeton.json", data.token, name="token"),
    path("donnees/jour.json", data.day, name="day"),
    path("donnees/envoi", receiving.receive, name="send"),
    *desk_urls(Journey.FIELD),
]
