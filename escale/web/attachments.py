"""Files as they leave: kept by the browser under their name, never shown or run inside the site."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from escale.apps.documents.files import bytes_of
from escale.apps.documents.models import StoredFile


def attached(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Return bytes under a name (RFC 6266), of the type that they were judged to be and no other."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        # Whatever the file is, a browser that opens it all the same runs nothing of it.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


def attached_file(file: StoredFile) -> HttpResponse:
    """Return a kept file, once its bytes are known to be those that were kept."""
    return attached(bytes_of(file), name=file.name, media_type=file.media_type)
