from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("催し")

    def ready(self) -> None:
        from wagtail.signals import published

        from . import daily_jobs
        from .services.dates import on_published

        published.connect(on_published, dispatch_uid="events-dates-on-published")
        daily_jobs.register()
