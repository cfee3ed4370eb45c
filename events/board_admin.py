"""The staff form of a post on the board."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from areas.models import Area
from directory.admin_forms import GroupedChoice, GroupedChoices, PlacedForm
from directory.models import Category


class PostAdminForm(PlacedForm):
    """A post. Groups and entries of other places cannot be typed past their choosers."""

    district = GroupedChoice(
        queryset=Area.objects.none(),
        label=_("地区"),
        required=False,
        empty_label=_("区・市の全体、または未定"),
    )
    areas_served = GroupedChoices(queryset=Area.objects.none(), label=_("対象の地域"), required=False)
    categories = GroupedChoices(queryset=Category.objects.none(), label=_("テーマ"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_districts("district")
        if "areas_served" in self.fields:
            self.fields["areas_served"].queryset = Area.objects.select_related("parent").in_order()
        if "categories" in self.fields:
            self.fields["categories"].queryset = Category.objects.kinds().select_related("parent")

    def clean_organization(self) -> Any:
        return self.chosen("organization", _("この団体は選べません。"))

    def clean_resource(self) -> Any:
        return self.chosen("resource", _("この活動は選べません。"))


POST = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("topic"), FieldPanel("title"), FieldPanel("body")],
            heading=_("何を"),
        ),
        MultiFieldPanel([FieldPanel("organization"), FieldPanel("resource")], heading=_("だれが")),
        MultiFieldPanel(
            [FieldPanel("when_text"), FieldPanel("open_from"), FieldPanel("open_until")], heading=_("いつ")
        ),
        MultiFieldPanel([FieldPanel("district"), FieldPanel("areas_served")], heading=_("どこの")),
        FieldPanel("categories"),
    ],
    base_form_class=PostAdminForm,
)
