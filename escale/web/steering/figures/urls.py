"""The addresses of the figures of a year."""

from django.urls import path

from escale.web.steering.figures import pages

urlpatterns = [
    path("", pages.show_figures, name="figures"),
    path("chiffres.csv", pages.export_figures, name="figures_csv"),
]
