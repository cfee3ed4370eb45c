"""Wiring of people into Wagtail's staff screens."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .resident_hooks import RegistrationTargetViewSet, report_menu_item, report_urls

register_snippet(RegistrationTargetViewSet)
hooks.register("register_admin_urls", report_urls)
hooks.register("register_admin_menu_item", report_menu_item)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/residents.css"))
