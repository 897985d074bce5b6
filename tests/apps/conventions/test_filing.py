"""Papers are filed, checked, sent back, replaced; the journal says it, and each party sees what is its own."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from escale.apps.accounts.models import User
from escale.apps.audit.actors import SYSTEM
from escale.apps.conventions import journal
from escale.apps.conventions.actions.amending import Change, draft_avenant
from escale.apps.conventions.actions.filing import (
    attach_letter,
    check_paper,
    file_paper,
    replace_draft_text,
    return_to_model_text,
    send_paper_back,
)
from escale.apps.conventions.kept import corrected_draft, frozen_text, standing_texts
from escale.apps.conventions.models import Avenant, Convention, Matter, Notification, Paper, PaperKind, Party
from escale.apps.documents.files import bytes_of
from escale.apps.documents.uploads import TEXTS, judge
from escale.apps.territory.models import Commune, Epci
from tests.apps.conventions.filed import filed
from tests.apps.conventions.paper import day, drafted, frozen, in_force, refusal, signed
from tests.apps.documents.scans import docx, pdf, png

pytestmark = pytest.mark.usefixtures("_in_november")


def events(convention: Convention) -> list[str]:
    return list(convention.journal.order_by("number").values_list("event", flat=True))


def letter_of(convention: Convention, matter: Matter) -> Notification:
    facts = {"sender": "epci", "channel": "LRAR", "number": f"1A{matter}", "sent": day("2026-11-20")}
    return Notification.objects.create(convention=convention, matter=matter.value, **facts)


def test_a_paper_is_kept_with_its_bytes_and_told_in_the_journal(epci: Epci, oisy: Commune) -> None:
    convention = signed(epci, oisy)

    paper = filed(convention, words="original")

    assert bytes_of(paper.file) == pdf("original")
    last = convention.journal.order_by("-number").first()
    assert last is not None
    assert (last.event, last.details["sha256"], last.details["kind"]) == (
        "conventions.paper_filed",
        paper.file.sha256,
        "exemplaire_signe",
    )
    assert journal.first_broken_line(convention) is None


def test_what_a_referent_files_waits_until_it_is_checked(
    epci: Epci, oisy: Commune, referent_oisy: User, coordinator: User
) -> None:
    paper = filed(frozen(epci, oisy), PaperKind.DELIBERATION, actor=referent_oisy)
    assert paper.waits

    checked = check_paper(actor=coordinator, paper=paper)

    assert (checked.waits, checked.checked_on) == (False, day("2026-11-23"))
    with refusal("E_PAPER_JUDGED", "paper"):
        send_paper_back(actor=coordinator, paper=checked, why="illisible")


def test_what_the_coordination_files_is_checked_at_once(epci: Epci, oisy: Commune, coordinator: User) -> None:
    assert not filed(frozen(epci, oisy), PaperKind.DELIBERATION, actor=coordinator).waits


def test_a_paper_that_is_sent_back_says_why_and_counts_no_more(
    epci: Epci, oisy: Commune, referent_oisy: User, coordinator: User
) -> None:
    convention = frozen(epci, oisy)
    paper = filed(convention, PaperKind.DELIBERATION, actor=referent_oisy)
    with refusal("E_REASON_MISSING", "why"):
        send_paper_back(actor=coordinator, paper=paper, why="  ")

    send_paper_back(actor=coordinator, paper=paper, why="La page 2 manque.")

    assert not Paper.objects.current().exists()
    assert Paper.objects.visible_to(referent_oisy).get().sent_back_why == "La page 2 manque."
    assert events(convention)[-1] == "conventions.paper_sent_back"


def test_a_referent_checks_nothing_and_files_for_another_commune_nothing(
    epci: Epci, oisy: Commune, referent_oisy: User, referent_bousignies: User
) -> None:
    convention = frozen(epci, oisy)
    paper = filed(convention, PaperKind.DELIBERATION, actor=referent_oisy)

    with pytest.raises(PermissionDenied):
        check_paper(actor=referent_oisy, paper=paper)
    with pytest.raises(PermissionDenied):
        filed(convention, PaperKind.DELIBERATION, actor=referent_bousignies)
    with pytest.raises(PermissionDenied):
        filed(convention, PaperKind.DELIBERATION, actor=referent_oisy, filed_for=Party.EPCI)


def test_a_referent_files_nothing_before_the_text_arrives_and_no_letter_of_the_epci(
    epci: Epci, oisy: Commune, bousignies: Commune, referent_oisy: User, referent_bousignies: User
) -> None:
    with refusal("E_PAPER_KIND", "kind"):
        filed(drafted(epci, oisy), PaperKind.DELIBERATION, actor=referent_oisy)
    with refusal("E_PAPER_KIND", "kind"):
        filed(frozen(epci, bousignies), PaperKind.JUDGMENT, actor=referent_bousignies)


def test_an_action_believes_no_media_type(epci: Epci, oisy: Commune) -> None:
    convention = frozen(epci, oisy)
    facts = {"kind": PaperKind.SIGNED, "filed_for": Party.COMMUNE, "media_type": "application/pdf"}

    with refusal("E_FILE_KIND", "file"):
        file_paper(actor=SYSTEM, convention=convention, content=b"<script>", name="a.pdf", **facts)  # type: ignore[arg-type]
    photo = file_paper(actor=SYSTEM, convention=convention, content=png(), name="a.png", **facts)  # type: ignore[arg-type]

    assert photo.file.media_type == "image/png"


def test_an_old_day_asks_for_a_note_and_a_day_to_come_is_refused(epci: Epci, oisy: Commune) -> None:
    convention = frozen(epci, oisy)

    with refusal("E_PROOF_MISSING", "note"):
        filed(convention, filed_on=day("2026-01-05"))
    with refusal("E_FUTURE", "filed_on"):
        filed(convention, filed_on=day("2026-12-01"))
    assert filed(convention, filed_on=day("2026-01-05"), note="cachet de la mairie").filed_on == day("2026-01-05")


def test_a_paper_replaces_one_of_its_kind_once(epci: Epci, oisy: Commune, bousignies: Commune) -> None:
    convention = signed(epci, oisy)
    first = filed(convention, words="1")
    second = filed(convention, words="2", replaces=first)

    assert list(Paper.objects.current()) == [second]
    with refusal("E_REPLACES", "replaces"):
        filed(convention, words="3", replaces=first)
    with refusal("E_REPLACES", "replaces"):
        filed(convention, PaperKind.DELIBERATION, words="4", replaces=second)
    with refusal("E_OTHER_CONVENTION", "replaces"):
        filed(drafted(epci, bousignies), words="5", replaces=second)


def test_the_file_of_the_lawyer_stands_for_the_text_until_it_is_taken_back(
    epci: Epci, oisy: Commune, lawyer: User, referent_oisy: User
) -> None:
    convention = drafted(epci, oisy)
    first = judge("un.docx", docx("Un."), kinds=TEXTS)
    replace_draft_text(actor=lawyer, convention=convention, upload=first, note="article 9")
    upload = judge("deux.docx", docx("Deux."), kinds=TEXTS)

    second = replace_draft_text(actor=lawyer, convention=convention, upload=upload, note="article 9 encore")

    assert corrected_draft(convention) == second
    assert second.replaces is not None
    assert events(convention)[-1] == "conventions.draft_text_replaced"
    assert not Paper.objects.visible_to(referent_oisy).exists()

    return_to_model_text(actor=lawyer, convention=convention, why="retour au texte voté")

    assert corrected_draft(convention) is None
    with refusal("E_NO_PAPER", "convention"):
        return_to_model_text(actor=lawyer, convention=convention, why="encore")


def test_a_frozen_text_is_not_replaced(epci: Epci, oisy: Commune, lawyer: User) -> None:
    upload = judge("un.docx", docx("Un."), kinds=TEXTS)

    with refusal("E_NOT_A_DRAFT", "file"):
        replace_draft_text(actor=lawyer, convention=frozen(epci, oisy), upload=upload, note="trop tard")


def test_a_commune_reads_a_letter_once_it_was_sent(epci: Epci, oisy: Commune, referent_oisy: User, lawyer: User) -> None:
    convention = in_force(epci, oisy)
    prepared = filed(convention, PaperKind.FORMAL_NOTICE, filed_for=Party.EPCI)
    assert not Paper.objects.visible_to(referent_oisy).exists()
    with refusal("E_PAPER_KIND", "notification"):
        attach_letter(actor=lawyer, paper=prepared, notification=letter_of(convention, Matter.DENUNCIATION))

    attach_letter(actor=lawyer, paper=prepared, notification=letter_of(convention, Matter.FORMAL_NOTICE))

    assert Paper.objects.visible_to(referent_oisy).get() == prepared
    assert events(convention)[-1] == "conventions.letter_attached"


def test_the_file_that_is_a_text_is_found_by_its_convention(epci: Epci, oisy: Commune, bousignies: Commune, lawyer: User) -> None:
    convention, draft = frozen(epci, oisy), drafted(epci, bousignies)
    old = filed(convention, PaperKind.TEXT, filed_for=Party.EPCI, words="ancien")
    text = filed(convention, PaperKind.TEXT, filed_for=Party.EPCI, words="nouveau", replaces=old)
    upload = judge("un.docx", docx("Un."), kinds=TEXTS)
    corrected = replace_draft_text(actor=lawyer, convention=draft, upload=upload, note="article 9")

    assert standing_texts([convention, draft]) == {convention.pk: text, draft.pk: corrected}
    assert (frozen_text(convention), frozen_text(draft)) == (text, None)


def test_a_list_of_papers_does_not_read_their_bytes(epci: Epci, oisy: Commune) -> None:
    filed(signed(epci, oisy))

    paper = Paper.objects.with_files().get()

    assert "content" in paper.file.content.get_deferred_fields()


def test_nothing_is_filed_once_the_file_is_archived(epci: Epci, oisy: Commune) -> None:
    convention = in_force(epci, oisy)
    Convention.objects.filter(pk=convention.pk).update(archived_on=dt.date(2026, 11, 1))

    with refusal("E_ARCHIVED", "convention"):
        filed(convention)


def test_the_desk_reads_what_is_in_force_and_neither_drafts_nor_letters(epci: Epci, oisy: Commune, desk_oisy: User) -> None:
    convention = in_force(epci, oisy)
    text = filed(convention, PaperKind.TEXT, filed_for=Party.EPCI, words="texte", note="extrait du registre")
    copy = filed(convention, PaperKind.SIGNED, words="signé")
    change = Change(article="5-1", name="max_renewals", new=2)
    avenant = draft_avenant(actor=SYSTEM, convention=convention, purpose="Deux reconductions", changes=[change])
    hidden = [
        filed(convention, PaperKind.AVENANT, filed_for=Party.EPCI, avenant=avenant, words="avenant"),
        filed(convention, PaperKind.SIGNED, words="retrait", note="retrait de la dénonciation"),
        filed(convention, PaperKind.DENUNCIATION, filed_for=Party.EPCI, words="lettre"),
        filed(convention, PaperKind.DELIBERATION, words="acte"),
    ]

    assert set(Paper.objects.visible_to(desk_oisy)) == {text, copy}
    Avenant.objects.update(text="Un", text_sha256="0" * 64, frozen_on=day("2026-11-02"))
    Avenant.objects.update(notified_on=day("2026-11-16"), effect_on=day("2026-11-16"))
    assert set(Paper.objects.visible_to(desk_oisy)) == {text, copy, hidden[0]}


def test_the_desk_reads_nothing_before_the_effect_nor_of_another_commune(
    epci: Epci, oisy: Commune, bousignies: Commune, desk_oisy: User
) -> None:
    filed(frozen(epci, oisy), PaperKind.TEXT, filed_for=Party.EPCI)
    filed(in_force(epci, bousignies), PaperKind.TEXT, filed_for=Party.EPCI, words="voisine")

    assert not Paper.objects.visible_to(desk_oisy).exists()
