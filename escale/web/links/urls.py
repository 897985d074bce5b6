"""The addresses of the pages behind a personal link."""

from django.urls import path

from escale.web.links import folder, questionnaire, views

app_name = "links"
urlpatterns = [
    path("comite/<str:key>/", folder.show_folder, name="folder"),
    path("comite/<str:key>/<slug:page>/", folder.show_folder, name="folder_page"),
    path("evaluation/<str:key>/", questionnaire.answer, name="questionnaire"),
    path("<str:key>/", views.answer, name="answer"),
]
