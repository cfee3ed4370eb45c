from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "mailing"
    verbose_name = _("メール")

    def ready(self) -> None:
        from background.daily import register_daily_job
        from background.rounds import Round, register_round

        from . import keeping, sending

        register_round(Round("mail", sending.send_due, overdue=sending.overdue, release=sending.give_back))
        register_daily_job("old-mail", keeping.erase_old_mail)
