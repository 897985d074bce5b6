"""The addresses of the half-days of a mairie."""

from django.urls import path

from escale.web.commune.visits import points, preparing
from escale.web.journeys import Journey
from escale.web.trouble.urls import trouble_urls

urlpatterns = [
    path("passages/<int:pk>/preparer/", preparing.prepare, name="prepare_visit"),
    path("passages/<int:pk>/retirer/", preparing.take_back, name="withdraw_confirmation"),
    path("passages/<int:pk>/point/", points.note, name="note_point"),
    path("points/", points.list_points, name="points"),
    path("points/<int:pk>/repondre/<slug:answer>/", points.answer, name="answer_point"),
    *trouble_urls(Journey.COMMUNE),
]
