from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GisportalConfig(AppConfig):
    name = "gisportal"
    verbose_name = _("installation")

    def ready(self) -> None:
        """Django finds checks by their import."""
        from gisportal import checks  # noqa: F401
