"""The addresses of the pages of a town hall."""

from django.urls import include, path

from escale.web.commune import reaching, remarks, taking, views
from escale.web.commune.convention import filing, naming, pages
from escale.web.commune.visits import urls as visits
from escale.web.communication.urls import communication_urls
from escale.web.desk.urls import desk_urls
from escale.web.journeys import Journey
from escale.web.reports.urls import commune_urls as report_urls
from escale.web.rights.urls import rights_urls
from escale.web.urgencies.urls import urgency_urls
from escale.web.workshops.urls import workshop_urls

app_name = "commune"
urlpatterns = [
    path("", views.home, name="home"),
    path("dates/", views.show_dates, name="dates"),
    path("dates/proposees/", remarks.show_remarks, name="remarks"),
    path("planning.pdf", taking.planning_pdf, name="planning_pdf"),
    path("agenda/", taking.feed, name="feed"),
    path("coordonnees/", reaching.show_mairie, name="mairie"),
    path("coordonnees/modifier/", reaching.edit_mairie, name="edit_mairie"),
    path("coordonnees/logo/", reaching.edit_logo, name="logo"),
    path("coordonnees/demandes/", reaching.choose_requests, name="mairie_requests"),
    path("coordonnees/relais/nouveau/", reaching.add_relay, name="add_relay"),
    path("coordonnees/relais/<int:relay>/", reaching.edit_relay, name="edit_relay"),
    path("coordonnees/relais/<int:relay>/retirer/", reaching.take_relay_away, name="remove_relay"),
    path("", include(visits.urlpatterns)),
    *report_urls,
    path("convention/", pages.show_convention, name="convention"),
    path("convention/<int:pk>/deposer/<slug:kind>/", filing.deposit, name="file_paper"),
    path("convention/pieces/<int:pk>/", pages.download_paper, name="paper"),
    path("convention/referent/", naming.name_referent, name="name_referent"),
    path("convention/signataire/", naming.name_signatory, name="name_signatory"),
    path("convention/lieux/", naming.check_premises, name="confirm_premises"),
    *communication_urls(Journey.COMMUNE),
    *rights_urls(Journey.COMMUNE),
    *urgency_urls(Journey.COMMUNE),
    *desk_urls(Journey.COMMUNE),
    *workshop_urls(Journey.COMMUNE),
]
