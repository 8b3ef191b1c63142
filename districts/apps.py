from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DistrictsConfig(AppConfig):
    name = "districts"
    verbose_name = _("districts and responsibilities")

    def ready(self) -> None:
        # Models are there only now, and so are the translated columns of theirs.
        from districts import audit

        audit.track()
