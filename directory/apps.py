from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("地域資源")

    def ready(self) -> None:
        from wagtail.signals import published

        from . import (
            admin_chooser_values,
            daily_jobs,
            freshness_tasks,
            group_section,
            permissions,
            permissions_freshness,
            personal_data,
            personal_sections,
            personal_wishes,
            review_mail,
            review_scope,
            reviewed_register,
            search_vocabulary,
            signal_handlers,
        )
        from .services.publishing import on_published

        permissions.register_policies()
        permissions_freshness.register()
        personal_data.register()
        personal_sections.register()
        personal_wishes.register()
        admin_chooser_values.connect()
        reviewed_register.register()
        review_mail.connect()
        review_scope.connect()
        published.connect(on_published, dispatch_uid="directory-dates-on-published")
        search_vocabulary.register()
        signal_handlers.connect()
        daily_jobs.register()
        group_section.register()
        freshness_tasks.connect()
