from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("催し")

    def ready(self) -> None:
        from wagtail.signals import published

        from areas.signals import places_loaded

        from . import (
            board_personal,
            board_search,
            daily_jobs,
            deletion,
            event_search,
            event_signals,
            group_links,
            merging,
            page_sections,
            permissions,
            photo_uses,
            report_search,
            report_signals,
            reviewed,
            signup_wiring,
            work_items,
        )
        from .exporters import event_list
        from .presentations import load_presentations
        from .services.dates import on_published

        published.connect(on_published, dispatch_uid="events-dates-on-published")
        places_loaded.connect(load_presentations, dispatch_uid="events-presentations")
        permissions.register()
        photo_uses.register()
        reviewed.register()
        event_list.register()
        page_sections.register()
        report_signals.connect()
        report_search.register()
        signup_wiring.connect()
        daily_jobs.register()
        event_search.register()
        event_signals.connect()
        work_items.register()
        group_links.register()
        board_search.register()
        merging.register()
        deletion.register()
        board_personal.register()
