"""Static files under names that change with their content, the modules that a script imports included."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrites the imports of scripts too: a browser that keeps an old module never runs it with new ones."""

    support_js_module_import_aggregation = True
