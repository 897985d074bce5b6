"""The addresses of the pages of a mediator."""

from django.urls import path

from escale.web.desk.urls import desk_urls
from escale.web.field import kit, relays, taking, views
from escale.web.field.offline import data, receiving, shell
from escale.web.journeys import Journey
from escale.web.trouble.urls import trouble_urls

app_name = "field"
urlpatterns = [
    path("", views.home, name="home"),
    path("jours/", views.show_days, name="days"),
    path("malle/", kit.show_kit, name="kit"),
    path("malle/panne/", kit.tell_fault, name="tell_fault"),
    path("malle/pret/", kit.lend, name="lend_piece"),
    path("malle/materiel/<int:piece>/<slug:deed>/", kit.do_to_piece, name="do_to_piece"),
    path("relais/", relays.show_relays, name="relays"),
    *trouble_urls(Journey.FIELD),
    path("agenda/", taking.feed, name="feed"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("service-worker.js", shell.service_worker, name="service_worker"),
    path("fiches-gardees/", shell.show_kept, name="kept"),
    path("donnees/jeton.json", data.token, name="token"),
    path("donnees/jour.json", data.day, name="day_data"),
    path("donnees/envoi", receiving.receive, name="send"),
    *desk_urls(Journey.FIELD),
]
