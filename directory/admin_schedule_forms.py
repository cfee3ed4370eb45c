"""The form of one timetable, as a person thinks: tick boxes, or paste the text and see what is understood."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .models import Schedule
from .schedule_choices import IncompleteChoices, choices_from_spec
from .schedule_understanding import (
    Understanding,
    read_dates,
    read_monthdays,
    understand_choices,
    understand_spec,
    understand_text,
)
from .schedules.periods import NamedPeriod
from .schedules.spec import Kind
from .schedules.wording import holiday_policy_choices

PICK, TEXT, KEEP = "pick", "text", "keep"
_ENTRY = [(PICK, _("えらんで入力する")), (TEXT, _("文を貼りつける")), (KEEP, _("いまの決まりのまま"))]
_HOW = [
    ("weekly", _("毎週")),
    ("nth", _("第n曜日(毎月)")),
    ("every_n_weeks", _("隔週など(何週間おき)")),
    ("monthdays", _("毎月n日")),
    ("dates", _("日にちを指定")),
    ("appointment", _("予約・相談のうえ")),
    ("irregular", _("不定期")),
    ("always", _("いつでも")),
]
_ORDINALS = [(n, _("第%(n)s") % {"n": n}) for n in range(1, 6)] + [(-1, _("最終"))]
_WEEKDAYS = [(0, _("月")), (1, _("火")), (2, _("水")), (3, _("木")), (4, _("金")), (5, _("土")), (6, _("日"))]
_MONTHS = [(n, _("%(n)s月") % {"n": n}) for n in range(1, 13)]
_CLOSED = [
    (NamedPeriod.NEW_YEAR.value, _("年末年始(12月29日〜1月3日)")),
    (NamedPeriod.OBON.value, _("お盆(8月13日〜16日)")),
    (NamedPeriod.SUMMER_HOLIDAYS.value, _("夏休み(7月21日〜8月31日)")),
    (NamedPeriod.SCHOOL_HOLIDAYS.value, _("学校の春・夏・冬休み")),
]


def _numbers(choices: list, label: Any) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )


def _date(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, widget=widget)


class ScheduleFields(metaclass=DeclarativeFieldsMetaclass):
    """The boxes, for the form that saves and for the one that only says what is understood."""

    entry = forms.ChoiceField(
        label=_("入力のしかた"), choices=_ENTRY, initial=PICK, required=False, widget=forms.RadioSelect
    )
    how = forms.ChoiceField(label=_("いつ開きますか"), choices=_HOW, required=False, widget=forms.RadioSelect)
    ordinals = _numbers(_ORDINALS, _("第何週"))
    weekdays = _numbers(_WEEKDAYS, _("曜日"))
    interval = forms.IntegerField(
        label=_("何週間おき"), required=False, min_value=2, max_value=8, initial=2, help_text=_("隔週なら2")
    )
    anchor = _date(_("開くとわかっている日"), _("この日から数えて、次の日にちを計算します。"))
    monthdays = forms.CharField(
        label=_("毎月の日にち"), required=False, max_length=100, help_text=_("例:15、29、末日")
    )
    dates = forms.CharField(
        label=_("日にち"),
        required=False,
        max_length=4000,
        help_text=_("1行に1つ。例:2026年12月5日"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    start_1, end_1 = _time(_("はじまり")), _time(_("おわり"))
    start_2, end_2 = _time(_("はじまり(2回め)")), _time(_("おわり(2回め)"))
    start_3, end_3 = _time(_("はじまり(3回め)")), _time(_("おわり(3回め)"))
    holidays = forms.ChoiceField(label=_("祝日のとき"), choices=holiday_policy_choices, required=False)
    months = _numbers(_MONTHS, _("開く月(毎月なら選ばない)"))
    closed = forms.MultipleChoiceField(
        label=_("休みの時期"), choices=_CLOSED, required=False, widget=forms.CheckboxSelectMultiple
    )
    closed_from, closed_to = _date(_("ほかの休み(はじめ)")), _date(_("ほかの休み(おわり)"))
    starts_on, until = _date(_("いつから")), _date(_("いつまで"))

    cleaned_data: dict[str, Any]

    def understand(self, kept: Any = None) -> Understanding | None:
        """What the cleaned values mean; None after adding the errors that say what is missing."""
        today = timezone.localdate()
        entry = self.cleaned_data.get("entry") or PICK
        try:
            if entry == KEEP and kept is not None:
                return understand_spec(kept, today)
            if entry == TEXT:
                return understand_text(self._pasted(), today)
            return understand_choices(self._values(today), today)
        except IncompleteChoices as error:
            self.add_error(error.field, str(error))  # type: ignore[attr-defined]
            return None

    def _pasted(self) -> str:
        text = (self.cleaned_data.get("original_text") or "").strip()
        if not text:
            raise IncompleteChoices("original_text", str(_("開催日時の文を貼りつけてください。")))
        return text

    def _values(self, today: Any) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        values["dates"] = read_dates(values.get("dates") or "", today)
        values["monthdays"] = read_monthdays(values.get("monthdays") or "")
        kept = getattr(self, "kept", None)
        values["spec_note"] = kept.note if kept else ""  # said beside the rule (原則 …), no box of its own
        return values


class UnderstandForm(ScheduleFields, forms.Form):
    """Only says what is understood; saves nothing."""

    original_text = forms.CharField(required=False, max_length=2000)

    @cached_property
    def understanding(self) -> Understanding | None:
        return self.understand() if self.is_valid() else None


class ScheduleForm(ScheduleFields, WagtailAdminModelForm):
    """A timetable inside the form of an entry. Writes rule, kind and how well the text was understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "original_text" in self.fields:
            self.fields["original_text"].help_text = _("例:第2・第4木曜 13:30〜15:30(祝日休み)")
        self.kept = self._stored_rule()
        if self.kept is None:
            entry = TEXT if self.instance.original_text else PICK
            self.fields["entry"].choices = _ENTRY[:2]
        else:
            boxes = choices_from_spec(self.kept)
            entry = KEEP if boxes is None else PICK
            self.initial |= boxes_as_text(boxes or {})
        self.initial["entry"] = entry
        self.understanding: Understanding | None = None

    def _stored_rule(self) -> Any:
        if not self.instance.spec:
            return None
        try:
            rule = self.instance.rule
        except (ValueError, KeyError, TypeError):
            return None
        return None if rule.kind == Kind.UNKNOWN else rule

    @property
    def current(self) -> Understanding | None:
        """What the stored rule means, for the screen."""
        return understand_spec(self.kept, timezone.localdate()) if self.kept else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.cleaned_data.get("DELETE") or self.errors:
            return cleaned
        self.understanding = self.understand(self.kept)
        return cleaned

    def _post_clean(self) -> None:
        if self.understanding is not None:
            self.instance.rule = self.understanding.spec
            if self.cleaned_data.get("entry") != KEEP:
                self.instance.status = self.understanding.status
        super()._post_clean()

    class Meta(WagtailAdminModelForm.Meta):
        model = Schedule
        fields = ["venue", "original_text", "note"]


def boxes_as_text(boxes: dict[str, Any]) -> dict[str, Any]:
    """Boxes as the form shows them: lists of days as text."""
    shown = dict(boxes)
    if "dates" in shown:
        shown["dates"] = "\n".join(f"{day.year}年{day.month}月{day.day}日" for day in shown["dates"])
    if "monthdays" in shown:
        shown["monthdays"] = "、".join(
            str(_("末日")) if day == -1 else str(day) for day in shown["monthdays"]
        )
    return shown
