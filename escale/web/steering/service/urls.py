"""The addresses of the service."""

from django.urls import path

from escale.web.journeys import Journey
from escale.web.office.urls import office_urls
from escale.web.steering.service import changing, coop, following, passages, points
from escale.web.trouble.urls import trouble_urls
from escale.web.urgencies.urls import urgency_urls

urlpatterns = [
    path("service/", passages.list_visits, name="service"),
    path("service/passages/<int:pk>/", passages.show_visit, name="service_visit"),
    path("service/passages/<int:pk>/deplacer/", changing.move, name="service_move"),
    path("service/passages/<int:pk>/rattraper/", changing.make_up, name="service_make_up"),
    path("service/passages/<int:pk>/abandonner/", changing.waive, name="service_waive"),
    path("service/points/", points.list_points, name="service_points"),
    path("service/points/<int:pk>/", points.show_point, name="service_point"),
    path("service/points/<int:pk>/repondre/<slug:answer>/", points.answer, name="service_answer"),
    path("service/points/<int:pk>/verser/", points.add_to_file, name="service_evidence"),
    path("service/suivi/", following.show_following, name="service_following"),
    path("service/coop/", coop.show_coop, name="coop"),
    path("service/coop/activites.<str:kind>", coop.export_coop, name="coop_export"),
    path("service/coop/<int:pk>/", coop.show_import, name="coop_import"),
    path("service/coop/<int:pk>/abandonner/", coop.leave_aside, name="drop_coop_import"),
    path("service/coop/<int:pk>/compte-rendu.csv", coop.send_report, name="coop_report"),
    *office_urls(Journey.STEERING),
    *trouble_urls(Journey.STEERING),
    *urgency_urls(Journey.STEERING),
]
