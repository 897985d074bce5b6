"""What the communes are asked before an evaluation (art. 6): six questions, by a link without an account."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from escale.apps.audit.scopes import Scope, ScopedQuerySet
from escale.apps.evaluation.models.campaigns import Evaluation
from escale.apps.evaluation.models.reports import new_key
from escale.apps.territory.models import Commune

MOST_OF_AN_ANSWER = 600


class Choice(models.TextChoices):
    """An answer to a question that has four; nobody has to answer them all."""

    WELL = "well", "oui, bien"
    MOSTLY = "mostly", "plutôt"
    POORLY = "poorly", "pas assez"
    UNKNOWN = "unknown", "je ne sais pas"


class QuestionnaireQuerySet(ScopedQuerySet["Questionnaire"]):
    """Questionnaires, cut to an actor."""

    sees = "evaluations.see"

    def within(self, scope: Scope) -> Self:
        """Return those of the EPCIs of the scope, and of its communes."""
        return self.filter(Q(evaluation__epci__siren__in=scope.epcis) | Q(commune__code__in=scope.communes))


class Questionnaire(models.Model):
    """Six questions to a commune, by a link without an account. Answers may be put right until the figures are frozen."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="questionnaires")
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="questionnaires")
    key = models.CharField("clé", max_length=40, unique=True, default=new_key)
    sent_at = models.DateTimeField("envoyé le")
    sent_to = models.PositiveSmallIntegerField("adresses", default=0)
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    dates = models.CharField("les dates prévues sont tenues", max_length=8, choices=Choice.choices, blank=True)
    premises = models.CharField("le lieu convient", max_length=8, choices=Choice.choices, blank=True)
    appointments = models.CharField("prendre les rendez-vous est simple", max_length=8, choices=Choice.choices, blank=True)
    residents = models.TextField("ce que disent les habitants", max_length=MOST_OF_AN_ANSWER, blank=True)
    change = models.TextField("ce qu’il faudrait changer", max_length=MOST_OF_AN_ANSWER, blank=True)
    overall = models.CharField("au total, le service convient", max_length=8, choices=Choice.choices, blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "questionnaire"
        ordering = ("commune__sort_key", "pk")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "commune"], name="one_questionnaire_of_a_commune"),
            *(
                models.CheckConstraint(
                    name=f"questionnaire_{name}_is_known", condition=Q(**{f"{name}__in": ["", *Choice.values]})
                )
                for name in ("dates", "premises", "appointments", "overall")
            ),
            models.CheckConstraint(
                name="questionnaire_says_something_once_answered",
                condition=(
                    Q(answered_at__isnull=True, dates="", premises="", appointments="", overall="", residents="", change="")
                )
                | (
                    Q(answered_at__isnull=False) & ~Q(dates="", premises="", appointments="", overall="", residents="", change="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} ({self.evaluation_id})"
