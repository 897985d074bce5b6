"""What goes to the councils: made once, kept with its values, the version of its model and its bytes, never made again."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions.actions.amending import Change, draft_avenant
from escale.apps.conventions.actions.drafting import DraftChangedError, amend_text
from escale.apps.conventions.actions.filing import replace_draft_text
from escale.apps.conventions.actions.freezing import freeze, freeze_avenant_text
from escale.apps.conventions.models import Convention, Paper, PaperKind
from escale.apps.conventions.papers import convention_document, version_of
from escale.apps.documents.files import bytes_of
from escale.apps.documents.uploads import Upload
from escale.apps.territory.actions import rename_commune
from escale.apps.territory.models import Commune, Epci
from escale.apps.territory.names import PlaceName
from escale.core.convention.filling import MissingValuesError
from escale.core.documents.plain import plain_text
from tests.apps.conventions.paper import day, drafted, in_force, refusal, signatories
from tests.apps.documents.scans import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]

ON = day("2025-01-06")
MODEL = "porte-du-hainaut-2025"


def test_the_text_is_kept_with_its_values_its_version_and_its_bytes(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    signatories(epci, oisy)

    frozen = freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau")

    paper = Paper.objects.get(convention=frozen)
    content = bytes_of(paper.file)
    assert (paper.kind, paper.is_made_here, paper.model_version) == (PaperKind.TEXT, True, version_of(MODEL))
    assert paper.values["commune"] == {"full": "Oisy", "de": "d’Oisy", "at": "à Oisy"}
    assert paper.values["commune_signatory"]["name"] == "Camille Exemple"
    assert "commune_deliberation_number" not in paper.values
    assert paper.file.sha256 == hashlib.sha256(content).hexdigest()
    assert "Le deuxième mardi du mois" in frozen.text
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_metadata() as told:
        assert (told["pdfuaid:part"], told["pdfaid:part"], told["pdfaid:conformance"]) == ("1", "2", "A")


def test_a_commune_that_changes_its_name_keeps_the_one_that_was_voted(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    signatories(epci, oisy)
    frozen = freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau")

    rename_commune(actor=SYSTEM, commune=oisy, name=PlaceName(bare="Oisy-le-Vieux", elides=True))

    again = Convention.objects.get(pk=frozen.pk)
    told = plain_text(convention_document(again, on=ON))
    assert "la commune d’Oisy" in told
    assert "Oisy-le-Vieux" not in told


def test_a_text_that_lacks_something_is_not_frozen_and_nothing_is_kept(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)

    with pytest.raises(ValidationError) as caught:
        freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau")

    [told] = caught.value.message_dict["text"]
    assert "Signataire de la commune : nom" in told
    assert "Signataire de La Porte du Hainaut : nom" in told
    convention.refresh_from_db()
    assert convention.frozen_on is None
    assert not Paper.objects.exists()


def test_a_draft_that_someone_else_changed_is_not_frozen(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    signatories(epci, oisy)

    with pytest.raises(DraftChangedError):
        freeze(actor=SYSTEM, convention=convention, version=2, on=ON, proof="bordereau")


def test_the_file_of_the_lawyer_is_the_text_once_it_replaces_the_draft(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    signatories(epci, oisy)
    upload = Upload(name="corrigé.pdf", content=pdf("corrigé"), media_type="application/pdf")
    replace_draft_text(actor=SYSTEM, convention=convention, upload=upload, note="visa corrigé")

    frozen = freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau")

    paper = Paper.objects.get(convention=frozen, kind=PaperKind.TEXT.value)
    assert not paper.is_made_here
    assert bytes_of(paper.file) == upload.content
    assert paper.file.sha256 in frozen.text
    with pytest.raises(MissingValuesError, match="fichier du juriste"):
        convention_document(frozen, on=ON)


def of_an_older_model(epci: Epci, oisy: Commune) -> Convention:
    """Return a text that was frozen on another version of its model."""
    convention = drafted(epci, oisy)
    signatories(epci, oisy)
    frozen = freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau")
    Paper.objects.filter(convention=frozen).update(model_version="an older one")
    return frozen


def test_a_model_that_still_has_the_articles_that_were_voted_makes_them_again(epci: Epci, oisy: Commune) -> None:
    frozen = of_an_older_model(epci, oisy)

    assert convention_document(frozen, on=ON).title.startswith("CONVENTION")


def test_a_model_that_has_other_articles_than_those_voted_makes_nothing(epci: Epci, oisy: Commune) -> None:
    frozen = of_an_older_model(epci, oisy)
    frozen.text = frozen.text.replace("une demi-journée de 3h", "deux demi-journées de 3h")

    with pytest.raises(MissingValuesError, match="Le modèle a changé"):
        convention_document(frozen, on=ON)


def test_a_text_that_is_taken_back_gives_way_to_the_next_one(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy)
    signatories(epci, oisy)
    first = freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau")
    draft = amend_text(actor=SYSTEM, convention=first, reason="une erreur")

    freeze(actor=SYSTEM, convention=draft, version=draft.version, on=day("2025-01-20"), proof="bordereau")

    old, new = Paper.objects.filter(convention=convention).order_by("pk")
    assert new.replaces == old


def test_an_avenant_is_kept_as_the_councils_read_it(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    convention.epci.signatories.create(
        commune=oisy, title="Maire", first_name="Anne", last_name="Exemple", gender="f", starts=day("2026-03-21")
    )
    change = Change(article="5-1", name="denunciation_notice_months", new=3)
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="le préavis", changes=[change])

    frozen = freeze_avenant_text(actor=SYSTEM, avenant=avenant, on=day("2026-11-23"))

    paper = Paper.objects.get(avenant=frozen)
    assert (paper.kind, paper.file.name) == (PaperKind.AVENANT, "avenant-1-oisy-2026-11-23.pdf")
    assert "préavis de dénonciation" in frozen.text
    assert bytes_of(paper.file).startswith(b"%PDF")


def test_an_avenant_without_wording_is_not_frozen(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="médiation", changes=[Change(article="9")])

    with refusal("E_TEXT_INCOMPLETE", "text"):
        freeze_avenant_text(actor=SYSTEM, avenant=avenant, on=day("2026-11-23"))


def test_a_draft_whose_terms_are_not_those_of_its_text_is_not_frozen(epci: Epci, oisy: Commune) -> None:
    convention = drafted(epci, oisy, denunciation_notice_months=3)
    signatories(epci, oisy)

    with pytest.raises(ValidationError) as caught:
        freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau")

    [told] = caught.value.message_dict["text"]
    assert "(3 mois ; le texte dit 2 mois)" in told
    replace_draft_text(
        actor=SYSTEM,
        convention=convention,
        upload=Upload(name="texte.pdf", content=pdf(), media_type="application/pdf"),
        note="v2",
    )
    assert freeze(actor=SYSTEM, convention=convention, version=1, on=ON, proof="bordereau").frozen_on == ON
