"""Every address of the installation: the account pages, then what the journeys show."""

from django.urls import include, path

urlpatterns = [
    path("compte/", include("allauth.account.urls")),
    path("", include("escale.web.urls")),
]
