from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    name = "background"
    verbose_name = _("裏の仕事")

    def ready(self) -> None:
        from . import checks, pruning
        from .daily import register_daily_job

        register_daily_job("old-results", pruning.erase_old_results)
        checks.register_checks()
