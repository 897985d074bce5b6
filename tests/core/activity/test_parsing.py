"""What a form or a telephone sends is read once for both; each refusal is told in French, beside its field."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from escale.core.activity.clocks import Clocks, with_our_times
from escale.core.activity.parsing import fields_of, parse_batch, parse_record
from escale.core.activity.records import Refused
from escale.core.activity.vocabulary import AgeBand, Mission, Place, Theme

KEY, VISIT = "8b8c6a5e-0d9c-4c11-9d0c-0a6a6c1f2a10", "7c1c6a5e-0d9c-4c11-9d0c-0a6a6c1f2a11"
AT_FOUR = "2027-01-05T16:00:00+01:00"


def given(**fields: Any) -> dict[str, Any]:
    return {"key": KEY, "visit": VISIT, "entered_at": AT_FOUR, "minutes": 15, "themes": ["email"], **fields}


def refused(**fields: Any) -> dict[str, str]:
    with pytest.raises(Refused) as refusal:
        parse_record(given(**fields))
    return refusal.value.reasons


def test_three_taps_make_a_record() -> None:
    record = parse_record(given(age="soixante_soixante_neuf"))

    assert (set(record.themes), record.minutes, record.age) == ({Theme.EMAIL}, 15, AgeBand.FROM_60)
    assert (set(record.missions), record.place, record.version) == ({Mission.QUALITY_OF_LIFE}, Place.USUAL, 1)


def test_a_record_says_the_same_once_it_was_written_and_read_again() -> None:
    people = {"total": 6, "known": 2, "ages": {"soixante_dix_plus": 4}, "genders": {"feminin": 3}, "statuses": {"retraite": 6}}
    record = parse_record(given(kind="collectif", people=people, level="debutant", took_pix=True, devices=["ordinateur"]))

    assert parse_record(dict(fields_of(record))) == record


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"themes": []}, "themes", "au moins un thème"),
        ({"themes": ["jardinage"]}, "themes", "pas dans la liste"),
        ({"themes": "email"}, "themes", "pas dans la liste"),
        ({"themes": [["email"]]}, "themes", "pas dans la liste"),
        ({"minutes": ""}, "minutes", "nombre"),
        ({"minutes": 0}, "minutes", "durée"),
        ({"minutes": 24 * 60}, "minutes", "durée"),
        ({"minutes": "²"}, "minutes", "chiffres"),
        ({"minutes": True}, "minutes", "chiffres"),
        ({"minutes": "9" * 40}, "minutes", ""),
        ({"key": "12"}, "key", "recharger"),
        ({"key": 12}, "key", "recharger"),
        ({"entered_at": "16:00"}, "entered_at", "recharger"),
        ({"entered_at": "2027-01-05T16:00:00"}, "entered_at", "recharger"),
        ({"entered_at": "0001-01-01T00:00:00+01:00"}, "entered_at", "recharger"),
        ({"visit": None}, "visit", "passage"),
        ({"commune": "59446"}, "visit", "passage"),
        ({"procedures": ["logement"]}, "procedures", "démarches administratives"),
        ({"posture": "fait_a_la_place"}, "mandate", "mandat"),
        ({"posture": "accompagne", "mandate": "papier"}, "mandate", "à la place"),
        ({"devices": ["aucun", "tablette"]}, "devices", "Pas de matériel"),
        ({"age": "vieux"}, "age", "pas dans la liste"),
        ({"age": []}, "age", "pas dans la liste"),
        ({"is_solved": "peut-être"}, "is_solved", "oui ou par non"),
        ({"people": {"total": 3}}, "people", "une seule personne"),
        ({"people": "trois"}, "people", ""),
        ({"level": "debutant"}, "level", "atelier"),
        ({"mode": "telephone", "place": "domicile"}, "place", "à distance"),
        ({"version": 0}, "version", "version"),
        ({"kind": "collectif", "people": {"total": 2, "known": 3}}, "known", "déjà venues"),
        ({"kind": "collectif", "people": {"total": 2, "ages": {"soixante_dix_plus": 3}}}, "ages", "dépasse"),
        ({"kind": "collectif", "people": {"total": 2, "genders": {"feminin": -1}}}, "genders", "négatif"),
        ({"kind": "collectif", "people": {"total": 2, "statuses": {"riche": 1}}}, "statuses", "chaque ligne"),
        ({"kind": "collectif", "people": {"total": 0}}, "people", "nombre de personnes"),
        ({"kind": "collectif", "people": {"total": 4}, "age": "soixante_dix_plus"}, "age", "plusieurs personnes"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(fields: dict[str, Any], field: str, words: str) -> None:
    assert words in refused(**fields)[field]


def test_acting_for_the_person_under_a_mandate_is_taken() -> None:
    assert parse_record(given(posture="fait_a_la_place", mandate="aidants_connect")).mandate == "aidants_connect"


def test_a_procedure_is_taken_with_its_theme() -> None:
    record = parse_record(given(themes=["aide_aux_demarches_administratives"], procedures=["logement"]))

    assert record.procedures == {"logement"}


def test_the_support_of_a_commune_needs_no_theme() -> None:
    assert parse_record(given(kind="appui", themes=[], public="agents_communaux")).missions == {"M3", "M4"}


@pytest.mark.parametrize("nonsense", [None, [], "fiche", 3, {"key": KEY}, {"key": KEY, "sent_at": AT_FOUR, "items": "rien"}])
def test_a_batch_that_is_none_is_refused(nonsense: object) -> None:
    with pytest.raises(Refused):
        parse_batch(nonsense)


def test_what_is_wrong_in_one_item_refuses_that_item_alone() -> None:
    items = [{"sort": "record", **given()}, {"sort": "record", **given(minutes=0)}, {"sort": "?", "key": "x"}, None]

    batch = parse_batch({"key": KEY, "sent_at": AT_FOUR, "items": items})

    assert [item.entry is not None for item in batch.items] == [True, False, False, False]
    assert "durée" in batch.items[1].reasons["minutes"]


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_that_is_two_hours_wrong_does_no_harm(hours: int) -> None:
    wrong = dt.timedelta(hours=hours)
    four = dt.datetime.fromisoformat(AT_FOUR)
    sent = dt.datetime(2027, 1, 5, 18, 0, tzinfo=four.tzinfo)
    record = parse_record(given(entered_at=(four + wrong).isoformat(), asked_at=(four + wrong).isoformat()))

    ours = with_our_times(record, Clocks(device=sent + wrong, server=sent))

    assert (ours.entered_at, ours.asked_at) == (four, four)


def test_a_message_on_its_way_is_no_fault_of_the_clock() -> None:
    sent = dt.datetime.fromisoformat("2027-01-05T18:00:00+01:00")

    assert Clocks(device=sent, server=sent + dt.timedelta(seconds=40)).offset == dt.timedelta()


def test_nothing_was_written_later_than_now() -> None:
    now = dt.datetime.fromisoformat(AT_FOUR)

    assert Clocks(device=now, server=now).put_right(now + dt.timedelta(days=1)) == now
