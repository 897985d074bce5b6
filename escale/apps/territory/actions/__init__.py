"""The only writers of the territory."""

from escale.apps.territory.actions.ages import write_ages_of_commune, write_ages_of_epci
from escale.apps.territory.actions.bassins import add_bassin, change_bassin, remove_bassin
from escale.apps.territory.actions.choices import reset_setting, set_setting, update_epci
from escale.apps.territory.actions.communes import (
    end_membership,
    merge_commune,
    place_commune,
    rename_commune,
    start_membership,
)
from escale.apps.territory.actions.days import (
    add_school_holiday,
    change_school_holiday,
    change_territory_closure,
    close_territory,
    remove_school_holiday,
    reopen_territory,
    seed_school_holidays,
)
from escale.apps.territory.actions.importing import import_territory
from escale.apps.territory.actions.people import (
    end_referent,
    name_referent,
    remove_key_holder,
    set_key_holder,
)
from escale.apps.territory.actions.places import (
    add_premises,
    add_room,
    change_premises,
    change_room,
    close_premises,
    order_premises,
    order_rooms,
    reopen_premises,
    set_coverage,
)
from escale.apps.territory.actions.reaching import change_relay, record_mairie, record_relay, remove_relay
from escale.apps.territory.actions.roads import forget_distance, set_distance

__all__ = [
    "add_bassin",
    "add_premises",
    "add_room",
    "add_school_holiday",
    "change_bassin",
    "change_premises",
    "change_relay",
    "change_room",
    "change_school_holiday",
    "change_territory_closure",
    "close_premises",
    "close_territory",
    "end_membership",
    "end_referent",
    "forget_distance",
    "import_territory",
    "merge_commune",
    "name_referent",
    "order_premises",
    "order_rooms",
    "place_commune",
    "record_mairie",
    "record_relay",
    "remove_bassin",
    "remove_key_holder",
    "remove_relay",
    "remove_school_holiday",
    "rename_commune",
    "reopen_premises",
    "reopen_territory",
    "reset_setting",
    "seed_school_holidays",
    "set_coverage",
    "set_distance",
    "set_key_holder",
    "set_setting",
    "start_membership",
    "update_epci",
    "write_ages_of_commune",
    "write_ages_of_epci",
]
