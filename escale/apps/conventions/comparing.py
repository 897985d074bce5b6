"""What the file of the lawyer changes in the text that the model makes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.conventions.models import Paper
from escale.apps.conventions.producing import CONVENTION, REFUSALS, RENDERED, Form, document_of
from escale.apps.documents.files import bytes_of
from escale.apps.documents.office import DOCX_TYPE, ODT_TYPE
from escale.apps.documents.paragraphs import UnreadableTextError, can_be_read, paragraphs_of
from escale.core.documents.comparing import Change, changes_between

FORMS = {DOCX_TYPE: Form.DOCX, ODT_TYPE: Form.ODT}
PDF_WORDS = "Un PDF ne se compare pas paragraphe par paragraphe : le relire, ou donner le fichier du traitement de texte."


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The paragraphs that a file changes; `unread` says why they are not known."""

    changes: tuple[Change, ...] = ()
    unread: str = ""


def comparison_of(paper: Paper, on: dt.date) -> Comparison:
    """Compare a file with the text that the model makes on a day; both are read the same way, from the same format."""
    media_type = paper.file.media_type
    if not can_be_read(media_type):
        return Comparison(unread=PDF_WORDS)
    try:
        made = RENDERED[FORMS[media_type]](document_of(paper.convention, CONVENTION, on))
        before = paragraphs_of(made, media_type)
        after = paragraphs_of(bytes_of(paper.file), media_type)
    except (*REFUSALS, UnreadableTextError) as error:
        return Comparison(unread=str(error))
    return Comparison(changes=changes_between(before, after))
