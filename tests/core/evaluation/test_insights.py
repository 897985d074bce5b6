"""The rules that feed the committee, each with numbers counted by hand: few say nothing, and nobody is ranked."""

from __future__ import annotations

import pytest

from escale.core.calendar.months import Month
from escale.core.evaluation.counts import Slots
from escale.core.evaluation.insights import TITLES, Bounds, Insight, Kind, MonthRoom, Room, Seen, insights, rule_of

FULL, FREE = Slots(open=2, booked=2), Slots(open=2, booked=0)
BOUNDS = Bounds()


def seen(name: str = "Oisy", **known: object) -> Seen:
    return Seen(**{"code": name, "name": name, "de": f"d’{name}", "at": f"à {name}", **known})  # type: ignore[arg-type]


def found(*communes: Seen, room: Room | None = None) -> dict[Kind, Insight]:
    return {one.kind: one for one in insights(communes, room, BOUNDS)}


def room(*months: tuple[int, int, int]) -> Room:
    rows = [MonthRoom(month=Month(2027, n), places=a, needs=b, unserved=c) for n, (a, b, c) in enumerate(months, start=1)]
    return Room(year=2027, months=tuple(rows), one_more_commune="Oui.", one_more_post="Aussi.")


def test_appointments_are_always_full_when_each_of_the_last_six_half_days_was() -> None:
    told = found(seen(slots=(FULL,) * 6 + (FREE,)), seen("Hordain", slots=(FULL, FULL, FREE, FULL, FULL, FULL)))[Kind.FULL]

    assert told.sentence == "Les créneaux de rendez-vous d’Oisy sont toujours pleins."
    assert [line.words for line in told.lines] == ["12 créneaux pris sur 12, aux 6 dernières demi-journées tenues"]
    assert told.clause is not None
    assert (told.clause.name, told.clause.new) == ("sessions_per_month", 2)


def test_five_half_days_say_nothing_and_one_without_a_slot_does_not_count() -> None:
    assert found(seen(slots=(FULL,) * 5), seen("Hordain", slots=(Slots(open=0, booked=0), *(FREE,) * 5))) == {}


def test_slots_are_always_free_when_nobody_took_one() -> None:
    told = found(seen(slots=(FREE,) * 6))[Kind.EMPTY]

    assert told.sentence == "Les créneaux de rendez-vous d’Oisy sont toujours libres."
    assert told.lines[0].words == "0 créneau pris sur 12, aux 6 dernières demi-journées tenues"
    assert told.articles_words == "art. 3-1 et 4"


def test_a_sentence_counts_many_communes_and_the_lines_name_them_in_their_order() -> None:
    names = ["Oisy", "Hordain", "Avesnes", "Hélesmes", "Escaudain", "Abscon"]
    told = found(*(seen(name, slots=(FULL,) * 6, sessions=1 + (name == "Abscon")) for name in names))[Kind.FULL]

    assert "de 6 communes" in told.sentence
    assert "dans ces 6 communes" in told.suggestion
    assert [line.name for line in told.lines] == names
    assert told.clause is None  # their conventions do not promise alike


def test_unmet_demand_is_told_from_three_requests_or_five_people_on() -> None:
    told = found(
        seen(requests=40, unserved=3, received=20, left=1),
        seen("Hordain", received=30, left=5),
        seen("Abscon", requests=40, unserved=2, received=30, left=4),
    )[Kind.DEMAND]

    assert told.sentence == "Il y a plus de demandes que de places à Oisy et à Hordain."
    assert told.line_of("Abscon") is None
    assert [line.words for line in told.lines] == [
        "3 demandes sans rendez-vous sur 40 et 1 personne repartie sans aide sur 20 venues sans rendez-vous",
        "5 personnes reparties sans aide sur 30 venues sans rendez-vous",
    ]
    assert told.whole.startswith("5 demandes sans rendez-vous sur 80 et 10 personnes")


def test_accompaniments_per_inhabitant_are_told_beyond_chance_only() -> None:
    few = seen(population=10_000, accompaniments=20)
    many = seen("Hordain", population=10_000, accompaniments=177)
    village = seen("Abscon", population=300, accompaniments=0)
    told = found(few, many, village)[Kind.EQUITY]

    # 197 for 20 300 inhabitants; Oisy is expected to have 97, the village 2.9: too few to be judged.
    assert told.whole == "9,7 accompagnements pour 1\u202f000 habitants et par an (entre 8,4 et 11,2), 197 en tout."
    assert [line.name for line in told.lines] == ["Oisy"]
    assert "2 pour 1\u202f000 habitants et par an (entre 1,2 et 3,1)" in told.lines[0].words
    assert told.details == ("Il y en a davantage, au-delà de ce que le hasard explique, dans 1 commune.",)


def test_where_nobody_has_fewer_more_is_told_without_calling_for_anything() -> None:
    villages = [seen(f"Village {n}", population=5_000, accompaniments=40) for n in range(9)]
    told = found(*villages, seen(population=1_000, accompaniments=40))[Kind.EQUITY]

    assert told.sentence == "Aucune commune n’a moins d’accompagnements par habitant, au-delà de ce que le hasard explique."
    assert (told.lines, told.suggestion) == ((), "")


def test_a_convention_of_six_months_is_judged_on_six_months() -> None:
    told = found(seen(population=10_000, accompaniments=50, months=6), seen("Hordain", population=10_000, accompaniments=100))

    assert told[Kind.EQUITY].sentence.startswith("Les accompagnements par habitant : rien d’anormal, vu le petit nombre")
    assert told[Kind.EQUITY].suggestion == ""


def test_the_road_is_told_for_each_accompaniment() -> None:
    told = found(seen(accompaniments=20, km=1_000.0), seen("Hordain", accompaniments=180, km=1_000.0))[Kind.TRAVEL]

    # 2 000 km for 200: 10 km, a quarter of an hour at 40 km/h; Garwood's interval of 200 is 173.2 to 229.7.
    assert "environ 10\u00a0km et 15 minutes de route par accompagnement (entre 8,7 et 11,5\u00a0km)" in told.whole
    assert [line.words for line in told.lines] == ["environ 1\u202f000\u00a0km pour 20 accompagnements, 50\u00a0km pour chacun"]


def test_under_a_hundred_accompaniments_nothing_is_compared() -> None:
    assert found(seen(population=5_000, accompaniments=9, km=90.0), seen("Hordain", population=900, accompaniments=90)) == {}


def test_the_months_ahead_tell_what_is_left_or_missing() -> None:
    left = found(room=room((56, 47, 0), (49, 47, 0)))
    short = found(room=room((56, 47, 0), (44, 47, 3)))[Kind.CAPACITY]

    assert left[Kind.CAPACITY].sentence == (
        "L’équipe peut encore donner 11 demi-journées en 2027, au moins 2 chaque mois (en février 2027)."
    )
    assert left[Kind.CAPACITY].details == (
        "Janvier 2027 : 56 possibles pour 47 dues, 9 restent",
        *left[Kind.CAPACITY].details[1:],
    )
    assert left[Kind.GROWTH].details == ("Une commune de plus : oui.", "Un poste de plus : aussi.")
    assert short.sentence == "3 demi-journées dues ne trouvent pas de place en février 2027."


@pytest.mark.parametrize("kind", Kind)
def test_each_rule_has_its_sentence_with_the_numbers_that_were_chosen(kind: Kind) -> None:
    told = TITLES[kind] + rule_of(kind, Bounds(half_days=8, wait_days=21, km_per_hour=35))

    assert not {"classement", "impact", "effet"} & set(told.lower().split())
    numbers = {Kind.FULL: "8", Kind.EMPTY: "8", Kind.DEMAND: "21", Kind.TRAVEL: "35"}
    assert numbers.get(kind, "") in told
