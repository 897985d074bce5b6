"""The entry point of a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "escale.config.settings")
application = get_wsgi_application()

# This imports every page: the first visitor does not wait for it.
resolve("/")
