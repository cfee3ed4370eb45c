"""What stands around every page: the site's name, the menus, the emergency banner, the display settings.

Everything is read when a template asks for it, so a page without a frame costs no query.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property
from wagtail.models import Site

from areas.models import Area, MunicipalityProfile

from .display import Display, display_of
from .menus import FOOTER_MENU, MAIN_MENU, MenuItem, current_item, menu
from .models import SiteSettings

CACHE_SECONDS = 60


class Frame:
    """One request's frame. A view that shows another municipality's page sets `request.municipality` first."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def display(self) -> Display:
        return display_of(self.request)

    @cached_property
    def profile(self) -> MunicipalityProfile:
        """What the municipality calls things; an unsaved one with the defaults where none is loaded."""
        municipality: Area | None = getattr(self.request, "municipality", None)
        return profile_for(municipality.code if municipality else settings.HOME_MUNICIPALITY_CODE)

    @cached_property
    def site_settings(self) -> SiteSettings:
        """What editors set; an unsaved row with the defaults where they have set nothing."""
        site_id = site_id_for(self.request)
        return settings_for(site_id) if site_id else SiteSettings()

    @cached_property
    def main_menu(self) -> list[MenuItem]:
        return self.site_settings.menu_items() or menu(MAIN_MENU)

    @cached_property
    def current(self) -> MenuItem | None:
        return current_item(self.main_menu, self.request)

    @cached_property
    def footer_menu(self) -> list[MenuItem]:
        return menu(FOOTER_MENU)


def profile_key(code: str) -> str:
    return f"frame-profile-{code}"


def settings_key(site_id: int) -> str:
    return f"frame-settings-{site_id}"


def site_id_for(request: HttpRequest) -> int:
    """The site this host name belongs to, kept for a minute; 0 where there is none."""
    key = f"frame-site-{request.get_host()}"
    site_id: int | None = cache.get(key)
    if site_id is None:
        site = Site.find_for_request(request)
        site_id = site.pk if site else 0
        cache.set(key, site_id, CACHE_SECONDS)
    return site_id


def settings_for(site_id: int) -> SiteSettings:
    """The site's settings, kept for a minute. Never writes: reading a page must not create a row."""
    found = cache.get(settings_key(site_id))
    if found is None:
        found = SiteSettings.objects.filter(site_id=site_id).first() or SiteSettings(site_id=site_id)
        cache.set(settings_key(site_id), found, CACHE_SECONDS)
    return found


def profile_for(code: str) -> MunicipalityProfile:
    """The words of the municipality with this code, kept for a minute: they stand on every page."""
    key = profile_key(code)
    profile = cache.get(key)
    if profile is None:
        found = MunicipalityProfile.objects.select_related("municipality").filter(municipality__code=code)
        profile = found.first() or MunicipalityProfile()
        cache.set(key, profile, CACHE_SECONDS)
    return profile


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` and `display` in every template."""
    return {"frame": SimpleLazyObject(lambda: Frame(request)), "display": display_of(request)}
