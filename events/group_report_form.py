"""A report as a group writes it on the phone: what was done, when, by whom. Photos have a page of their own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from areas.models import Area
from directory.group_forms import PartForm
from directory.models import Category, Organization

from .group_partners import PartnerFields
from .models import Event, Report

#: More events than this nobody looks through.
MOST_EVENTS = 40
MOST_WORDS = 8000
_PARAGRAPHS = re.compile(r"\n\s*\n")


class GroupReportForm(PartnerFields, PartForm):
    """A draft of a report as a form; `write` puts what was typed into the draft."""

    required_css_class = "is-required"

    text = forms.CharField(
        label=_l("本文"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_l(
            "どんなことをして、どうだったか。空の行を入れると、段落が分かれます。審査に出すまでに書いてください。"
        ),
        error_messages={"max_length": _l("8000文字までにしてください。")},
    )

    class Meta:
        model = Report
        fields = (
            "title",
            "date",
            "summary",
            "participants",
            "volunteers",
            "event",
            "resource",
            "district",
            "partners",
            "themes",
        )
        widgets = {
            "date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": _l("例:秋のお茶会を開きました"),
            "summary": _l("一覧に出る、短い紹介です。例:12人が集まりました。"),
            "event": _l("このサイトにのせた催しの報告のとき。"),
            "resource": _l("ふだんの活動の報告のとき。"),
        }

    field_order = ("title", "date", "text", "summary", "participants", "volunteers")

    def __init__(self, *args: Any, draft: Report, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        self.organization = organization
        self.initial["text"] = text_of(draft)
        if not is_plain(draft):
            del self.fields["text"]
        self._choices_of_group(draft)

    def _choices_of_group(self, draft: Report) -> None:
        fields: dict[str, Any] = self.fields
        own = Event.objects.of_organization(self.organization).filter(live=True)
        recent = own.order_by("-last_date", "-pk").values("pk")[:MOST_EVENTS]
        fields["event"].queryset = Event.objects.filter(
            Q(pk__in=list(recent.values_list("pk", flat=True))) | Q(pk=draft.event_id)
        )
        fields["resource"].queryset = self.organization.resources.filter(merged_into__isnull=True)
        self.offer_partners(draft, self.organization)
        fields["themes"].queryset = Category.objects.kinds().order_by("order", "pk")
        areas = list(self.organization.areas.all())
        fields["district"].queryset = Area.objects.filter(
            pk__in=[area.pk for area in areas] + [draft.district_id]
        )
        if len(areas) == 1:
            draft.district = areas[0]
        if len(areas) < 2:
            del fields["district"]
        for name in ("event", "resource"):
            fields[name].empty_label = _("(選ばない)")
            if not fields[name].queryset.exists():
                del fields[name]

    def clean_date(self) -> date:
        day: date = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise ValidationError(_("まだ来ていない日です。活動した日を入れてください。"))
        return day

    def write(self, user: Any) -> None:
        super_fields = [name for name in ("partners", "themes") if name in self.fields]
        for name in super_fields:
            getattr(self.instance, name).set(self.cleaned_data[name])
        if "text" in self.fields:
            self.instance.body = body_of(self.cleaned_data["text"])
        self.instance.updated_by = user


def is_plain(draft: Report) -> bool:
    """Is the text all paragraphs? Richer ones, which staff wrote, stay as they are."""
    return all(block.block_type == "paragraph" for block in draft.body)


def text_of(draft: Report) -> str:
    """The paragraphs as one text."""
    return "\n\n".join(str(block.value) for block in draft.body if block.block_type == "paragraph")


def body_of(text: str) -> list[tuple[str, str]]:
    """A text as paragraphs: an empty line parts them."""
    parts = _PARAGRAPHS.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [("paragraph", part.strip()) for part in parts if part.strip()]
