"""The staff form of a report: facts, a text of blocks, photos, and whether others can learn from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.permissions import policy_registry

from areas.models import Area
from directory.admin_forms import GroupedChoice, GroupedChoices, PlacedForm
from directory.models import Category, Organization

MOST_PARTNERS = 50


class CodesField(forms.CharField):
    """Groups, one a line, by the number on their page. What stands behind the number is for people."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        rows = list(value) if isinstance(value, (list, tuple)) else value
        return rows if isinstance(rows, str) else "\n".join(f"{row.code} {row.name}" for row in rows or [])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "").split() != str(data or "").split()

    def to_python(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return list(value)
        codes = [line.split()[0].upper() for line in (value or "").splitlines() if line.strip()]
        if len(codes) > MOST_PARTNERS:
            raise ValidationError(_("団体は50までにしてください。"))
        found = {row.code: row for row in Organization.objects.filter(code__in=[code[:8] for code in codes])}
        unknown = [code[:20] for code in codes if code not in found]
        if unknown:
            raise ValidationError(
                _("この番号の団体はありません:%(codes)s"), params={"codes": "、".join(unknown)}
            )
        return [found[code] for code in dict.fromkeys(codes)]

    def validate(self, value: Any) -> None:
        """Empty is fine."""

    def run_validators(self, value: Any) -> None:
        """Looked up already."""


class ReportAdminForm(PlacedForm):
    """A report. Groups, events and entries of other places cannot be typed past their choosers."""

    district = GroupedChoice(
        queryset=Area.objects.none(),
        label=_("地区"),
        required=False,
        empty_label=_("区・市の全体、または未定"),
    )
    areas_served = GroupedChoices(queryset=Area.objects.none(), label=_("関わった地域"), required=False)
    themes = GroupedChoices(queryset=Category.objects.none(), label=_("テーマ"), required=False)
    partners = CodesField(
        label=_("いっしょに活動した団体"),
        required=False,
        help_text=_("団体のページの番号を、1行に1つ入力します。例:7K3QF"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_districts("district")
        if "areas_served" in self.fields:
            self.fields["areas_served"].queryset = Area.objects.select_related("parent").in_order()
        if "themes" in self.fields:
            self.fields["themes"].queryset = Category.objects.kinds().select_related("parent")

    def clean_organization(self) -> Any:
        return self.chosen("organization", _("この団体は選べません。"))

    def clean_event(self) -> Any:
        return self.chosen("event", _("この催しは選べません。"))

    def clean_resource(self) -> Any:
        return self.chosen("resource", _("この活動は選べません。"))

    def clean_partners(self) -> list[Organization]:
        rows: list[Organization] = self.cleaned_data["partners"]
        if self.for_user is None:
            return rows
        kept = {row.pk for row in self.instance.partners.all()} if self.instance.pk else set()
        offered = policy_registry.get_by_type(Organization).choosable(self.for_user)
        known = set(offered.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        foreign = [row.code for row in rows if row.pk not in known | kept]
        if foreign:
            raise ValidationError(
                _("この番号の団体はありません:%(codes)s"), params={"codes": "、".join(foreign)}
            )
        return rows


_FACTS = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("kana"), FieldPanel("date"), FieldPanel("summary")],
            heading=_("題名と日"),
        ),
        MultiFieldPanel([FieldPanel("organization"), FieldPanel("partners")], heading=_("だれが")),
        MultiFieldPanel([FieldPanel("event"), FieldPanel("resource")], heading=_("何の報告か")),
        MultiFieldPanel([FieldPanel("district"), FieldPanel("areas_served")], heading=_("どこの")),
        FieldRowPanel([FieldPanel("participants"), FieldPanel("volunteers")], heading=_("人数")),
    ],
    heading=_("いつ・だれが"),
)
_TEXT = ObjectList(
    [
        FieldPanel("body"),
        InlinePanel(
            "photos",
            heading=_("写真"),
            label=_("写真"),
            help_text=_("写っている人の同意がない写真は、公開されません。"),
            panels=[FieldPanel("photo"), FieldPanel("caption")],
        ),
    ],
    heading=_("本文と写真"),
)
_SORT = ObjectList([FieldPanel("is_case"), FieldPanel("themes")], heading=_("事例・テーマ"))

REPORT = TabbedInterface([_FACTS, _TEXT, _SORT], base_form_class=ReportAdminForm)
