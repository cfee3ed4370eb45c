"""Photos of a group's entry: add, order, remove, in the draft; what is said of one of them, at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..group_access import group_entry_view
from ..group_now_forms import PhotoForm, PhotoWordsForm
from ..models import OrganizationMember, Photo, Resource, ResourcePhoto
from ..services.group_editing import save_draft
from ..services.photos import PhotoChanged, add_photo, belongs_to, mark_of_photo, say_of_photo
from ..typed_before import typed_before
from ..viewsets.conflicts import differences

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
    photos = list(resource.get_latest_revision_as_object().photos.all())
    context = {
        "organization": membership.organization,
        "resource": resource,
        "form": form,
        "photos": [(item, belongs_to(item.photo, membership.organization)) for item in photos],
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


@group_entry_view
def group_photo(
    request: HttpRequest, membership: OrganizationMember, resource: Resource, number: int
) -> HttpResponse:
    """What is said of one photo. 409 where somebody changed it meanwhile."""
    photo = _own_photo(membership, resource, number)
    said = {"description": photo.description, "people_consent": photo.people_consent}
    form = PhotoWordsForm(request.POST or typed_before(request), initial=said)
    context = {"organization": membership.organization, "resource": resource, "photo": photo, "form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            seen = request.POST.get("mark", "")
            say_of_photo(photo, entry=resource, user=request.user, seen=seen, **form.cleaned_data)
        except PhotoChanged:
            context["conflict"], status = differences(form), 409
        else:
            messages.success(request, _("写真の説明を直しました。ページにすぐ出ます。"))
            return redirect("directory:group_photos", membership.organization.code, resource.code)
    elif request.method == "POST":
        status = 422
    return render(
        request, "directory/group/photo.html", context | {"mark": mark_of_photo(photo)}, status=status
    )


def _own_photo(membership: OrganizationMember, resource: Resource, number: int) -> Photo:
    """A photo of the draft, or of what is public; Http404 for others and for those that stand elsewhere too."""
    draft = resource.get_latest_revision_as_object()
    keys = {item.photo_id for row in (draft, resource) for item in row.photos.all()}
    photo = Photo.objects.filter(pk=number).first() if number in keys else None
    if photo is None or not belongs_to(photo, membership.organization):
        raise Http404(_("このページはありません。"))
    return photo
