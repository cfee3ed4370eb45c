"""Wagtail's own reading interface for photos, held to the photos a person works with. Wagtail lists them all to all staff."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from members.scope import NoScope, Scope

from ..visibility import photos_for


class OwnPhotosAPIViewSet(ImagesAdminAPIViewSet):
    """The photos one took in oneself, and those of entries one may see."""

    def get_queryset(self) -> QuerySet:
        photos = super().get_queryset()
        try:
            scope = Scope.of(self.request.user)
        except NoScope:
            return photos.none()
        return photos if scope.is_everywhere else photos.filter(photos_for(self.request.user))


def register_photos(router: Any) -> None:
    """Hook `construct_admin_api`: in the place of Wagtail's own."""
    router.register_endpoint("images", OwnPhotosAPIViewSet)
