"""The addresses of the steering."""

from django.urls import include, path

from escale.web.communication.urls import communication_urls
from escale.web.desk import overview
from escale.web.desk.urls import desk_urls
from escale.web.evaluations.urls import evaluation_urls
from escale.web.journeys import Journey
from escale.web.reports.urls import steering_urls as report_urls
from escale.web.rights.urls import rights_urls
from escale.web.steering import ages, bassins, communes, insights, insurance, open_data, reaching, team, views
from escale.web.steering.asking import urls as asking
from escale.web.steering.changing import urls as changing
from escale.web.steering.committee import urls as committee
from escale.web.steering.conventions import urls as conventions
from escale.web.steering.figures import urls as figures
from escale.web.steering.means import urls as means
from escale.web.steering.preparing import urls as preparing
from escale.web.steering.publishing import urls as publishing
from escale.web.steering.service import urls as service
from escale.web.steering.taking import urls as taking
from escale.web.steering.tour import urls as tour
from escale.web.workshops.urls import workshop_urls

app_name = "steering"
urlpatterns = [
    path("", views.home, name="home"),
    path("communes/", communes.list_communes, name="communes"),
    path("communes/ages/", ages.edit_ages, name="ages"),
    path("communes/bassins/", bassins.list_bassins, name="bassins"),
    path("communes/bassins/nouveau/", bassins.draw_bassin, name="add_bassin"),
    path("communes/bassins/<int:bassin>/", bassins.edit_bassin, name="edit_bassin"),
    path("communes/bassins/<int:bassin>/retirer/", bassins.take_bassin_away, name="remove_bassin"),
    path("communes/<str:code>/", communes.show_commune, name="commune"),
    path("communes/<str:code>/ages/", ages.edit_ages_of_commune, name="commune_ages"),
    path("communes/<str:code>/nom/", communes.edit_commune, name="edit_commune"),
    path("communes/<str:code>/lieux/nouveau/", communes.add_place, name="add_place"),
    path("communes/<str:code>/lieux/<int:place>/", communes.edit_place, name="edit_place"),
    path("communes/<str:code>/mairie/", reaching.edit_mairie, name="edit_mairie"),
    path("communes/<str:code>/relais/nouveau/", reaching.add_relay, name="add_relay"),
    path("communes/<str:code>/logo/", reaching.edit_commune_logo, name="commune_logo"),
    path("logo/", reaching.edit_logo, name="logo"),
    path("donnees-ouvertes/", open_data.prepare_open_data, name="open_data"),
    path("relais/", reaching.list_relays, name="relays"),
    path("relais/<int:relay>/", reaching.edit_relay, name="edit_relay"),
    path("relais/<int:relay>/retirer/", reaching.take_relay_away, name="remove_relay"),
    path("equipe/", team.show_team, name="team"),
    path("equipe/absences/nouvelle/", team.add_leave, name="add_leave"),
    path("equipe/absences/<int:leave>/retirer/", team.remove_leave, name="remove_leave"),
    path("equipe/assurance/", insurance.show_insurance, name="insurance"),
    path("equipe/assurance/nouvelle/", insurance.add_insurance, name="add_insurance"),
    path("equipe/assurance/<int:pk>/attestation/", insurance.send_attestation, name="attestation"),
    path("equipe/assurance/<int:pk>/retirer/", insurance.take_insurance_away, name="remove_insurance"),
    path("equipe/", include(means.urlpatterns)),
    path("chiffres/", include(figures.urlpatterns)),
    path("comite/", include(committee.urlpatterns)),
    path("constats/", insights.show_insights, name="insights"),
    path("constats/<slug:kind>/proposer/", insights.propose_from, name="propose_insight"),
    path("conventions/", include(conventions.urlpatterns)),
    path("evaluations/", include(evaluation_urls)),
    path("rapports/", include(report_urls)),
    path("", include(service.urlpatterns)),
    path("tournee/", include(tour.urlpatterns)),
    path("tournee/", include(taking.urlpatterns)),
    path("tournee/", include(preparing.urlpatterns)),
    path("tournee/", include(changing.urlpatterns)),
    path("tournee/", include(publishing.urlpatterns)),
    path("tournee/", include(asking.urlpatterns)),
    path("service/demandes/", overview.show_overview, name="desk_overview"),
    *communication_urls(Journey.STEERING),
    *rights_urls(Journey.STEERING),
    *desk_urls(Journey.STEERING),
    *workshop_urls(Journey.STEERING),
]
