"""Photos of a group's entry: add, order, remove. They belong to the draft and go public with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..group_access import group_entry_view
from ..group_now_forms import PhotoForm
from ..models import OrganizationMember, Resource, ResourcePhoto
from ..services.group_editing import save_draft
from ..services.photos import add_photo
from ..typed_before import typed_before

MOST_PHOTOS = 6


@group_entry_view
def group_photos(request: HttpRequest, membership: OrganizationMember, resource: Resource) -> HttpResponse:
    """The photos of the draft, and the form for another one."""
    here = redirect("directory:group_photos", membership.organization.code, resource.code)
    if request.method == "POST" and request.POST.get("action") in _MOVES:
        _rearrange(request, resource)
        return here
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid() and _add(request, resource, form):
            messages.success(request, _("写真を下書きに入れました。"))
            return here
    else:
        kept = typed_before(request)
        form = PhotoForm(initial=kept.dict() if kept else None)  # the file has to be chosen again
    context = {
        "organization": membership.organization,
        "resource": resource,
        "form": form,
        "photos": list(resource.get_latest_revision_as_object().photos.all()),
    }
    return render(request, "directory/group/photos.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, resource: Resource, form: PhotoForm) -> bool:
    said: dict[str, Any] = form.cleaned_data
    with transaction.atomic():
        row = Resource.objects.select_for_update().get(pk=resource.pk)
        draft = row.get_latest_revision_as_object()
        photos = list(draft.photos.all())
        if len(photos) >= MOST_PHOTOS:
            form.add_error(None, _("写真は6枚までです。先に、どれかを外してください。"))
            return False
        try:
            photo = add_photo(person=request.user, **said)
        except ValidationError as error:
            form.add_error("file", error.messages)
            return False
        photos.append(ResourcePhoto(photo=photo))
        _keep(row, draft, photos, request.user)
    return True


def _remove(photos: list[ResourcePhoto], at: int) -> None:
    photos.pop(at)


def _up(photos: list[ResourcePhoto], at: int) -> None:
    photos.insert(max(at - 1, 0), photos.pop(at))


def _down(photos: list[ResourcePhoto], at: int) -> None:
    photos.insert(at + 1, photos.pop(at))


_MOVES = {"remove": _remove, "up": _up, "down": _down}


def _rearrange(request: HttpRequest, resource: Resource) -> None:
    """`photo` is the photo's own number, so that a list somebody changed meanwhile moves the right one or none."""
    with transaction.atomic():
        row = Resource.objects.select_for_update().get(pk=resource.pk)
        draft = row.get_latest_revision_as_object()
        photos = list(draft.photos.all())
        places = {str(item.photo_id): at for at, item in enumerate(photos)}
        at = places.get(request.POST.get("photo", ""))
        if at is None:
            messages.warning(request, _("その写真は、もうありません。"))
            return
        _MOVES[request.POST["action"]](photos, at)
        _keep(row, draft, photos, request.user)
    messages.success(request, _("下書きに保存しました。"))


def _keep(row: Resource, draft: Resource, photos: list[ResourcePhoto], user: Any) -> None:
    for number, item in enumerate(photos):
        item.sort_order = number
    draft.photos.set(photos)
    save_draft(row, draft, user=user)
