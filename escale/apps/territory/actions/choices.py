"""Write what an EPCI says of itself, and its choices among those of the catalogue."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction

from escale.apps.audit import events
from escale.apps.audit.actors import Actor, require
from escale.apps.territory import catalogue
from escale.apps.territory.catalogue import UnknownSettingError, parameter
from escale.apps.territory.models import Epci, Setting
from escale.apps.territory.queries import service_windows, value_of
from escale.apps.territory.saving import refuse, save_row


@transaction.atomic
def update_epci(*, actor: Actor, epci: Epci, name: str, service_name: str, time_zone: str) -> Epci:
    """Change how an EPCI and its service are called, and where its clock is."""
    require(actor, "territory.manage", epci)
    if time_zone not in available_timezones():
        raise refuse("time_zone", f"« {time_zone} » n’est pas un fuseau horaire ; écrire par exemple « Europe/Paris ».")
    values = {"name": name.strip(), "service_name": service_name.strip(), "time_zone": time_zone}
    return save_row(epci, values, event="territory.epci_changed", actor=actor, epci=epci.siren)


@transaction.atomic
def set_setting(*, actor: Actor, epci: Epci, key: str, value: str) -> Setting:
    """Make a choice. Raise ValidationError, under « key » or « value », when it is none or does not fit the others."""
    require(actor, "territory.manage", epci)
    Epci.objects.select_for_update().get(pk=epci.pk)
    try:
        choice = parameter(key)
        text = choice.write(choice.read(value))
    except UnknownSettingError as error:
        raise refuse("key", str(error)) from error
    except ValueError as error:
        raise refuse("value", str(error)) from error
    setting = Setting.objects.filter(epci=epci, key=key).first() or Setting(epci=epci, key=key)
    if setting.pk and setting.value == text:
        return setting
    before, setting.value = setting.value, text
    setting.full_clean()
    setting.save()
    _refuse_contradiction(epci)
    events.record("territory.setting_changed", actor=actor, epci=epci.siren, subject=setting, key=key, before=before, after=text)
    return setting


@transaction.atomic
def reset_setting(*, actor: Actor, epci: Epci, key: str) -> None:
    """Go back to the default of the catalogue."""
    require(actor, "territory.manage", epci)
    setting = Setting.objects.select_for_update().filter(epci=epci, key=key).first()
    if setting is None:
        return
    before, name = setting.value, str(setting.pk)
    setting.delete()
    _refuse_contradiction(epci)
    events.record("territory.setting_reset", actor=actor, epci=epci.siren, subject=name, key=key, before=before)


def _refuse_contradiction(epci: Epci) -> None:
    """Raise ValidationError when the choices, each right by itself, do not fit together."""
    try:
        service_windows(epci)
    except ValueError as error:
        raise ValidationError(
            {"value": f"{error} Les choisir d’abord dans le réglage {catalogue.ART4_CUSTOM_WINDOWS.key}."}
        ) from error
    if value_of(epci, catalogue.HALF_DAY_AM).ends > value_of(epci, catalogue.HALF_DAY_PM).starts:
        raise refuse("value", "Le matin finit après le début de l’après-midi ; avancer l’un ou retarder l’autre.")
    siret = value_of(epci, catalogue.EPCI_SIRET)
    if siret and not siret.startswith(epci.siren):
        raise refuse("value", f"Le SIRET de {epci} commence par son SIREN, {epci.siren} ; recopier celui de son siège.")
