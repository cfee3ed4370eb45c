"""What staff type about freshness: the answer of a call, a sheet that came back, a campaign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from areas.models import Area

from .choices import FieldGroup
from .confirm_forms import CodeForm
from .models import FreshnessPolicy, VerificationCampaign

_SAME, _CHANGED, _UNREACHED, _ENDED = "same", "changed", "unreached", "ended"


class AnswerForm(forms.Form):
    """The answer to an ask as staff heard or read it."""

    answer = forms.ChoiceField(
        label=_("答え"),
        widget=forms.RadioSelect,
        choices=[
            (_SAME, _("変わりなし")),
            (_CHANGED, _("変わったところがある")),
            (_ENDED, _("活動を終えた")),
        ],
    )
    field_group = forms.ChoiceField(
        label=_("どこが変わりましたか"), choices=FieldGroup.choices, initial=FieldGroup.ALL, required=False
    )
    message = forms.CharField(
        label=_("変わったこと"),
        max_length=900,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("「変わったところがある」のとき。「間違いの連絡」に入り、あとで登録を直せます。"),
    )
    by_label = forms.CharField(
        label=_("確認した人(所属)"),
        max_length=60,
        required=False,
        help_text=_("公開のページに出ます。例:社会福祉協議会"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == _CHANGED and not cleaned.get("message"):
            self.add_error("message", _("何が変わったかを書いてください。"))
        return cleaned


class CallForm(AnswerForm):
    """The same for a call, which may reach nobody."""

    note = forms.CharField(
        label=_("メモ(職員だけが見ます)"),
        max_length=200,
        required=False,
        help_text=_("例:火曜の午前に、かけ直す。人の名前や相談の内容は書かないでください。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [
            *self.fields["answer"].choices,
            (_UNREACHED, _("連絡がつかなかった")),
        ]


class ReturnedForm(AnswerForm):
    """A sheet that came back: its code first."""

    code = forms.CharField(label=_("確認の番号"), max_length=40, help_text=_("紙の右上の8文字"))
    field_order = ("code", "answer", "field_group", "message", "by_label")

    clean_code = CodeForm.clean_code


class OwnAreaForm(WagtailAdminModelForm):
    """Offers places the person works for. Set by the viewset as the form of a model."""

    area_field = "area"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(self._meta.model)
        scope = policy.scope(self.for_user, "add") if self.for_user is not None else None
        places = Area.objects.all() if scope is not None else Area.objects.none()
        if scope is not None and not scope.is_everywhere:
            places = places.filter(pk__in=scope.area_ids)
        self.fields[self.area_field].queryset = self.offered(places)

    def offered(self, places: Any) -> Any:
        return places.in_order()


class CampaignForm(OwnAreaForm):
    class Meta:
        model = VerificationCampaign
        fields = ("name", "area", "first_day", "last_day", "message")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("しめきりは、はじめの日より後にしてください。"))
        return cleaned


class PolicyForm(OwnAreaForm):
    area_field = "municipality"

    class Meta:
        model = FreshnessPolicy
        fields = (
            "municipality",
            "ask_after",
            "remind_after",
            "call_after",
            "warn_after",
            "hide_after",
        )

    def offered(self, places: Any) -> Any:
        return places.filter(kind="municipality")

    def clean(self) -> dict[str, Any]:
        """Each step comes after the one before it."""
        cleaned = super().clean() or self.cleaned_data
        for earlier, later in (
            ("remind_after", "call_after"),
            ("ask_after", "warn_after"),
            ("warn_after", "hide_after"),
        ):
            if cleaned.get(earlier) and cleaned.get(later) and cleaned[later] <= cleaned[earlier]:
                self.add_error(later, _("前の段階より長い日数にしてください。"))
        for name in ("ask_after", "remind_after", "warn_after", "hide_after"):
            if cleaned.get(name) == 0:
                self.add_error(name, _("1日より長くしてください。"))
        return cleaned
