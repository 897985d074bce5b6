"""The addresses of the pages of a town hall."""

from django.urls import path

from escale.web.commune import remarks, taking, views

app_name = "commune"
urlpatterns = [
    path("", views.home, name="home"),
    path("dates/", views.show_dates, name="dates"),
    path("dates/proposees/", remarks.show_remarks, name="remarks"),
    path("planning.pdf", taking.planning_pdf, name="planning_pdf"),
    path("agenda/", taking.feed, name="feed"),
]
