"""What the demonstration did to animate and coordinate the policy of the territory (art. 3-2), over two years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from escale.apps.accounts.models import User
from escale.apps.communication.actions import Coordinated, record_coordination
from escale.apps.communication.models import CoordinationAction
from escale.apps.territory.clock import today
from escale.apps.territory.models import Commune, Epci
from escale.config.demonstration.actor import ACTOR
from escale.core.activity.vocabulary import Mission

_M = Mission


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """An action: how many days ago, what, with whom besides, for which missions, and every which commune (0: all of them)."""

    ago: int
    what: str
    missions: tuple[Mission, ...]
    partners: str = ""
    every: int = 0


DONE = (
    Sketch(ago=9, what="réunion des référents des communes", missions=(_M.COLLABORATION, _M.TERRITORY)),
    Sketch(
        ago=38,
        what="atelier des secrétaires de mairie : les démarches en ligne des habitants",
        missions=(_M.MODERN_COMMUNES, _M.COLLABORATION),
        every=6,
    ),
    Sketch(
        ago=96,
        what="rencontre des aidants du territoire",
        partners="France services et médiathèques (démonstration)",
        missions=(_M.QUALITY_OF_LIFE, _M.TERRITORY),
    ),
    Sketch(ago=171, what="conférence « le numérique sans crainte »", missions=(_M.AWARENESS, _M.RESPONSIBLE_USE), every=9),
    Sketch(ago=236, what="guide du libre pour les mairies, envoyé aux communes", missions=(_M.RESPONSIBLE_USE,)),
    Sketch(ago=310, what="point d’étape de la stratégie numérique", missions=()),
    Sketch(ago=420, what="réunion de lancement avec les communes", missions=(_M.COLLABORATION, _M.TERRITORY)),
)


def coordinate(epci: Epci) -> None:
    """Note what the EPCI did, once."""
    if CoordinationAction.objects.filter(epci=epci).exists():
        return
    day = today(epci)
    actor = User.objects.filter(roles__kind="coordinator", roles__epci=epci).first() or ACTOR
    served = list(Commune.objects.served_in(epci, day, day).order_by("sort_key"))
    for one in DONE:
        named = served[:: one.every] if one.every else []
        told = Coordinated(
            what=one.what, partners=one.partners, day=day - dt.timedelta(days=one.ago), communes=named, missions=one.missions
        )
        record_coordination(actor=actor, epci=epci, told=told)
