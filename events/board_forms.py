"""What is typed on the board: a post by its group, an answer by anybody, the group's yes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from directory.forms import TrapForm
from directory.group_forms import PartForm
from directory.models import Organization
from directory.phone_numbers import normalize_phone

from .models import Opportunity
from .services.board import LONGEST


class PostForm(PartForm):
    """A draft of a post as a form; `write` puts what was typed into the draft."""

    required_css_class = "is-required"

    class Meta:
        model = Opportunity
        fields = ("kind", "topic", "title", "body", "when_text", "open_until", "district", "resource")
        widgets = {
            "kind": forms.RadioSelect,
            "topic": forms.RadioSelect,
            "body": forms.Textarea(attrs={"rows": 6}),
            "open_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        labels = {"kind": _("どちらですか"), "topic": _("何を")}
        help_texts = {
            "title": _("例:月に1回、お茶を入れてくれる人"),
            "body": _("電話番号やメールは書かないでください。返事は、このサイトで受け付けます。"),
            "when_text": _("例:第2木曜の午後、2時間ほど"),
            "open_until": _("6か月先まで。終わる前にメールでお知らせします。"),
        }

    def __init__(self, *args: Any, draft: Opportunity, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, draft=draft, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("kind", "topic"):
            fields[name].choices = [pair for pair in fields[name].choices if pair[0]]
        areas = list(organization.areas.all())
        known = [area.pk for area in areas] + [draft.district_id]
        fields["district"].queryset = Area.objects.filter(pk__in=known)
        if len(areas) == 1:
            draft.district = areas[0]
        if len(areas) < 2:
            del fields["district"]
        fields["resource"].queryset = organization.resources.filter(merged_into__isnull=True)
        fields["resource"].empty_label = _("(選ばない)")
        if not fields["resource"].queryset.exists():
            del fields["resource"]

    def clean_open_until(self) -> date:
        day: date = self.cleaned_data["open_until"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("今日か、これからの日を入れてください。"))
        if day > today + LONGEST:
            raise ValidationError(_("6か月先までの日を入れてください。"))
        return day

    def write(self, user: Any) -> None:
        self.instance.updated_by = user


class AnswerForm(TrapForm):
    """An answer to a post. `groups` are those the person speaks for."""

    required_css_class = "is-required"

    as_group = forms.ChoiceField(label=_("だれとして答えますか"), required=False)
    name = forms.CharField(
        label=_("お名前"),
        help_text=_("ニックネームでもかまいません。"),
        max_length=60,
        error_messages={"required": _("お名前を書いてください。")},
    )
    message = forms.CharField(
        label=_("伝えたいこと"),
        help_text=_("1000文字まで。連絡先は、下の欄に書いてください。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("伝えたいことを書いてください。"),
            "max_length": _("1000文字までにしてください(いまは%(show_value)d文字です)。"),
        },
    )
    email = forms.EmailField(
        label=_("メールアドレス"),
        help_text=_("確認のメールを送ります。相手の団体が同意したときだけ、相手に伝わります。"),
        max_length=254,
        error_messages={
            "required": _("メールアドレスを書いてください。"),
            "invalid": _("メールアドレスを「name@example.jp」のように書いてください。"),
        },
    )
    phone = forms.CharField(
        label=_("電話番号"),
        help_text=_("電話でも話したいときだけ。同じように、同意のあとで伝わります。"),
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, groups: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group.code: group for group in groups}
        if groups:
            choices = [("", _("個人として")), *((group.code, group.name) for group in groups)]
            self.fields["as_group"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["as_group"]

    def clean_phone(self) -> str:
        return normalize_phone(self.cleaned_data["phone"])

    @property
    def organization(self) -> Organization | None:
        """The group that answers; None for a person."""
        return self.groups.get(self.cleaned_data.get("as_group", ""))
