"""The addresses of the calendars."""

from django.urls import path

from escale.web.feeds import views

app_name = "feeds"
urlpatterns = [path("<str:key>.ics", views.show_calendar, name="calendar")]
