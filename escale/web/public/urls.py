"""The addresses of the public pages."""

from django.urls import path

from escale.web.public import checking, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("communes/<slug:slug>/", views.show_commune, name="commune"),
    path("verifier/", checking.check_file, name="check_file"),
]
