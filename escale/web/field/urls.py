"""The addresses of the pages of a mediator."""

from django.urls import path

from escale.web.field import views

app_name = "field"
urlpatterns = [
    path("", views.home, name="home"),
    path("jours/", views.show_days, name="days"),
]
