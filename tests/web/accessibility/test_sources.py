"""What the sources of the pages cannot show: each test here proves a whole criterion of the grid, or that none concerns us."""

from __future__ import annotations

import re
from pathlib import Path

import django_htmx
import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

WEB = Path(__file__).parents[3] / "escale" / "web"
TEMPLATES = WEB / "templates"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
LAYOUTS = "allauth/"
"""Names under which allauth looks for our entrance: nothing is shown by them alone."""


def sources(*suffixes: str) -> dict[str, str]:
    """Return what pages are made of: our templates, the program that writes tags, scripts and sheets, and htmx."""
    paths = [path for path in WEB.rglob("*") if path.suffix in suffixes]
    if ".js" in suffixes:
        paths.append(HTMX)
    return {path.name if path == HTMX else str(path.relative_to(WEB)): path.read_text(encoding="utf-8") for path in paths}


def which_hold(pattern: str, *suffixes: str) -> set[str]:
    """Return the sources in which something stands."""
    found = sources(*suffixes)
    assert len(found) > 5, "the sources moved"
    return {name for name, text in found.items() if re.search(pattern, text)}


def tags(*names: str) -> str:
    """Return the pattern of elements, written in a page or made by a script."""
    words = "|".join(names)
    return rf"(?i)<({words})\b|createElement\(\s*[\"'`]({words})\b"


def test_every_page_stands_on_one_root() -> None:
    roots = which_hold(r"<html|<!doctype", ".html")
    text = (TEMPLATES / "base.html").read_text(encoding="utf-8")

    assert roots == {"templates/base.html"}
    assert re.match(r"\{% load [\w ]+ %\}<!doctype html>\n<html lang=\"(\{% block lang %\})?fr\b", text)
    body = text.partition("<body")[2]
    assert body.index('<a class="skip" href="#contenu">') < body.index("<header") < body.index('<main id="contenu"')
    assert body.index('<main id="contenu"') < body.index("<footer")


def test_every_page_has_a_title() -> None:
    texts = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}
    parents = {name: found[1] for name, text in texts.items() if (found := re.search(r'{% extends "([^"]+)" %}', text))}
    # The layout of a journey is not a page: it only stands below others, some of which name it by a variable.
    on_others = {name for name, text in texts.items() if "{% extends" in text and Path(name).name != "base.html"}
    pages = {name for name in on_others - set(parents.values()) if not name.startswith(LAYOUTS)}

    def says_its_title(name: str) -> bool:
        # A block that only opens another one, which is empty, says nothing.
        said = re.search(r"{% block (page_|head_)?title %}\s*(?!{% (end)?block)\S", texts[name])
        return bool(said) or (name in parents and says_its_title(parents[name]))

    assert len(pages) > 100
    assert {name for name in pages if not says_its_title(name)} == set()


def test_no_page_holds_a_frame() -> None:
    assert which_hold(tags("iframe", "frame", "frameset", "portal"), ".html", ".py", ".js") == set()


def test_no_page_plays_a_sound_or_a_film() -> None:
    assert which_hold(tags("audio", "video", "track", "bgsound"), ".html", ".py", ".js") == set()
    assert which_hold(r"new Audio\b|AudioContext|speechSynthesis", ".html", ".js") == set()


def test_no_page_holds_an_embedded_program_or_a_moving_drawing() -> None:
    moving = tags("object", "embed", "applet", "canvas", "animate", "animateMotion", "animateTransform", "set")

    assert which_hold(moving, ".html", ".py", ".js", ".svg") == set()


def test_nobody_has_to_solve_a_puzzle() -> None:
    assert which_hold(r"(?i)captcha", ".html", ".py", ".js") == set()
    assert not [app for app in settings.INSTALLED_APPS if "captcha" in app]


def test_nothing_flashes() -> None:
    assert which_hold(tags("blink", "marquee"), ".html", ".py", ".js") == set()
    assert which_hold(r"@keyframes|animation(-name)?\s*:(?!\s*none)|\.gif\b|\.apng\b", ".css", ".html") == set()
    assert which_hold(r"requestAnimationFrame|\.animate\(", ".js") == set()


def test_no_page_opens_a_window() -> None:
    assert which_hold(r"window\.open|\btarget\s*=\s*[\"']_?(blank|new)|showModalDialog", ".html", ".py", ".js") == set()


def test_no_key_alone_commands_a_page() -> None:
    assert which_hold(r"keydown|keyup|keypress|accesskey|aria-keyshortcuts", ".html", ".py", ".js") == set()


def test_no_page_follows_the_movements_of_the_device() -> None:
    assert which_hold(r"(?i)devicemotion|deviceorientation|accelerometer|gyroscope", ".html", ".js") == set()


@pytest.mark.django_db
def test_no_page_asks_for_one_way_to_hold_the_screen() -> None:
    assert which_hold(r"orientation\s*:\s*(portrait|landscape)", ".css", ".html") == set()
    assert which_hold(r"orientation\.lock|lockOrientation", ".js", ".html") == set()
    assert "orientation" not in Client().get("/terrain/manifest.webmanifest").json()


def test_no_page_is_a_map_of_the_site() -> None:
    assert not [route for route in _routes(get_resolver()) if re.search(r"plan-du-site|sitemap", route)]


def _routes(resolver: URLResolver | URLPattern) -> list[str]:
    if isinstance(resolver, URLPattern):
        return [str(resolver.pattern)]
    return [f"{resolver.pattern}{route}" for one in resolver.url_patterns for route in _routes(one)]
