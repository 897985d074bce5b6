"""The addresses of the conventions, below « conventions/ »."""

from django.urls import path

from escale.web.steering.conventions import calculator

urlpatterns = [path("calculateur/", calculator.calculate, name="calculator")]
