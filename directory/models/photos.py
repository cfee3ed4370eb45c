"""Photos: Wagtail images with the rights a public body has to know of."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from ..photo_files import cleaned_photo, is_clean


class Photo(AbstractImage):
    """A picture. `description` is its alternative text. [schema.org ImageObject]"""

    class PeopleConsent(models.TextChoices):
        """May it be shown, as to the people on it?"""

        NOBODY = "nobody", _("人は写っていない")
        GIVEN = "given", _("写っている人の同意がある")
        MISSING = "missing", _("同意がない(公開しない)")

    credit = models.CharField(_("撮影者・提供者"), max_length=100, blank=True)
    licence = models.CharField(_("使用条件"), max_length=100, blank=True)
    people_consent = models.CharField(
        _("写っている人の同意"), max_length=10, choices=PeopleConsent.choices, default=PeopleConsent.MISSING
    )

    withheld_on = models.DateField(
        _("公開を止めた日"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("写っている人などの求めによる。"),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "people_consent",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("写真")
        verbose_name_plural = _("写真")
        permissions = [("choose_image", "Can choose image")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whatever way a file comes in, what is stored says nothing of where and with what it was taken.
        if self.file and not self.file._committed:
            if not is_clean(self.file.file):
                self.file = cleaned_photo(self.file.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        return self.description or self.title

    @property
    def may_be_shown(self) -> bool:
        return self.people_consent != self.PeopleConsent.MISSING and self.withheld_on is None


class PhotoRendition(AbstractRendition):
    """A size of a photo made for a page."""

    image = models.ForeignKey(Photo, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
