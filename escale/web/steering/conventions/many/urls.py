"""The addresses of what is done to many conventions at once, below « conventions/ »."""

from django.urls import path

from escale.web.steering.conventions.many import electing, importing, merging, moving

urlpatterns = [
    path("importer/", importing.upload_conventions, name="import_conventions"),
    path("importer/apercu/", importing.preview_conventions, name="import_conventions_preview"),
    path("importer/modele.<slug:kind>", importing.send_model, name="import_conventions_model"),
    path("elections/", electing.show_round, name="elections"),
    path("elections/ouvrir/", electing.open_round, name="open_elections"),
    path("elections/rappeler/", electing.remind, name="remind_elections"),
    path("commune-nouvelle/", merging.merge, name="merge_commune"),
    path("changer-de-texte/", moving.move, name="move_conventions"),
]
