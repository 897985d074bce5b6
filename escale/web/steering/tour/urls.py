"""The addresses of the tour: the year, its months, weeks and days, its drafts and searches."""

from django.urls import path

from escale.web.steering.tour import days, searches, views

urlpatterns = [
    path("", views.show_year, name="tour"),
    path("<int:number>/", views.show_plan, name="plan"),
    path("mois/<str:month>/", days.show_month, name="month"),
    path("semaine/<str:day>/", days.show_week, name="week"),
    path("jour/<str:day>/<int:post>/", days.show_day, name="day"),
    path("brouillons/", searches.list_drafts, name="drafts"),
    path("recherches/<int:run>/", searches.show_run, name="run"),
]
