"""The bytes of photos. No folder of uploads is open: whoever asks for a file gets what they may see of it."""

from __future__ import annotations

import mimetypes

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Photo, PhotoRendition
from ..visibility import may_open_photo


@require_safe
def photo_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A size of a photo made for a page, to whom the photo may be shown; the photo as uploaded, to staff only.

    404 for everything else under the folder of uploads, documents too: those have an address of their own.
    """
    found = _find(path)
    if found is None:
        raise Http404(_("この写真はありません。"))
    photo = found.image if isinstance(found, PhotoRendition) else found
    if isinstance(found, PhotoRendition) and photo.may_be_shown:
        return _to_everybody(request, found)
    if not may_open_photo(request.user, photo):
        raise Http404(_("この写真はありません。"))
    response = _sent(found)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _to_everybody(request: HttpRequest, size: PhotoRendition) -> HttpResponseBase:
    """The bytes, or 304 to who has them. Kept by browsers, but asked for anew each time ("no-cache"): a photo that
    is withheld is gone with the next page. What is asked then costs one query, and no file is opened."""
    etag = quote_etag(f"{size.pk}-{size.image.file_hash}")
    response = get_conditional_response(request, etag=etag) or _sent(size)
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _find(path: str) -> Photo | PhotoRendition | None:
    if "\x00" in path:  # PostgreSQL refuses to look for it
        return None
    size = PhotoRendition.objects.select_related("image").filter(file=path).first()
    return size or Photo.objects.filter(file=path).first()


def _sent(found: Photo | PhotoRendition) -> FileResponse:
    name = str(found.file.name)
    try:
        file = found.file.storage.open(name)  # type: ignore[union-attr]  # Wagtail has no types
    except OSError as error:
        raise Http404(_("この写真はありません。")) from error
    kind, _encoding = mimetypes.guess_type(name)
    return FileResponse(file, content_type=kind or "application/octet-stream")
