"""The form of a photo in the staff screens (named in settings)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from .photo_files import cleaned_photo


class PhotoForm(BaseImageForm):
    """Words for those who cannot see it are required; the file is cleaned before anything is stored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            field = self.fields["description"]
            field.required = True
            field.label = _("写真の説明(見えない人のための言葉)")
            field.help_text = _("何が写っているかを1文で。例:会館の入口。段差はありません。")
        if "people_consent" in self.fields:
            self.fields["people_consent"].help_text = _("同意がない写真は、公開のページに出ません。")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        return cleaned_photo(file) if "file" in self.changed_data and file else file
