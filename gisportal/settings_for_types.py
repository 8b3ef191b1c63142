"""What the type checker loads: modeltranslation replaces managers at run time, which hides their types."""

from gisportal import settings
from gisportal.settings import *  # noqa: F403

INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "modeltranslation"]
