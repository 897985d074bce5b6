"""The shell of the field on a device: its manifest, its service worker, the page of what waits there. None names anybody."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

MODULES = (
    "database",
    "day",
    "forms",
    "kept",
    "leaving",
    "owner",
    "page",
    "pages",
    "parts",
    "pill",
    "queue",
    "resending",
    "sending",
    "vault",
    "words",
)
SHEETS = ("theme", "work", "page", "parts", "fields", "field")
FILES = (
    *(f"escale/field/{name}.js" for name in MODULES),
    *(f"escale/{name}.css" for name in SHEETS),
    *(f"fonts/atkinson-{face}.woff2" for face in ("regular", "bold", "italic")),
    "escale/sign.svg",
)
"""What the pages of the field are drawn with."""
ICON_SIZES = (192, 512)
PAPER, BRICK = "#fbf8f3", "#a13a2a"


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Say how the pages of the field install on the first screen of a telephone."""
    icons = [
        {
            "src": static(f"escale/field/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in ICON_SIZES
    ]
    about = {
        "id": reverse("field:home"),
        "name": "Aide numérique, sur le terrain",
        "short_name": "Aide numérique",
        "lang": "fr",
        "start_url": reverse("field:home"),
        "scope": reverse("field:home"),
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": BRICK,
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Start the worker with the names of its files; another text is another version, which the browser then installs."""
    files = [static(name) for name in FILES]
    worker = static("escale/field/worker.js")
    shell = {
        "version": hashlib.sha256("\n".join([worker, *files]).encode()).hexdigest()[:16],
        "statics": settings.STATIC_URL,
        "files": files,
        "pages": [reverse("field:kept"), reverse("field:danger")],
        "fallback": reverse("field:kept"),
    }
    script = f"import {{ start }} from {json.dumps(worker)};\nstart({json.dumps(shell)});\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def show_kept(request: HttpRequest) -> HttpResponse:
    """Give the page on which a device shows what it keeps: it opens for whoever may no longer log in, too."""
    return render(request, "field/kept.html")
