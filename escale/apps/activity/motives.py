"""From why someone asked for an appointment to what the record of it is proposed to be about."""

from __future__ import annotations

from escale.core.activity.vocabulary import Procedure, Theme
from escale.core.booking.motives import Motive

PROPOSED: dict[Motive, tuple[Theme, Procedure | None]] = {
    Motive.PAPERS: (Theme.PROCEDURES, Procedure.PAPERS),
    Motive.TAXES: (Theme.PROCEDURES, Procedure.MONEY),
    Motive.RIGHTS: (Theme.PROCEDURES, Procedure.SOCIAL),
    Motive.CARE: (Theme.PROCEDURES, Procedure.SOCIAL),
    Motive.PENSION: (Theme.PROCEDURES, Procedure.WORK),
    Motive.WORK: (Theme.PROCEDURES, Procedure.WORK),
    Motive.SCHOOL: (Theme.PROCEDURES, Procedure.FAMILY),
    Motive.HOUSING: (Theme.PROCEDURES, Procedure.HOUSING),
    Motive.DEVICE: (Theme.DEVICE, None),
    Motive.INTERNET: (Theme.BROWSING, None),
    Motive.LEISURE: (Theme.PROCEDURES, Procedure.LEISURE),
    Motive.OTHER: (Theme.PROCEDURES, None),
}
"""Every motive, the theme and the procedure that it leads to; the mediator corrects it with one tap."""
