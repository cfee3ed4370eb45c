"""What a reviewer should look at twice in an entry or a group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .choices import ContactAudience, ParseStatus


def cautions_of_organization(draft: Any) -> Iterable[str]:
    if draft.consented_on is None:
        yield _("掲載に同意した日がありません。")


def cautions_of_entry(draft: Any) -> Iterable[str]:
    yield from place_cautions(draft)
    yield from schedule_cautions(draft)
    yield from contact_cautions(draft)
    yield from photo_cautions(draft)


def place_cautions(draft: Any) -> Iterable[str]:
    """For whatever has a district and a venue."""
    if draft.district_id is None and (draft.venue is None or draft.venue.district_id is None):
        yield _("地区が決まっていません。")


def schedule_cautions(draft: Any) -> Iterable[str]:
    """For whatever has timetables."""
    if any(item.status != ParseStatus.PARSED for item in draft.schedules.all()):
        yield _("開催日時の文を、日にちに直せないところがあります。")
    if not draft.schedules.all():
        yield _("開催日時がありません。")


def contact_cautions(draft: Any) -> Iterable[str]:
    """For whatever has contacts."""
    if not any(item.audience == ContactAudience.PUBLIC for item in draft.contacts.all()):
        yield _("だれでも見られる連絡先がありません。")
    if any(
        item.audience != ContactAudience.STAFF and _is_mobile(item.phone) for item in draft.contacts.all()
    ):
        yield _("携帯電話の番号が公開されます。ご本人に確かめましたか。")


def photo_cautions(draft: Any) -> Iterable[str]:
    """For whatever has photos."""
    if any(not item.photo.may_be_shown for item in draft.photos.all()):
        yield _("写っている人の同意がない写真があります。その写真は公開されません。")


def _is_mobile(phone: str) -> bool:
    return phone.replace("-", "").startswith(("070", "080", "090"))
