from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("利用者")

    def ready(self) -> None:
        from .account_wiring import wire_accounts
        from .resident_wiring import wire_residents

        wire_accounts()
        wire_residents()
