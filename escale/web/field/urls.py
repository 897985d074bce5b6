"""The addresses of the pages of a mediator."""

from django.urls import path

from escale.web.field import taking, views

app_name = "field"
urlpatterns = [
    path("", views.home, name="home"),
    path("jours/", views.show_days, name="days"),
    path("agenda/", taking.feed, name="feed"),
]
