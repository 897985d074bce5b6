"""The addresses of the conventions, below « conventions/ »."""

from django.urls import path

from escale.web.steering.conventions import (
    batches,
    board,
    calculator,
    deadlines,
    filing,
    journal,
    obligation,
    obligations,
    page,
    papers,
)
from escale.web.steering.conventions.many import urls as many
from escale.web.steering.conventions.steps import beginning, editing
from escale.web.steering.conventions.steps import views as steps

urlpatterns = [
    *many.urlpatterns,
    path("", board.show_board, name="conventions"),
    path("calculateur/", calculator.calculate, name="calculator"),
    path("obligations/", obligations.show_obligations, name="obligations"),
    path("obligations/<str:key>/", obligation.show_obligation, name="obligation"),
    path("echeances/", deadlines.show_deadlines, name="deadlines"),
    path("echeances/agenda/", deadlines.show_feed, name="deadlines_feed"),
    path("<int:pk>/", page.show_convention, name="convention"),
    path("<int:pk>/obligations/", page.show_obligations, name="convention_obligations"),
    path("<int:pk>/pieces/", papers.show_papers, name="convention_papers"),
    path("<int:pk>/pieces/deposer/", filing.add_paper, name="file_paper"),
    path("<int:pk>/pieces/texte/", filing.replace_text, name="draft_text"),
    path("<int:pk>/pieces/texte/revenir/", filing.restore_text, name="restore_text"),
    path("<int:pk>/produire/<slug:kind>/<slug:file_format>/", papers.make_document, name="document"),
    path("pieces/<int:pk>/", papers.send_paper, name="paper"),
    path("pieces/<int:pk>/accepter/", filing.accept_paper, name="accept_paper"),
    path("pieces/<int:pk>/renvoyer/", filing.return_paper, name="return_paper"),
    path("lots/", batches.list_batches, name="batches"),
    path("lots/<int:pk>/", batches.show_batch, name="batch"),
    path("lots/<int:pk>/archive/", batches.send_archive, name="batch_archive"),
    path("<int:pk>/journal/", journal.show_journal, name="convention_journal"),
    path("nouvelle/", beginning.begin, name="new_convention"),
    path("<int:pk>/modifier/", editing.edit, name="edit_convention"),
    path("<int:pk>/faire/<slug:slug>/", steps.take_step, name="convention_step"),
]
