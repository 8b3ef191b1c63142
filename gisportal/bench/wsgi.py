"""The portal with the bare views beside it, so that both run through the same handler and middleware."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
os.environ.setdefault("PROCESS", "web")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "gisportal.bench.urls"
application = get_wsgi_application()
