"""The addresses of the pages behind a personal link."""

from django.urls import path

from escale.web.links import views

app_name = "links"
urlpatterns = [path("<str:key>/", views.answer, name="answer")]
