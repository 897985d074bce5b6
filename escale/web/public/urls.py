"""The addresses of the public pages."""

from django.urls import include, path

from escale.web.accessibility import pages as accessibility
from escale.web.opendata import urls as opendata
from escale.web.public import checking, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("communes/<slug:slug>/", views.show_commune, name="commune"),
    path("accessibilite/", accessibility.show_accessibility, name="accessibility"),
    path("", include(opendata.urlpatterns)),
    path("verifier/", checking.check_file, name="check_file"),
]
