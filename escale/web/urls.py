"""The addresses of the journeys."""

from django.urls import include, path

urlpatterns = [
    path("", include("escale.web.public.urls")),
    path("repondre/", include("escale.web.links.urls")),
    path("rapport/", include("escale.web.reports.urls")),
    path("agenda/", include("escale.web.feeds.urls")),
    path("entrer/", include("escale.web.entering.urls")),
    path("mon-espace/", include("escale.web.account.urls")),
    path("mairie/", include("escale.web.commune.urls")),
    path("terrain/", include("escale.web.field.urls")),
    path("pilotage/", include("escale.web.steering.urls")),
]
