"""The addresses of the pages of a mediator."""

from django.urls import path

from escale.web.communication.urls import communication_urls
from escale.web.desk.urls import desk_urls
from escale.web.field import asking, bounds, half_day, kit, points, records, relays, support, take_home, taking, views
from escale.web.field.offline import data, receiving, shell
from escale.web.journeys import Journey
from escale.web.office.urls import office_urls
from escale.web.trouble.urls import trouble_urls
from escale.web.urgencies.urls import urgency_urls
from escale.web.workshops.urls import workshop_urls

app_name = "field"
urlpatterns = [
    path("", views.home, name="home"),
    path("jours/", views.show_days, name="days"),
    path("passages/<uuid:uid>/", half_day.half_day, name="half_day"),
    path("passages/<uuid:uid>/arrivee/", half_day.arrive, name="arrive"),
    path("passages/<uuid:uid>/arrivee/point/", half_day.note, name="note_point"),
    path("passages/<uuid:uid>/compter/", half_day.count, name="tally"),
    path("passages/<uuid:uid>/question/", asking.ask, name="ask"),
    path("passages/<uuid:uid>/question/merci/", asking.thank, name="thank"),
    path("passages/<uuid:uid>/noter/", records.log, name="log"),
    path("passages/<uuid:uid>/hors-cadre/", bounds.out_of_bounds, name="out_of_bounds"),
    path("passages/<uuid:uid>/hors-cadre/relais/", bounds.orientation, name="orientation"),
    path("passages/<uuid:uid>/hors-cadre/relais.pdf", bounds.orientation_pdf, name="orientation_pdf"),
    path("passages/<uuid:uid>/feuille/", take_home.take_home, name="take_home"),
    path("presence/<uuid:uid>/", half_day.mark, name="mark"),
    path("fiches/<uuid:key>/", records.correct, name="correct"),
    path("fiches/<uuid:key>/retirer/", records.remove, name="remove"),
    path("versions/<int:pk>/", records.choose_version, name="choose_version"),
    path("danger/", support.show_danger, name="danger"),
    path("aide/", support.help_me, name="help"),
    path("aide/incident/", support.incident, name="incident"),
    path("aide/fiches/", support.choose, name="choose_source"),
    path("malle/", kit.show_kit, name="kit"),
    path("malle/panne/", kit.tell_fault, name="tell_fault"),
    path("malle/pret/", kit.lend, name="lend_piece"),
    path("malle/materiel/<int:piece>/<slug:deed>/", kit.do_to_piece, name="do_to_piece"),
    path("relais/", relays.show_relays, name="relays"),
    path("points/", points.show_points, name="points"),
    path("points/<int:pk>/repondre/", points.answer, name="answer_point"),
    *trouble_urls(Journey.FIELD),
    path("agenda/", taking.feed, name="feed"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("service-worker.js", shell.service_worker, name="service_worker"),
    path("fiches-gardees/", shell.show_kept, name="kept"),
    path("donnees/jeton.json", data.token, name="token"),
    path("donnees/jour.json", data.day, name="day_data"),
    path("donnees/envoi", receiving.receive, name="send"),
    *communication_urls(Journey.FIELD),
    *urgency_urls(Journey.FIELD),
    *desk_urls(Journey.FIELD),
    *office_urls(Journey.FIELD),
    *workshop_urls(Journey.FIELD),
]
