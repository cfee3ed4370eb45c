"""What staff type on the way: one visit, on a phone, one column."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from areas.locate import locate_address
from areas.models import Area
from members.scope import Scope

from .choices import Answer, VisitedKind, VisitOutcome
from .models import Photo, Resource, Visit
from .views.access import canonical_code


class VisitForm(forms.Form):
    """One visit. The district follows from the address where that is certain; else one picks it."""

    required_css_class = "is-required"

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    date = forms.DateField(
        label=_("訪問した日"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("訪問した日を入れてください。")},
    )
    name = forms.CharField(
        label=_("訪問先の名前"),
        max_length=120,
        error_messages={"required": _("訪問先の名前を入れてください。")},
    )
    kind = forms.ChoiceField(
        label=_("訪問先の種類"),
        choices=VisitedKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("訪問先の種類を選んでください。")},
    )
    outcome = forms.ChoiceField(
        label=_("結果"),
        choices=VisitOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("結果を選んでください。")},
    )
    address = forms.CharField(
        label=_("場所"), max_length=200, required=False, help_text=_("住所か、目じるし。例:南烏山6丁目")
    )
    district = forms.ModelChoiceField(
        label=_("地区"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("場所から決める"),
        help_text=_("場所から地区が決まらないときに選びます。"),
    )
    entry = forms.CharField(
        label=_("登録の番号"),
        max_length=20,
        required=False,
        help_text=_("もう登録がある場所のとき。ページや紙にある5文字です。例:7K3QF"),
    )
    makes_draft = forms.BooleanField(
        label=_("地域資源の下書きを作る"),
        required=False,
        initial=True,
        help_text=_("まだ登録がない場所のとき。名前と場所が入った下書きができます。"),
    )
    findings = forms.CharField(
        label=_("わかったこと"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "活動や場所のことだけを書きます。相談の内容や、支援を受けている人のことは書かないでください。"
        ),
    )
    room_can_be_used = forms.ChoiceField(
        label=_("活用できる場があるか"),
        choices=Answer.choices,
        initial=Answer.UNKNOWN,
        widget=forms.RadioSelect,
    )
    room_is_used = forms.BooleanField(label=_("場を活用した実績がある"), required=False)
    photo = forms.FileField(
        label=_("写真"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("10MBまで。位置などの情報は消して保存します。"),
    )
    people_consent = forms.ChoiceField(
        label=_("写っている人の同意"),
        choices=Photo.PeopleConsent.choices,
        required=False,
        initial=Photo.PeopleConsent.NOBODY,
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope: Scope | None = policy_registry.get_by_type(Visit).scope(user, "add")
        self.user = user
        self.fields["district"].queryset = self._own_districts()

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("先の日付は入力できません。"))
        if day.year < timezone.localdate().year - 2:
            raise forms.ValidationError(_("古い日付です。年をたしかめてください。"))
        return day

    def clean_entry(self) -> Resource | None:
        """The entry of that number, of an own place."""
        typed = self.cleaned_data["entry"]
        if not typed:
            return None
        own = policy_registry.get_by_type(Resource).instances_user_has_any_permission_for(
            self.user, ["change"]
        )
        resource = own.filter(code=_code_of(typed)).first()
        if resource is None:
            raise forms.ValidationError(_("この番号の登録は、担当の地区にありません。"))
        return resource

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["district"] = self._district(cleaned)
        if cleaned["district"] is None and "district" not in self.errors:
            self.add_error("district", _("地区を選んでください。"))
        return cleaned

    def _district(self, cleaned: dict[str, Any]) -> Area | None:
        """Picked; that of the entry; that of the address; the only one the person works in."""
        entry, address = cleaned.get("entry"), cleaned.get("address")
        if cleaned.get("district"):
            return cleaned["district"]
        if entry is not None and entry.district is not None:
            return entry.district
        own = self.fields["district"].queryset
        found = locate_address(address, _home_of(own)).district if address else None
        if found is not None:
            if self.scope is not None and self.scope.includes(found):
                return found
            self.add_error("address", _("この場所は、担当の地区の外です。"))
            return None
        return own.first() if own.count() == 1 else None

    def _own_districts(self) -> Any:
        districts = Area.objects.districts().in_order()
        if self.scope is None:
            return districts.none()
        return districts if self.scope.is_everywhere else districts.filter(pk__in=self.scope.area_ids)


def _code_of(typed: str) -> str:
    try:
        return canonical_code(typed)
    except Http404:
        return ""


def _home_of(districts: Any) -> Area | None:
    first = districts.select_related("parent__parent").first()
    return first.municipality if first is not None else None
