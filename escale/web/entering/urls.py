"""The addresses by which a front desk enters."""

from django.urls import path

from escale.web.entering import views

app_name = "entering"
urlpatterns = [
    path("mairie/", views.ask, name="ask"),
    path("mairie/envoye/", views.asked, name="asked"),
    path("mairie/<str:key>/", views.open_link, name="link"),
]
