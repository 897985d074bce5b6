"""The team of a service: posts that last, the mediators who hold them one after the other, and their means."""

from escale.apps.team.models.insurance import Insurance
from escale.apps.team.models.inventories import Fault, Inventory, InventoryLine, Loan, PieceFound, Stock
from escale.apps.team.models.kits import Kit, Piece
from escale.apps.team.models.people import Leave, LeaveKind, Mediator, Occupancy
from escale.apps.team.models.permanences import Permanence
from escale.apps.team.models.posts import Post, WeeklyTemplate
from escale.apps.team.models.rooms import MeetingRoom, RoomBooking
from escale.apps.team.models.skills import Habilitation, StructureHabilitation, Training

__all__ = [
    "Fault",
    "Habilitation",
    "Insurance",
    "Inventory",
    "InventoryLine",
    "Kit",
    "Leave",
    "LeaveKind",
    "Loan",
    "Mediator",
    "MeetingRoom",
    "Occupancy",
    "Permanence",
    "Piece",
    "PieceFound",
    "Post",
    "RoomBooking",
    "Stock",
    "StructureHabilitation",
    "Training",
    "WeeklyTemplate",
]
