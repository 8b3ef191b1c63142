"""The door for web servers: granian, gunicorn or any other that speaks WSGI."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
os.environ.setdefault("PROCESS", "web")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
