"""「取り除いてほしい」: what a person on a photo, or anybody a report tells of, fills in. Nothing of it is required but what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.forms import TrapForm
from directory.models import Photo

from .models import Report
from .visibility import photos_of

#: The value for all of a report.
WHOLE = "report"


class RemovalForm(TrapForm):
    """All of the report, or one of its photos."""

    required_css_class = "is-required"

    what = forms.ChoiceField(
        label=gettext_lazy("取り除いてほしいもの"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("どれを取り除いてほしいか、1つ選んでください。"),
            "invalid_choice": gettext_lazy("この中から1つ選んでください。"),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("わけ"),
        help_text=gettext_lazy("書かなくてもかまいません。例:写っている本人です。1000文字まで。"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = forms.CharField(
        label=gettext_lazy("ご連絡先"),
        help_text=gettext_lazy(
            "お返事がいる方だけ、電話番号かメールアドレスを書いてください。お返事のほかには使いません。"
        ),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos: dict[str, Photo] = {str(item.photo_id): item.photo for item in _all_photos(report)}
        photos = [
            (key, _("%(number)d枚目の写真:%(words)s") % {"number": number, "words": photo.default_alt_text})
            for number, (key, photo) in enumerate(self.photos.items(), start=1)
        ]
        what: Any = self.fields["what"]
        what.choices = [*photos, (WHOLE, _("この報告ぜんぶ(写真も)"))]

    @property
    def photo(self) -> Photo | None:
        """The photo that is meant; None for all of the report."""
        return self.photos.get(self.cleaned_data["what"])


class _InText:
    """A photo inside the text, as if it stood beside it."""

    def __init__(self, photo: Photo) -> None:
        self.photo, self.photo_id = photo, photo.pk


def _all_photos(report: Report) -> list[Any]:
    pictures = [block.value["image"] for block in report.body if block.block_type == "picture"]
    inside = [_InText(photo) for photo in pictures if photo is not None and photo.may_be_shown]
    return [*photos_of(report), *inside]
