"""Read the few words that a table of conventions uses: who agrees how, by which way a letter went, who denounced."""

from __future__ import annotations

from escale.apps.conventions.models import Gender, Party
from escale.apps.territory.names import normalised
from escale.core.convention.letters import Channel, Returned

GENDERS = {
    Gender.FEMININE: {"f", "feminin", "femme", "mme", "madame"},
    Gender.MASCULINE: {"m", "masculin", "homme", "monsieur"},
}
CHANNELS = {
    Channel.LRAR: {"lrar", "lr ar", "recommande", "lettre recommandee", "lettre recommandee avec accuse de reception"},
    Channel.LRE: {"lre", "lettre recommandee electronique", "recommande electronique"},
    Channel.HAND: {"main", "main propre", "remise", "remise en main propre", "remise contre recepisse"},
}
RETURNS = {
    Returned.UNCLAIMED: {"non reclame", "non reclamee", "jamais retire", "jamais retiree"},
    Returned.REFUSED: {"refuse", "refusee"},
}
PARTIES = {Party.COMMUNE: {"commune", "la commune", "mairie"}, Party.EPCI: {"epci", "l epci", "agglomeration"}}


def read_gender(text: str) -> Gender:
    """Read « F » or « M ». Raise ValueError, in French, when it is not said."""
    found = next((gender for gender, words in GENDERS.items() if normalised(text) in words), None)
    if found is None:
        raise ValueError("dire si l’accord se fait au féminin ou au masculin ; écrire F ou M")
    return found


def read_channel(text: str) -> Channel:
    """Read « LRAR », « LRE » or « remise en main propre ». Raise ValueError for anything else."""
    found = next((channel for channel, words in CHANNELS.items() if normalised(text) in words), None)
    if found is None:
        told = f"« {text} » ne prouve pas la notification" if text else "la voie manque"
        raise ValueError(f"{told} ; écrire LRAR, LRE ou « remise en main propre »")
    return found


def read_returned(text: str) -> Returned | None:
    """Read why a letter came back; None when nothing is written. Raise ValueError for other words."""
    if not text:
        return None
    found = next((returned for returned, words in RETURNS.items() if normalised(text) in words), None)
    if found is None:
        raise ValueError(f"« {text} » n’est pas un motif de retour ; écrire « non réclamé » ou « refusé », ou laisser vide")
    return found


def read_party(text: str) -> Party:
    """Read « commune » or « EPCI ». Raise ValueError for anything else."""
    found = next((party for party, words in PARTIES.items() if normalised(text) in words), None)
    if found is None:
        raise ValueError("dire qui a dénoncé ; écrire « commune » ou « EPCI »")
    return found


def read_yes(text: str) -> bool:
    """Read « oui » or « non »; what is not said is no. Raise ValueError for anything else."""
    if normalised(text) in {"oui", "o"}:
        return True
    if normalised(text) in {"non", "n", ""}:
        return False
    raise ValueError(f"« {text} » ne dit ni oui ni non ; écrire l’un ou l’autre")
