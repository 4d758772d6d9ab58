"""The application as a WSGI server starts it."""

import os

from django.core.wsgi import get_wsgi_application

from leercirkel.config import readiness
from leercirkel.operations import folders
from leercirkel.operations.connections import from_url
from leercirkel.operations.wsgi import Around

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leercirkel.config.settings")

_django = get_wsgi_application()
_database = from_url(os.environ["DATABASE_URL"])

application = Around(_django, ready=readiness.check(_database), database=_database, folder=folders.data_folder())
