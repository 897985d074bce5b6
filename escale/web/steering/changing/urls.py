"""The addresses under which a tour is changed, below « tournee/ »."""

from django.urls import path

from escale.web.steering.changing import asking, comparing, dropping, editing, repairing

urlpatterns = [
    path("<int:number>/passage/<int:key>/", editing.edit_visit, name="edit_visit"),
    path("<int:number>/passage/<int:key>/retirer/", editing.take_visit_away, name="take_visit_away"),
    path("<int:number>/passage/<int:key>/depot/", dropping.try_drop, name="try_drop"),
    path("<int:number>/ajouter/<str:code>/<str:month>/", editing.add_visit, name="add_visit"),
    path("<int:number>/annuler/", editing.undo_edit, name="undo_edit"),
    path("<int:number>/pourquoi/<str:code>/", asking.explain, name="explain"),
    path("questions/<int:question>/", asking.show_question, name="question"),
    path("questions/<int:question>/garder/", asking.keep_answer, name="keep_answer"),
    path("comparer/", comparing.compare_plans, name="compare"),
    path("imprevu/", repairing.choose_happening, name="repair"),
    path("imprevu/<str:what>/", repairing.tell_happening, name="tell_happening"),
    path("service-reduit/", repairing.reduced, name="reduced"),
    path("service-reduit/<int:service>/fin/", repairing.end_reduced, name="end_reduced"),
]
