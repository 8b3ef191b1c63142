"""What the type checker loads: modeltranslation replaces managers at run time, which hides their types."""

from gisportal import settings
from gisportal.settings import *  # noqa: F403

_INSTEAD = {
    "modeltranslation": None,
    # Without finding each app's admin.py, whose classes want the translations.
    "django.contrib.admin": "django.contrib.admin.apps.SimpleAdminConfig",
}
INSTALLED_APPS = [app for name in settings.INSTALLED_APPS if (app := _INSTEAD.get(name, name)) is not None]
