"""What happens to the pieces of a kit: they are counted each week, fail, are lent and come back."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from escale.apps.team.models.kits import Kit, Piece
from escale.apps.team.models.rows import TeamQuerySet
from escale.apps.territory.dated import Dated
from escale.apps.territory.overlap import NoOverlap


class Stock(StrEnum):
    """How much ink or paper is left: enough for the week or not, one tap."""

    OK = "OK"
    LOW = "LOW"


class PieceFound(StrEnum):
    """What the weekly inventory says of a piece."""

    PRESENT = "PRESENT"
    MISSING = "MISSING"
    FAULTY = "FAULTY"


class LoanQuerySet(TeamQuerySet["Loan"]):
    """Loans, cut to an actor."""

    to_epci = "piece__epci"


class FaultQuerySet(TeamQuerySet["Fault"]):
    """Faults, cut to an actor."""

    to_epci = "piece__epci"


class Fault(models.Model):
    """A piece that does not work, until someone says that it is mended."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="faults", verbose_name="matériel")
    opened_on = models.DateField("signalée le")
    words = models.CharField("ce qui ne marche pas", max_length=200)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="signalée par"
    )
    mended_on = models.DateField("réparée le", null=True, blank=True)

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = "panne"
        ordering = ("-opened_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["piece"],
                condition=Q(mended_on__isnull=True),
                name="one_open_fault_of_a_piece",
                violation_error_message="Une panne de ce matériel est déjà signalée.",
            ),
            models.CheckConstraint(
                name="fault_is_told",
                condition=~Q(words="") & (Q(mended_on__isnull=True) | Q(mended_on__gte=F("opened_on"))),
                violation_error_message="Dire ce qui ne marche pas ; la réparation ne précède pas la panne.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece} : {self.words}"


class Loan(Dated):
    """A piece away from its kit, at a commune or a workshop, until it comes back (`ends`)."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="loans", verbose_name="matériel")
    borrower = models.CharField("prêté à", max_length=80)
    due_on = models.DateField("retour prévu le", null=True, blank=True)

    objects = LoanQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "prêt"
        ordering = ("-starts", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="loan_is_told",
                condition=Q(starts__isnull=False) & ~Q(borrower="") & (Q(due_on__isnull=True) | Q(due_on__gte=F("starts"))),
                violation_error_message="Dire à qui et depuis quand ; le retour ne précède pas le départ.",
            ),
            NoOverlap(
                fields=("piece",),
                name="one_loan_of_a_piece",
                violation_error_message="Ce matériel est déjà prêté à ces dates ; noter d’abord son retour.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece} : {self.borrower}"


class InventoryQuerySet(TeamQuerySet["Inventory"]):
    """Inventories, cut to an actor."""

    to_epci = "kit__epci"


class Inventory(models.Model):
    """A kit counted on a day: one a day, the last word of that day stands."""

    kit = models.ForeignKey(Kit, models.CASCADE, related_name="inventories", verbose_name="malle")
    made_on = models.DateField("compté le")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="compté par"
    )
    ink = models.CharField("encre", max_length=3, default=Stock.OK.value)
    paper = models.CharField("papier", max_length=3, default=Stock.OK.value)

    objects = InventoryQuerySet.as_manager()

    class Meta:
        verbose_name = "inventaire"
        ordering = ("-made_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kit", "made_on"],
                name="one_inventory_of_a_day",
                violation_error_message="La malle est déjà comptée ce jour-là ; corriger cet inventaire.",
            ),
            models.CheckConstraint(
                name="inventory_stocks",
                condition=Q(ink__in=[stock.value for stock in Stock], paper__in=[stock.value for stock in Stock]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kit}, {self.made_on}"


class InventoryLine(models.Model):
    """What an inventory says of one piece."""

    inventory = models.ForeignKey(Inventory, models.CASCADE, related_name="lines")
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="+", verbose_name="matériel")
    found = models.CharField("état", max_length=10)

    class Meta:
        verbose_name = "ligne d’inventaire"
        ordering = ("piece__number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["inventory", "piece"], name="one_line_of_a_piece"),
            models.CheckConstraint(name="inventory_found", condition=Q(found__in=[found.value for found in PieceFound])),
        ]

    def __str__(self) -> str:
        return f"{self.piece} : {self.found}"
