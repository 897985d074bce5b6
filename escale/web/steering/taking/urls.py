"""The addresses of what is taken away from the tour."""

from django.urls import path

from escale.web.steering.taking import drafts, posters, published

urlpatterns = [
    path("emporter/", published.take_away, name="take_away"),
    path("annee.pdf", published.year_pdf, name="year_pdf"),
    path("annee.csv", published.year_csv, name="year_csv"),
    path("annee.xlsx", published.year_xlsx, name="year_xlsx"),
    path("annexes.zip", published.annexes_zip, name="annexes_zip"),
    path("planning/<str:code>.pdf", published.commune_pdf, name="commune_pdf"),
    path("agenda/", published.feed, name="feed"),
    path("affiches/", posters.ask_posters, name="posters"),
    path("affiches/<int:pk>/", posters.show_posters, name="posters_batch"),
    path("affiches/<int:pk>/archive/", posters.send_posters, name="posters_archive"),
    path("<int:number>/annee.pdf", drafts.plan_pdf, name="plan_pdf"),
    path("<int:number>/annee.csv", drafts.plan_csv, name="plan_csv"),
    path("<int:number>/annee.xlsx", drafts.plan_xlsx, name="plan_xlsx"),
    path("<int:number>/annexes.zip", drafts.plan_annexes, name="plan_annexes"),
    path("<int:number>/planning/<str:code>.pdf", drafts.plan_commune_pdf, name="plan_commune_pdf"),
]
