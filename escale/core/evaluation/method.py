"""The method note that closes every report and evaluation, in French: what figures mean, and why some are not there."""

from __future__ import annotations

from dataclasses import dataclass

from escale.core.evaluation.definitions import DEFINITIONS, FAMILIES, ILLECTRONISM_PERCENT, METHOD, Definition
from escale.core.evaluation.policies import Policy
from escale.core.evaluation.wording import MASKED_WORDS, NARROW, SMALLEST_SHARE, number_words

MISSING_ANSWERS = "Le nombre de réponses qui manquent est toujours donné : il ne dit rien de personne."
TITLE = f"Note de méthode (version {METHOD})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def method_note(policy: Policy, *, compares: bool = False, has_context: bool = False) -> tuple[Section, ...]:
    """Return the sections of the note for the readers of a policy.

    `compares` adds what is said of communes side by side, `has_context` what is said of the figure of the recitals (E6).
    """
    sections = [COUNTING, LATE, _masking(policy), UNCERTAINTY, KEPT_WORD]
    sections += [COMPARING] if compares else []
    sections += [CONTEXT] if has_context else []
    return tuple(sections)


def definition_words(definition: Definition) -> str:
    """Return one line of the catalogue: « F1 · Demi-journées proposées : … rapporté à … (art. 4). »."""
    whole = "" if definition.denominator == "sans" else f" ; rapporté à : {definition.denominator}"
    return f"{definition.code} · {definition.label} (art. {definition.article}) : {definition.numerator}{whole}."


def catalogue() -> tuple[Section, ...]:
    """Return every definition, one section for each criterion of art. 6."""
    return tuple(
        Section(
            title=title,
            paragraphs=tuple(definition_words(definition) for definition in DEFINITIONS if definition.family is family),
        )
        for family, title in FAMILIES.items()
    )


COUNTING = Section(
    title="Ce qui est compté",
    paragraphs=(
        (
            "Un accompagnement est une participation d’une personne à une activité : un rendez-vous compte un"
            " accompagnement, un atelier de six personnes en compte six. C’est la définition de La Coop de la médiation"
            " numérique. Une même personne venue trois fois compte trois accompagnements."
        ),
        (
            "Chaque accompagnement est compté au jour de la séance et dans la commune où elle a eu lieu. Les personnes qui"
            " n’ont pas répondu à une question sont comptées à part, et leur nombre est donné avec chaque tableau."
        ),
        "Un accompagnement peut porter sur plusieurs thèmes : la somme des thèmes dépasse le nombre d’accompagnements.",
    ),
)
LATE = Section(
    title="Chiffres arrêtés, chiffres corrigés",
    paragraphs=(
        (
            "Les chiffres sont arrêtés à la date que porte le document, et ne changent plus. Ce qui est noté ou corrigé"
            " après entre dans le chiffre de l’année ; une erreur donne lieu à un rectificatif numéroté."
        ),
    ),
)
UNCERTAINTY = Section(
    title="Ce que le hasard permet",
    paragraphs=(
        (
            "De petits nombres varient beaucoup d’une période à l’autre sans que rien n’ait changé. Chaque part est donnée"
            f" avec son intervalle à 95{NARROW}% (méthode de Wilson), chaque nombre et chaque taux avec le sien (loi de"
            f" Poisson, méthode de Garwood). Sous {SMALLEST_SHARE} réponses, aucune part n’est donnée : 3 sur 4 peut venir"
            f" de 30 comme de 95{NARROW}% des personnes."
        ),
        (
            "Quand l’intervalle d’une évolution contient zéro, rien n’est dit de cette évolution. Sans groupe de"
            " comparaison, une évolution observée ne dit pas sa cause."
        ),
    ),
)
KEPT_WORD = Section(
    title="Ce qui est dû, ce qui ne l’est pas",
    paragraphs=(
        (
            "Une demi-journée à laquelle les deux parties ont renoncé n’est pas due. Une demi-journée proposée, puis"
            " refusée ou annulée par la commune, a été proposée : elle n’est pas comptée contre l’intercommunalité. Un"
            " rattrapage accepté n’est compté contre aucune des deux parties."
        ),
    ),
)
COMPARING = Section(
    title="Communes côte à côte",
    paragraphs=(
        (
            "Les communes ne sont pas classées. Chacune est placée selon sa taille entre des limites qui disent ce que le"
            f" hasard permet autour de la moyenne du territoire (graphique en entonnoir, limites à 95 et 99,8{NARROW}%,"
            " Spiegelhalter 2005). Entre les limites, il n’y a rien d’anormal, vu le petit nombre."
        ),
    ),
)
CONTEXT = Section(
    title="Les 17,5 % de la convention",
    paragraphs=(
        (
            f"La convention cite {number_words(ILLECTRONISM_PERCENT)}{NARROW}% de personnes touchées par l’illectronisme,"
            " sans l’année, la source ni la population. Ce chiffre sert à donner un ordre de grandeur, jamais à mesurer un"
            f" résultat : pour voir une baisse d’un point, il faudrait interroger environ {number_words(22149)} personnes,"
            " deux fois."
        ),
        "Sans la population de 15 ans et plus, et de 60 ans et plus, les indicateurs E6 et E7 disent « donnée absente ».",
    ),
)


def _masking(policy: Policy) -> Section:
    told = (
        "Le nombre d’accompagnements est donné exactement."
        if policy.activity is None
        else f"Un nombre d’accompagnements de 1 à {policy.activity - 1} n’est pas publié."
    )
    return Section(
        title="Ce qui n’est pas publié",
        paragraphs=(
            (
                f"{told} Ce qui décrit des personnes (âge, genre, situation, thème, autonomie…) n’est pas publié de 1 à"
                f" {policy.attribute - 1} personnes : la mention est « {MASKED_WORDS} »."
                f"{f' {MISSING_ANSWERS}' if policy.activity is None else ''}"
            ),
            (
                "D’autres chiffres sont retirés pour qu’aucun calcul sur les totaux, les trimestres, les documents déjà"
                " parus ou ceux du territoire ne retrouve ceux-là. La mention est la même : elle ne dit pas pourquoi. Dans"
                " la page, le PDF, le tableur et les images, ce sont les mêmes."
            ),
        ),
    )
