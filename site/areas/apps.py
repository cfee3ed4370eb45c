from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    name = "areas"
    verbose_name = _("地域")

    def ready(self) -> None:
        # Models can be imported only now.
        from wagtail.permissions import register_permission_policy

        from . import signal_handlers  # noqa: F401  (connects the receivers)
        from .models import Area, Town
        from .permissions import NeverDeleted

        for model in (Area, Town):
            register_permission_policy(model, NeverDeleted(model))
