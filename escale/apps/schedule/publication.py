"""What a publication will do, in words and counts, before the one button: nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from escale.apps.schedule.drafts import posts_by_id
from escale.apps.schedule.intents import Intent, intent_of, last_publication, standings_on, visits_to_settle
from escale.apps.schedule.models import Plan, Standing
from escale.apps.territory.models import Closure, Commune, Premises
from escale.apps.visits.matching import Matching, Move
from escale.core.calendar.french import month_words, weekday_date_words
from escale.core.calendar.halfdays import HALF_WORDS, Half
from escale.core.calendar.months import Month
from escale.core.planning.agreed import changed_days, usual_words
from escale.core.planning.faults import Rule
from escale.core.planning.plan import Visit
from escale.core.planning.rules.legality import WORDS, broken_rules
from escale.core.planning.transition import Held
from escale.core.planning.unserved import unserved_of

UNKNOWN = "la commune ne participe pas à la tournée, ou personne n’occupe le poste, sur ces mois"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitNote:
    """A visit, and what is to be known of it."""

    name: str
    when: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCommune:
    """A commune that stays on its agreed day until its avenant is in force, and the months in which it does."""

    name: str
    agreed_words: str
    months: tuple[Month, ...]
    elsewhere: tuple[str, ...]

    @property
    def months_words(self) -> str:
        """« janvier 2027 », « de janvier 2027 à juin 2027 »."""
        first, last = month_words(self.months[0]), month_words(self.months[-1])
        return f"en {first}" if first == last else f"de {first} à {last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitMove:
    """A visit that changes its day, its half or its mediator."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPreview:
    """What publishing some months of a plan in this version will do. It is refused while something is `blocked`."""

    plan: Plan
    version: int
    last_seen: int
    months: tuple[Month, ...]
    communes: int
    created: int
    moved: tuple[VisitMove, ...]
    other_post: int
    cancelled: tuple[VisitMove, ...]
    kept: int
    avenants: tuple[str, ...]
    held: tuple[HeldCommune, ...]
    gave_way: tuple[VisitMove, ...]
    without_agreed_day: tuple[str, ...]
    expected: tuple[str, ...]
    unserved: tuple[VisitNote, ...]
    lost: tuple[VisitNote, ...]
    halls: tuple[VisitNote, ...]
    blocked: tuple[VisitNote, ...]

    @property
    def visits(self) -> int:
        """How many visits are promised in these months."""
        return self.created + len(self.moved) + self.other_post + self.kept

    @property
    def may_publish(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.blocked


def prepare_publication(plan: Plan, months: Sequence[Month]) -> PublicationPreview:
    """Return what publishing some months of a plan will do today. Raise ProblemError when the problem cannot be built."""
    intent = intent_of(plan, months)
    found = visits_to_settle(intent)
    standings = standings_on(plan.epci, months[0].first, months[-1].last)
    names = _names(intent, found)
    return PublicationPreview(
        plan=plan,
        version=plan.version,
        last_seen=last_publication(plan.epci),
        months=intent.months,
        communes=len(_promised_to(found)),
        created=len(found.created),
        moved=tuple(_move_words(move, names) for move in found.moved if move.is_seen),
        other_post=sum(not move.is_seen for move in found.moved),
        cancelled=tuple(
            VisitMove(name=str(visit.commune), before=_when(visit.date, visit.half), after="") for visit in found.cancelled
        ),
        kept=len(found.kept),
        avenants=tuple(day.words for day in changed_days(intent.problem, intent.whole)),
        held=_held_communes(intent, names),
        gave_way=tuple(
            VisitMove(name=names[a.commune], before=_when(a.date, a.half), after=_when(b.date, b.half))
            for a, b in intent.transition.gave_way
        ),
        without_agreed_day=tuple(names[code] for code in communes_to_annex(intent)),
        expected=tuple(commune.name for commune in intent.problem.communes if standings.get(commune.code) == {Standing.EXPECTED}),
        unserved=_unserved(intent),
        lost=tuple(
            VisitNote(
                name=names[visit.commune], when=_when(visit.date, visit.half), words="cette date est passée, et le mois est plein"
            )
            for visit in intent.transition.lost
        ),
        halls=tuple(_closed_halls(intent)),
        blocked=tuple(_blocked(intent, names)),
    )


def communes_to_annex(intent: Intent) -> tuple[str, ...]:
    """Return the codes of the communes that take part firmly, have visits, and never agreed to a day."""
    agreed = {code for days in intent.agreed.values() for code in days}
    standings = standings_on(intent.plan.epci, intent.months[0].first, intent.months[-1].last)
    return tuple(
        commune.code
        for commune in intent.problem.communes
        if commune.code not in agreed
        and commune.annex is None
        and commune.code in intent.whole.by_commune
        and Standing.FIRM in standings.get(commune.code, ())
    )


def blocked_words(intent: Intent) -> list[str]:
    """Return the visits that are no longer possible and why, as sentences."""
    found = [f"{item.name}, {item.when} : {item.words}" for item in _blocked(intent, _names(intent))]
    return found or [fault.message for fault in intent.faults]


def _promised_to(found: Matching) -> set[int]:
    """Return the keys of the communes that have a visit after the publication."""
    standing = {visit.commune_id for visit in found.kept} | {move.visit.commune_id for move in found.moved}
    return standing | {promise.commune for promise in found.created}


def _names(intent: Intent, found: Matching | None = None) -> dict[str, str]:
    """Return the names of all communes that are spoken of, also of those that are no longer planned."""
    names = {commune.code: commune.name for commune in intent.problem.communes}
    spoken = {visit.commune for visit in intent.whole.entries()} - names.keys()
    if spoken:
        names |= {commune.code: str(commune) for commune in Commune.objects.filter(code__in=spoken)}
    for move in found.moved if found else ():
        names[move.visit.commune.code] = str(move.visit.commune)
    return names


def _when(day: dt.date, half: str) -> str:
    return f"{weekday_date_words(day)} {HALF_WORDS[Half(half)]}"


def _move_words(move: Move, names: dict[str, str]) -> VisitMove:
    visit, promise = move.visit, move.promise
    return VisitMove(
        name=names[visit.commune.code],
        before=_when(visit.date, visit.half),
        after=_when(promise.date, promise.half),
    )


def _held_communes(intent: Intent, names: dict[str, str]) -> tuple[HeldCommune, ...]:
    held: defaultdict[str, list[Held]] = defaultdict(list)
    for item in intent.transition.held:
        if item.drafted.month in intent.months:
            held[item.drafted.commune].append(item)
    return tuple(
        HeldCommune(
            name=names[code],
            agreed_words=usual_words(items[0].agreed.nth, items[0].agreed.window),
            months=tuple(sorted(item.drafted.month for item in items)),
            elsewhere=tuple(_when(item.visit.date, item.visit.half) for item in items if not item.on_agreed_day),
        )
        for code, items in sorted(held.items(), key=lambda pair: names[pair[0]])
    )


def _unserved(intent: Intent) -> tuple[VisitNote, ...]:
    if intent.faults:
        return ()
    return tuple(
        VisitNote(name=visit.name, when=month_words(visit.month), words=visit.reason.words)
        for visit in unserved_of(intent.problem, intent.transition.plan)
        if visit.month in intent.months
    )


def _blocked(intent: Intent, names: dict[str, str]) -> Iterable[VisitNote]:
    """Yield the visits to come that break a rule today, each with its reasons and the post that it concerns."""
    if not intent.faults:
        return
    communes = {commune.code: commune for commune in intent.problem.communes}
    mediators = {mediator.id: mediator for mediator in intent.problem.mediators}
    posts = posts_by_id(intent.plan.epci)
    for visit in intent.transition.plan.entries():
        if visit.date < intent.today:
            continue
        commune, mediator = communes.get(visit.commune), mediators.get(visit.mediator)
        if commune is None or mediator is None:
            reasons = [UNKNOWN]
        else:
            broken = broken_rules(intent.problem, commune, mediator, visit.date, visit.half)
            reasons = [_not_chosen(visit) if rule is Rule.MONTH else WORDS[rule] for rule in broken]
        if reasons:
            words = f"{' ; '.join(reasons)} ({posts[visit.mediator]})"
            yield VisitNote(name=names[visit.commune], when=_when(visit.date, visit.half), words=words)


def _not_chosen(visit: Visit) -> str:
    return f"ce rattrapage se tient en {month_words(visit.month)} ; publier aussi ce mois"


def _closed_halls(intent: Intent) -> Iterable[VisitNote]:
    """Yield the visits whose preferred place is closed on their day, while another one of the commune is open."""
    first, last = intent.months[0].first, intent.months[-1].last
    codes = [commune.code for commune in intent.problem.communes]
    closures = list(Closure.objects.filter(premises__commune__code__in=codes).between(first, last))
    concerned = Commune.objects.filter(premises__in={closure.premises_id for closure in closures})
    places: defaultdict[str, list[Premises]] = defaultdict(list)
    for place in Premises.objects.filter(commune__in=concerned).select_related("commune").order_by("rank"):
        places[place.commune.code].append(place)
    for visit in intent.promised.entries():
        standing = [place for place in places.get(visit.commune, ()) if place.holds_on(visit.date)]
        shut = {closure.premises_id for closure in closures if closure.holds_on(visit.date)}
        if visit.date >= intent.today and standing and standing[0].pk in shut:
            words = f"{standing[0].name} : fermé ce jour-là, prévoir une autre salle"
            yield VisitNote(name=str(standing[0].commune), when=_when(visit.date, visit.half), words=words)
