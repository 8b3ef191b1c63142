from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LayersConfig(AppConfig):
    name = "layers"
    verbose_name = _("map layers")

    def ready(self) -> None:
        # Each app says what it publishes in its own layers.py, found here as admin.py is by the admin.
        autodiscover_modules("layers")
