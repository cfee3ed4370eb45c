"""Addresses of the photos an event may show, in the size its page shows: one file, made once, for page and metadata."""

from __future__ import annotations

from wagtail.images.models import SourceImageIOError

from .models import Event
from .visibility import photos_of

#: As in `directory/includes/_photos.html`.
SIZE = "width-640"


def photo_addresses(event: Event) -> list[str]:
    """Paths of the photos of `event` that may be shown, in order. One whose file is lost is left out."""
    found = []
    for item in photos_of(event):
        try:
            found.append(item.photo.get_rendition(SIZE).url)
        except SourceImageIOError:
            continue
    return found
