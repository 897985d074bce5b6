"""An evaluation as a document: its three criteria, what the communes say, what it recommends, and how to read its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from escale.apps.evaluation.frozen import Answers, Frozen, Told
from escale.apps.evaluation.models import CRITERIA, Choice, Evaluation, Questionnaire, Recommendation, Rectification
from escale.apps.evaluation.questions import WORDS
from escale.core.calendar.french import date_words, month_words
from escale.core.documents.tree import Block, Bullets, Document, Group, Role, Row, Section, Table, line, paragraph, strong
from escale.core.evaluation.definitions import FAMILIES, Family, Kind
from escale.core.evaluation.funnel import Funnel, rates
from escale.core.evaluation.measures import State
from escale.core.evaluation.method import method_note
from escale.core.evaluation.policies import Policy
from escale.core.evaluation.proposals import sentence
from escale.core.evaluation.wording import NARROW, joined, number_words
from escale.web.pictures.funnel import funnel_plot
from escale.web.pictures.papers import figure_of
from escale.web.pictures.picture import Picture

NONE = "–"
LETTERS = {6: "six", 12: "douze"}
SECTIONS = {Family.FUNCTIONING: "fonctionnement", Family.NUMBER: "nombre", Family.EFFECTIVENESS: "efficacite"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An evaluation and all that stands around its figures."""

    evaluation: Evaluation
    frozen: Frozen
    questionnaires: Sequence[Questionnaire]
    recommendations: Sequence[Recommendation]
    rectifications: Sequence[Rectification]
    policy: Policy


def title_of(evaluation: Evaluation) -> str:
    """Return « Évaluation des six mois, Oisy »."""
    return f"Évaluation {evaluation.words}, {evaluation.place}"


def months_words(evaluation: Evaluation) -> str:
    """Return « mars 2026 à août 2026, les six mois depuis l’évaluation précédente »."""
    first, last, months = evaluation.first, evaluation.last, evaluation.months
    told = month_words(first) if first == last else f"{month_words(first)} à {month_words(last)}"
    if not evaluation.follows:
        return told
    counted = "le mois" if months == 1 else f"les {LETTERS.get(months, months)} mois"
    return f"{told}, {counted} depuis l’évaluation précédente"


def document_of(whole: Whole) -> Document:
    """Return an evaluation whose figures are frozen."""
    evaluation, frozen = whole.evaluation, whole.frozen
    validated = evaluation.validated_at
    counted = f"Mois comptés : {months_words(evaluation)}. Chiffres arrêtés au {date_words(frozen.until)}"
    return Document(
        title=title_of(evaluation),
        issuer=f"{evaluation.epci.service_name}, {evaluation.epci}",
        subtitle=f"Convention, article 6. {counted}",
        status="" if validated else "projet, pas encore validé",
        date=validated.date() if validated else frozen.until,
        blocks=tuple(_blocks(whole)),
    )


def funnel_of(frozen: Frozen) -> Funnel:
    """Return the communes side by side, as they were frozen."""
    return rates({one.code: (one.count, one.population / 1000) for one in frozen.stands})


def pictures_of(frozen: Frozen) -> list[Picture]:
    """Return the picture of the communes side by side, where there are enough of them to set."""
    if len(frozen.stands) < 2:
        return []
    return [
        funnel_plot(
            title="Les communes selon leur nombre d’habitants",
            funnel=funnel_of(frozen),
            rate="accompagnements pour 1 000 habitants",
        )
    ]


def _blocks(whole: Whole) -> Iterator[Block]:
    for one in whole.rectifications:
        yield paragraph(
            f"Rectificatif n° {one.order}, le {date_words(one.made_at.date())} : ", strong(one.reason), role=Role.LEAD
        )
    for family, name in zip(Family, CRITERIA, strict=True):
        blocks = tuple(_criterion(whole.frozen, family, getattr(whole.evaluation, name)))
        yield Section(id=SECTIONS[family], title=FAMILIES[family], blocks=blocks)
    yield Section(id="communes", title=_title_of_answers(whole), blocks=tuple(_answers(whole)))
    if whole.frozen.stands:
        yield Section(id="cote-a-cote", title="Les communes côte à côte", blocks=tuple(_side_by_side(whole.frozen)))
    if whole.recommendations:
        yield Section(id="recommandations", title="Ce que l’évaluation recommande", blocks=tuple(_recommended(whole)))
    if whole.rectifications:
        yield Section(id="rectificatifs", title="Ce qui a été rectifié", blocks=tuple(_rectified(whole)))
    yield Section(id="methode", title="Comment lire ces chiffres", blocks=tuple(_method(whole)))


def _criterion(frozen: Frozen, family: Family, text: str) -> Iterator[Block]:
    said = [words for words in text.splitlines() if words]
    for words in said:
        yield paragraph(words)
    told = [one for one in frozen.of_family(family) if one.is_known]
    # A synthesis that keeps a proposed sentence says its figure already.
    left = [one for one in told if sentence(one.definition, one.words) not in said]
    if left:
        yield Bullets(items=tuple(line(sentence(one.definition, one.words)) for one in left))
    more = [frozen.evolutions[one.code] for one in told if one.code in frozen.evolutions]
    for words in (words for words in more if not any(words in line_ for line_ in said)):
        yield paragraph(f"{words}.")
    if not said:
        for state, words in ((State.MASKED, "Trop peu de personnes pour le publier"), (State.MISSING, "Donnée absente")):
            if names := [one.definition.label for one in frozen.of_family(family) if one.state == state.value]:
                yield paragraph(strong(f"{words} : "), f"{joined(names)}.")


def _label(one: Told) -> str:
    return f"{one.definition.label} (art. {one.definition.article})"


def _title_of_answers(whole: Whole) -> str:
    return "Ce que disent les communes" if whole.evaluation.is_of_all else "Ce que dit la commune"


def _answers(whole: Whole) -> Iterator[Block]:
    answers = whole.frozen.answers
    yield paragraph(answered_words(answers))
    if not answers.answered:
        return
    said = [(WORDS[name], _counted(counts, answers.answered)) for name, counts in answers.counts.items() if counts]
    if said:
        yield Bullets(items=tuple(line(f"{question} {words}.") for question, words in said))
    for name in ("residents", "change"):
        if said := [getattr(row, name) for row in whole.questionnaires if getattr(row, name)]:
            yield paragraph(strong(WORDS[name]))
            yield Bullets(items=tuple(line(f"« {words} »") for words in said))


def _counted(counts: Mapping[str, int], answered: int) -> str:
    """Return « plutôt » for one commune, « oui, bien : 9 ; plutôt : 12 » for several."""
    given = [(Choice(value).label, counts[value]) for value in Choice.values if counts.get(value)]
    if answered == 1:
        return given[0][0].capitalize()
    return " ; ".join(f"{label} : {count}" for label, count in given).capitalize()


def answered_words(answers: Answers) -> str:
    """Return how many communes answered, of how many asked."""
    if not answers.asked:
        return "Aucune commune n’a été interrogée."
    if answers.asked == 1:
        return "La commune a répondu au questionnaire." if answers.answered else "La commune n’a pas répondu au questionnaire."
    one = answers.answered < 2
    return f"{answers.answered} commune{'' if one else 's'} {'a' if one else 'ont'} répondu, sur {answers.asked} interrogées."


def _side_by_side(frozen: Frozen) -> Iterator[Block]:
    yield paragraph(
        "Chaque commune est placée selon son nombre d’habitants, entre des limites qui disent ce que le hasard permet autour"
        " de la moyenne du territoire. Aucun rang n’en est tiré."
    )
    for picture in pictures_of(frozen):
        yield figure_of(picture)
    by_words: dict[str, list[str]] = {}
    for one in frozen.stands:
        by_words.setdefault(one.words, []).append(one.name)
    rows = tuple(
        Row(cells=(line(words[:1].upper() + words[1:]), line(len(names)), line(", ".join(names))))
        for words, names in by_words.items()
    )
    caption = f"{len(frozen.stands)} communes dont la convention vaut depuis le premier mois compté"
    yield Table(caption=caption, columns=("Ce que le hasard permet de dire", "Combien", "Communes"), groups=(Group(rows=rows),))


def _recommended(whole: Whole) -> Iterator[Block]:
    items = []
    for one in whole.recommendations:
        articles = joined(list(one.articles))
        places = joined([str(commune) for commune in one.communes.all()])
        items.append(line(f"{one.words} (article{'s' * (len(one.articles) > 1)} {articles} ; {places})"))
    yield Bullets(items=tuple(items), ordered=True)
    yield paragraph("Une modification de la convention se fait par avenant (articles 6 et 8).")


def _rectified(whole: Whole) -> Iterator[Block]:
    yield paragraph("Les chiffres validés restent ceux de ce document ; voici ce que les corrections y changent.")
    before = whole.frozen
    for one in whole.rectifications:
        now = Frozen.from_json(one.figures)
        changes = now.changed_since(before)
        yield paragraph(strong(f"Rectificatif n° {one.order} : "), one.reason)
        yield Bullets(items=tuple(line(f"{_label(new)} : avant, {old.words} ; maintenant, {new.words}.") for old, new in changes))
        before = now


def _method(whole: Whole) -> Iterator[Block]:
    frozen = whole.frozen
    rows = tuple(
        Row(cells=(line(f"{one.code} · {one.definition.label}"), line(_value(one)), line(_between(one)), line(_remark(one))))
        for one in frozen.measures
    )
    columns = ("Indicateur", "Valeur", f"Intervalle à 95{NARROW}%", "Remarque")
    yield Table(
        caption=f"Les {len(rows)} indicateurs, leur valeur et ce que le hasard permet",
        columns=columns,
        groups=(Group(rows=rows),),
    )
    for section in method_note(whole.policy, compares=True, has_context=True):
        yield paragraph(strong(section.title))
        yield Bullets(items=tuple(line(words) for words in section.paragraphs))
    seal = f"Empreinte des chiffres (SHA-256) : {whole.evaluation.sha256}. Méthode {frozen.method}."
    yield paragraph(seal)


def _value(one: Told) -> str:
    if one.value is None or one.definition.kind in (Kind.RATIO, Kind.DAYS) or one.code == "N4":
        return NONE
    return _number(one, one.value)


def _between(one: Told) -> str:
    if one.low is None or one.high is None:
        return NONE
    return f"{_number(one, one.low)} à {_number(one, one.high)}"


def _remark(one: Told) -> str:
    return one.words if _value(one) == NONE else ""


def _number(one: Told, value: float) -> str:
    if one.definition.kind is Kind.SHARE:
        if one.denominator is not None and one.numerator is not None and value == one.value:
            return f"{number_words(one.numerator)} sur {number_words(one.denominator)}"
        return f"{number_words(round(100 * value))}{NARROW}%"
    return number_words(round(value, 1))
