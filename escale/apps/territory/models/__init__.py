"""The territory of a service: EPCIs, their communes, and the places where people are received."""

from escale.apps.territory.models.calendar import SchoolHoliday, TerritoryClosure
from escale.apps.territory.models.communes import BassinDeVie, Commune, HandDistance, Membership
from escale.apps.territory.models.epcis import Epci, Setting
from escale.apps.territory.models.people import KeyHolder, Referent
from escale.apps.territory.models.premises import Closure, Coverage, Premises, Room
from escale.apps.territory.models.reaching import Mairie, Relay, RelayKind

__all__ = [
    "BassinDeVie",
    "Closure",
    "Commune",
    "Coverage",
    "Epci",
    "HandDistance",
    "KeyHolder",
    "Mairie",
    "Membership",
    "Premises",
    "Referent",
    "Relay",
    "RelayKind",
    "Room",
    "SchoolHoliday",
    "Setting",
    "TerritoryClosure",
]
