"""The tools of a workshop (art. 3-2): « proposer des animations avec des outils libres et gratuits », read as both at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool that is free of charge and libre: what it does, and the licence that says so."""

    code: str
    name: str
    use: str
    licence: str


TOOLS: dict[str, Tool] = {
    code: Tool(code=code, name=name, use=use, licence=licence)
    for code, name, use, licence in (
        ("firefox", "Firefox", "naviguer", "MPL 2.0"),
        ("thunderbird", "Thunderbird", "courriels", "MPL 2.0"),
        ("libreoffice", "LibreOffice", "textes, tableaux, diaporamas", "MPL 2.0"),
        ("onlyoffice", "OnlyOffice", "textes et tableaux à plusieurs", "AGPL 3.0"),
        ("nextcloud", "Nextcloud", "fichiers et agendas partagés", "AGPL 3.0"),
        ("framasoft", "Services Framasoft", "notes, sondages, dates à plusieurs", "licences libres"),
        ("jitsi", "Jitsi Meet", "visioconférence", "Apache 2.0"),
        ("bigbluebutton", "BigBlueButton", "classe à distance", "LGPL 3.0"),
        ("grist", "Grist", "tableaux à plusieurs", "Apache 2.0"),
        ("keepassxc", "KeePassXC", "mots de passe", "GPL 3.0"),
        ("ublock", "uBlock Origin", "bloquer les publicités", "GPL 3.0"),
        ("signal", "Signal", "messages", "AGPL 3.0"),
        ("openstreetmap", "OpenStreetMap", "cartes et trajets", "ODbL"),
        ("wikipedia", "Wikipédia et Vikidia", "s’informer", "CC BY-SA"),
        ("vlc", "VLC", "musique et films", "GPL 2.0"),
        ("gimp", "GIMP", "retoucher des images", "GPL 3.0"),
        ("inkscape", "Inkscape", "dessiner", "GPL 3.0"),
        ("digikam", "digiKam", "ranger ses photos", "GPL 2.0"),
        ("audacity", "Audacity", "son", "GPL 3.0"),
        ("kdenlive", "Kdenlive", "montage vidéo", "GPL 3.0"),
        ("peertube", "PeerTube", "regarder et publier des vidéos", "AGPL 3.0"),
        ("scratch", "Scratch", "premiers programmes", "BSD"),
        ("gcompris", "GCompris", "souris, clavier, jeux éducatifs", "AGPL 3.0"),
        ("linux", "Linux Mint, Ubuntu ou PrimTux", "redonner vie à un ordinateur", "GPL et autres"),
        ("7zip", "7-Zip", "archives", "LGPL 2.1"),
        ("pdfsam", "PDFsam Basic", "assembler des PDF", "AGPL 3.0"),
    )
}
"""The catalogue, in the order in which a screen shows it."""


def unknown_tools(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that the catalogue does not hold."""
    return tuple(code for code in codes if code not in TOOLS)


def tools_refusal(codes: Iterable[str], *, other: str, exception: str) -> str:
    """Return why the tools of a workshop cannot be kept, and what to do; empty when they can.

    What the catalogue does not hold is an exception to art. 3-2: it has a reason in words, or it is refused.
    """
    if unknown := unknown_tools(codes):
        return f"Le catalogue ne connaît pas : {', '.join(unknown)}."
    if other and not exception:
        return (
            "Cet outil n’est pas au catalogue des outils libres et gratuits (art. 3-2) : dire en quelques mots pourquoi "
            "il est utile malgré tout, ou en choisir un autre."
        )
    if exception and not other:
        return "Dire quel outil cette raison concerne, ou l’effacer."
    return ""
