"""The addresses of participations and of the publication, below « tournee/ »."""

from django.urls import path

from escale.web.steering.publishing import participations, plans, publication

urlpatterns = [
    path("participations/", participations.list_participations, name="participations"),
    path("<int:number>/publier/", publication.publish, name="publish"),
    path("<int:number>/copier/", plans.copy, name="copy_plan"),
    path("<int:number>/ecarter/", plans.discard, name="discard_plan"),
]
