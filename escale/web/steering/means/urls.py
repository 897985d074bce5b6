"""The addresses of the means of the team, below « equipe/ »."""

from django.urls import path

from escale.web.steering.means import kits, learning, permanences, rooms, sources

urlpatterns = [
    path("malles/", kits.show_kits, name="kits"),
    path("malles/nouvelle/", kits.add_kit, name="add_kit"),
    path("malles/<int:kit>/", kits.show_kit, name="kit"),
    path("malles/<int:kit>/modifier/", kits.edit_kit, name="edit_kit"),
    path("malles/<int:kit>/inventaire/", kits.count_kit, name="count_kit"),
    path("malles/<int:kit>/panne/", kits.tell_fault, name="tell_fault"),
    path("malles/<int:kit>/pret/", kits.lend, name="lend_piece"),
    path("malles/<int:kit>/materiel/nouveau/", kits.add_a_piece, name="add_piece"),
    path("malles/materiel/<int:piece>/", kits.edit_piece, name="edit_piece"),
    path("malles/materiel/<int:piece>/<slug:deed>/", kits.do_to_piece, name="do_to_piece"),
    path("salles/", rooms.show_rooms, name="rooms"),
    path("salles/nouvelle/", rooms.add_room, name="add_room"),
    path("salles/reserver/", rooms.book, name="book_room"),
    path("salles/<int:room>/fin/", rooms.close_room, name="close_room"),
    path("salles/reservations/<int:booking>/annuler/", rooms.cancel_booking, name="cancel_room"),
    path("permanences/", permanences.show_permanences, name="permanences"),
    path("permanences/nouvelle/", permanences.add_permanence, name="add_permanence"),
    path("permanences/<int:permanence>/fin/", permanences.stop_permanence, name="stop_permanence"),
    path("fiches/<int:mediator>/", sources.change_source, name="change_source"),
    path("formations/", learning.show_learning, name="learning"),
    path("formations/nouvelle/", learning.add_training, name="add_training"),
    path("formations/<int:training>/retirer/", learning.take_training_away, name="remove_training"),
    path("formations/structure/", learning.edit_structure, name="edit_structure"),
    path("formations/habilitation/<int:mediator>/", learning.edit_habilitation, name="edit_habilitation"),
]
