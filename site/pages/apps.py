from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("ページ")

    def ready(self) -> None:
        # Models are loaded only now; a module-level import would be too early.
        from . import display_on_account
        from .signal_handlers import register_signal_handlers

        register_signal_handlers()
        display_on_account.connect()
