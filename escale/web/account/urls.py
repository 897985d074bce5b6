"""The addresses that lead from the login to a journey."""

from django.urls import path

from escale.web.account import views

app_name = "account"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:role_id>/", views.choose, name="choose"),
]
