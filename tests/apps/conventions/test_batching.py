"""The documents of many conventions in one go: the right ones, in the right formats, with what fails named."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from escale.apps.accounts.models import User
from escale.apps.conventions import batching
from escale.apps.conventions.actions.filing import replace_draft_text
from escale.apps.conventions.actions.freezing import freeze
from escale.apps.conventions.batching import Group, make_documents, request_documents
from escale.apps.conventions.models import Paper, PaperKind
from escale.apps.conventions.producing import CONSOLIDATED, CONVENTION, Form
from escale.apps.documents.archives import FAILURES_NAME
from escale.apps.documents.batches import begin_batch
from escale.apps.documents.files import bytes_of
from escale.apps.documents.models import Batch, BatchState
from escale.apps.documents.uploads import TEXTS, judge
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.paper import day, drafted, in_force, refusal, signatories
from tests.apps.documents.scans import docx

pytestmark = pytest.mark.usefixtures("_in_november")


def made(batch: Batch) -> dict[str, bytes]:
    """Make a batch, and return its archive."""
    make_documents(batch.pk)
    batch.refresh_from_db()
    assert batch.archive is not None
    with zipfile.ZipFile(io.BytesIO(bytes_of(batch.archive))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_convention_is_made_in_each_format(epci: Epci, oisy: Commune, coordinator: User) -> None:
    in_force(epci, oisy)
    forms = [Form.PDF, Form.DOCX, Form.ODT]

    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=forms, group=Group.ALL)

    assert batch.label == "Conventions avec leur planning annexé, PDF, DOCX, ODT, 23 novembre 2026"
    assert set(made(batch)) == {f"convention-oisy-59446.{form}" for form in forms}
    assert (batch.state, batch.done, batch.total, batch.failures) == (BatchState.DONE, 3, 3, [])


def test_what_lacks_something_is_named_with_all_that_it_lacks(
    epci: Epci, oisy: Commune, bousignies: Commune, coordinator: User
) -> None:
    in_force(epci, oisy)
    drafted(epci, bousignies)

    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.ALL)

    found = made(batch)
    assert set(found) == {"convention-oisy-59446.pdf", FAILURES_NAME}
    [failure] = batch.failures
    assert failure["name"] == "convention-bousignies-59100.pdf"
    assert "Signataire de la commune" in failure["why"]


def test_a_text_that_is_frozen_is_never_laid_out_again(epci: Epci, oisy: Commune, coordinator: User) -> None:
    convention = drafted(epci, oisy)
    signatories(epci, oisy)
    freeze(actor=coordinator, convention=convention, version=1, on=day("2025-01-06"), proof="bordereau")
    kept = Paper.objects.get(kind=PaperKind.TEXT.value)

    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.PREPARED)

    assert made(batch) == {"convention-oisy-59446.pdf": bytes_of(kept.file)}


def test_the_file_of_the_lawyer_goes_in_as_it_is_and_in_no_other_format(
    epci: Epci, oisy: Commune, coordinator: User, lawyer: User
) -> None:
    convention, content = drafted(epci, oisy), docx("Un texte relu.")
    upload = judge("relu.docx", content, kinds=TEXTS)
    replace_draft_text(actor=lawyer, convention=convention, upload=upload, note="article 9")
    forms = [Form.PDF, Form.DOCX]

    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=forms, group=Group.ALL)

    assert made(batch)["convention-oisy-59446.docx"] == content
    assert batch.failures == [
        {"name": "convention-oisy-59446.pdf", "why": "le texte est le fichier « relu.docx », gardé dans son seul format"}
    ]


def test_two_conventions_of_one_commune_have_two_names(epci: Epci, oisy: Commune, coordinator: User) -> None:
    in_force(epci, oisy)
    following = drafted(epci, oisy)

    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.DOCX], group=Group.ALL)
    names = {*made(batch), *(failure["name"] for failure in batch.failures)} - {FAILURES_NAME}

    assert names == {"convention-oisy-59446.docx", f"convention-{following.pk}-oisy-59446.docx"}


def test_a_consolidated_text_is_that_of_a_convention_in_force(
    epci: Epci, oisy: Commune, bousignies: Commune, coordinator: User
) -> None:
    in_force(epci, oisy)
    drafted(epci, bousignies)

    with refusal("E_NO_CONVENTION", "group"):
        request_documents(actor=coordinator, epci=epci, document=CONSOLIDATED, forms=[Form.PDF], group=Group.PREPARED)
    batch = request_documents(actor=coordinator, epci=epci, document=CONSOLIDATED, forms=[Form.PDF], group=Group.ALL)

    assert set(made(batch)) == {"consolide-oisy-59446.pdf"}


def test_no_convention_in_the_case_is_said(epci: Epci, oisy: Commune, coordinator: User) -> None:
    in_force(epci, oisy)

    with refusal("E_NO_CONVENTION", "group"):
        request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.PREPARED)


def test_a_reader_asks_for_no_documents(epci: Epci, oisy: Commune, reader: User) -> None:
    in_force(epci, oisy)

    with pytest.raises(PermissionDenied):
        request_documents(actor=reader, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.ALL)


def test_a_batch_that_breaks_says_so_and_frees_the_place(
    epci: Epci, oisy: Commune, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(epci, oisy)
    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.ALL)

    def broken(_batch: Batch) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(batching, "_pieces", broken)
    with pytest.raises(OSError, match="disque plein"):
        make_documents(batch.pk)

    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED
    assert batch.failures == [{"name": batch.label, "why": "OSError : disque plein"}]
    monkeypatch.undo()
    assert request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.ALL)


def test_a_batch_that_a_dead_worker_left_is_made_anew(epci: Epci, oisy: Commune, coordinator: User) -> None:
    in_force(epci, oisy)
    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.ALL)
    begin_batch(key=batch.pk)

    assert set(made(batch)) == {"convention-oisy-59446.pdf"}
    assert batch.attempt == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_is_asked_for(epci: Epci, oisy: Commune, coordinator: User) -> None:
    in_force(epci, oisy)
    batch = request_documents(actor=coordinator, epci=epci, document=CONVENTION, forms=[Form.PDF], group=Group.ALL)

    call_command("worker", batch=True)

    batch.refresh_from_db()
    assert (batch.state, batch.done) == (BatchState.DONE, 1)
