"""The addresses of the public pages."""

from django.urls import include, path

from escale.web.accessibility import pages as accessibility
from escale.web.opendata import urls as opendata
from escale.web.public import asking, checking, following, integrating, pages, papers, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("communes/<slug:slug>/", views.show_commune, name="commune"),
    path("communes/<slug:slug>/dates/", views.show_year, name="commune_year"),
    path("communes/<slug:slug>/demande/", asking.ask, name="commune_request"),
    path("ateliers/", pages.show_workshops, name="workshops"),
    path("ce-que-nous-faisons/", pages.show_help, name="help"),
    path("vos-donnees/", pages.show_your_data, name="your_data"),
    path("mentions-legales/", pages.show_legal, name="legal"),
    path("en/", pages.show_english, name="english"),
    path("accessibilite/", accessibility.show_accessibility, name="accessibility"),
    path("", include(opendata.urlpatterns)),
    path("communes/<slug:slug>/agenda.ics", following.show_commune_calendar, name="commune_feed"),
    path("communes/<slug:slug>/dates.rss", following.show_commune_news, name="commune_rss"),
    path("agenda.ics", following.show_territory_calendar, name="territory_feed"),
    path("dates.rss", following.show_territory_news, name="territory_rss"),
    path("communes/<slug:slug>/affiche.pdf", papers.commune_poster, name="commune_poster"),
    path("communes/<slug:slug>/calendrier-de-poche.pdf", papers.commune_pocket, name="commune_pocket"),
    path("communes/<slug:slug>/a-coller/", integrating.explain_snippet, name="snippet"),
    path("communes/<slug:slug>/dates.json", integrating.show_dates, name="commune_dates"),
    path("integration.js", integrating.show_script, name="snippet_script"),
    path("verifier/", checking.check_file, name="check_file"),
]
