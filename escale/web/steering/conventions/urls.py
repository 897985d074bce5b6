"""The addresses of the conventions, below « conventions/ »."""

from django.urls import path

from escale.web.steering.conventions import board, calculator, deadlines, page
from escale.web.steering.conventions.steps import views as steps

urlpatterns = [
    path("", board.show_board, name="conventions"),
    path("calculateur/", calculator.calculate, name="calculator"),
    path("echeances/", deadlines.show_deadlines, name="deadlines"),
    path("echeances/agenda/", deadlines.show_feed, name="deadlines_feed"),
    path("<int:pk>/", page.show_convention, name="convention"),
    path("<int:pk>/obligations/", page.show_obligations, name="convention_obligations"),
    path("<int:pk>/pieces/", page.show_papers, name="convention_papers"),
    path("<int:pk>/journal/", page.show_journal, name="convention_journal"),
    path("<int:pk>/faire/<slug:slug>/", steps.take_step, name="convention_step"),
]
