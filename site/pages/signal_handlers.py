"""A change of what stands around every page is seen at once in this process (elsewhere within a minute)."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save

from areas.models import Area, MunicipalityProfile, Town

from .frame import profile_key, settings_key
from .models import SiteSettings
from .readings import forget_places


def forget_profile(instance: MunicipalityProfile, **kwargs: Any) -> None:
    cache.delete(profile_key(instance.municipality.code))


def forget_settings(instance: SiteSettings, **kwargs: Any) -> None:
    cache.delete(settings_key(instance.site_id))


def register_signal_handlers() -> None:
    for signal in (post_save, post_delete):
        signal.connect(forget_profile, sender=MunicipalityProfile)
        signal.connect(forget_settings, sender=SiteSettings)
        for model in (Area, Town):
            signal.connect(forget_places, sender=model)
