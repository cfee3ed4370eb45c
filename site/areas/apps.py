from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    name = "areas"
    verbose_name = _("地域")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401  (models are ready only now)
