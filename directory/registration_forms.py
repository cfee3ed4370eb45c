"""Three short forms of a group that registers: who we are; what, when, where; how to reach us."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import jaconv
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from areas.locate import locate
from areas.models import Area
from members.district_choices import district_at_path, district_groups
from members.mail_address import MailAddressFormField
from search.analysis.normalise import clean

from .choices import FeeKind, JoinPolicy, LegalForm
from .models import Category, Photo
from .phone_numbers import normalize_phone
from .photo_files import MAX_BYTES, cleaned_photo
from .schedule_picker import PickerFields

#: The wording a group agrees to; a change of the words is a new version.
CONSENT_WORDING = "2026-11"

#: A group knows what it costs, or has not settled it yet.
_FEES = [(FeeKind.FREE, FeeKind.FREE.label), (FeeKind.PAID, FeeKind.PAID.label)]
_FEES += [(FeeKind.UNKNOWN, _("まだ決まっていません"))]

_LONG = _("%(limit_value)d文字までにしてください。")


class TextField(forms.CharField):
    """One line, tidied: no control characters, single spaces, full-width digits as they are."""

    def __init__(self, *, required_words: Any = "", **kwargs: Any) -> None:
        messages = {"max_length": _LONG}
        if required_words:
            messages["required"] = required_words
        super().__init__(error_messages=messages, required=bool(required_words), **kwargs)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class KanaField(TextField):
    """A reading; katakana, half-width too, becomes hiragana."""

    def to_python(self, value: Any) -> str:
        return jaconv.kata2hira(jaconv.h2z(super().to_python(value)))


class PhoneField(TextField):
    """A number in whatever form; kept with hyphens."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return normalize_phone(text) if text else ""

    def validate(self, value: Any) -> None:
        super().validate(value)
        digits = sum(char.isdecimal() for char in value)
        if value and not 9 <= digits <= 12:
            raise ValidationError(_("電話番号をお確かめください。例:03-0000-0000"))


class WhoForm(forms.Form):
    """Step 1."""

    required_css_class = "is-required"

    name = TextField(
        label=_("団体の名前"), max_length=120, required_words=_("団体の名前を入力してください。")
    )
    kana = KanaField(
        label=_("ふりがな"),
        max_length=200,
        required_words=_("ふりがなを入力してください。"),
        help_text=_("カタカナでもかまいません。"),
    )
    legal_form = forms.ChoiceField(
        label=_("団体の種類"), choices=LegalForm.choices, initial=LegalForm.INFORMAL
    )
    email = MailAddressFormField(
        label=_("連絡用のメールアドレス"),
        required=False,
        help_text=_(
            "あると、途中で休んでも続きから入力できます。公開はしません。ない方は空のままで進めます。"
        ),
    )


class WhatForm(PickerFields, forms.Form):
    """Step 2."""

    required_css_class = "is-required"
    field_order = ("activity", "category", "summary")  # before what `PickerFields` asks

    activity = TextField(
        label=_("活動の名前"),
        max_length=120,
        help_text=_("例:ふれあいサロン。団体の名前と同じときは、空のままで進めます。"),
    )
    category = forms.ModelChoiceField(
        label=_("活動の種類"),
        queryset=Category.objects.none(),
        empty_label=_("選んでください"),
        error_messages={
            "required": _("活動の種類を選んでください。"),
            "invalid_choice": _("この中から1つ選んでください。"),
        },
    )
    summary = TextField(
        label=_("どんな活動ですか"),
        max_length=200,
        required_words=_("どんな活動か、1〜2文で書いてください。"),
        help_text=_("1〜2文で。例:お茶を飲みながらおしゃべりする集まりです。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    schedule = TextField(
        label=_("いつ(文で書くとき)"),
        max_length=300,
        help_text=_("例:第2・第4木曜 13:30〜15:30(祝日は休み)。両方あれば、この文を使います。"),
    )
    place = TextField(label=_("場所の名前"), max_length=120, help_text=_("例:烏山区民センター 2階"))
    address = TextField(label=_("場所の住所"), max_length=200, help_text=_("例:南烏山6-2-19"))
    is_private_home = forms.BooleanField(label=_("個人の家です(住所は公開しません)"), required=False)
    district = forms.ChoiceField(
        label=_("地区"),
        required=False,
        help_text=_("住所を書いた方は、選ばなくてもかまいません。"),
        error_messages={"invalid_choice": _("この中から1つ選んでください。")},
    )
    fee_kind = forms.ChoiceField(
        label=_("参加の費用"), choices=_FEES, initial=FeeKind.UNKNOWN, widget=forms.RadioSelect
    )
    fee_note = TextField(label=_("金額"), max_length=200, help_text=_("有料のときだけ。例:1回100円(お茶代)"))
    join_policy = forms.ChoiceField(
        label=_("参加のしかた"),
        choices=JoinPolicy.choices,
        initial=JoinPolicy.UNKNOWN,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["category"]
        kinds.queryset = Category.objects.kinds().select_related("parent")
        kinds.choices = [("", kinds.empty_label), *_kinds_by_element(kinds.queryset)]
        places: Any = self.fields["district"]
        places.choices = [("", _("選んでください")), *district_groups()]
        #: Between which districts the address leaves the choice.
        self.candidates: tuple[Area, ...] = ()
        self.area: Area | None = None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.clean_picks(
            _("いつ開いているか、選ぶか書いてください。決まっていないときは「不定期」と書いてください。")
        )
        chosen = district_at_path(said.get("district") or "")
        found = locate(said["address"]) if said.get("address") else None
        self.area = (found.district if found is not None else None) or chosen
        if self.area is None and not {"address", "district"} & set(self.errors):
            self.candidates = found.candidates if found is not None else ()
            self.add_error("district", self._which_district(bool(found)))
        return said

    def _which_district(self, has_address: bool) -> Any:
        if self.candidates:
            names = "、".join(area.name for area in self.candidates)
            return _("住所だけでは地区が決まりません(%(names)s)。地区を選んでください。") % {"names": names}
        if has_address:
            return _("この住所の地区がわかりませんでした。地区を選んでください。")
        return _("場所の住所を書くか、地区を選んでください。")


def _kinds_by_element(kinds: Any) -> list[tuple[str, list[tuple[int, str]]]]:
    """(element, [(key, kind)]): a list of forty is found through by its headings."""
    ordered = sorted(kinds, key=lambda kind: (kind.parent.order, kind.parent.pk))
    return [
        (element.name, [(kind.pk, kind.name) for kind in group])
        for element, group in groupby(ordered, key=lambda kind: kind.parent)
    ]


class ReachForm(forms.Form):
    """Step 3."""

    required_css_class = "is-required"

    representative = TextField(
        label=_("代表の方の氏名"),
        max_length=60,
        required_words=_("代表の方の氏名を入力してください。"),
        help_text=_("職員だけが見ます。公開しません。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    representative_kana = KanaField(label=_("氏名のふりがな"), max_length=100)
    phone = PhoneField(
        label=_("電話番号"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    phone_is_public = forms.BooleanField(label=_("電話番号を公開してよい"), required=False)
    email = MailAddressFormField(label=_("メールアドレス"), required=False)
    email_is_public = forms.BooleanField(label=_("メールアドレスを公開してよい"), required=False)
    photo = forms.FileField(
        label=_("写真"),
        required=False,
        help_text=_("1枚だけ。10MBまで。あとから足せます。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
    )
    photo_description = TextField(
        label=_("写真の説明"),
        max_length=200,
        help_text=_("見えない方に伝わる言葉で。例:机を囲んでお茶を飲む様子"),
    )
    people_consent = forms.ChoiceField(
        label=_("写真に写っている人"),
        required=False,
        choices=[("", _("写真はありません")), *Photo.PeopleConsent.choices],
    )
    consent = forms.BooleanField(
        label=_("確かめたうえで、この内容を掲載することに同意します"),
        error_messages={"required": _("掲載するには、同意がいります。")},
    )

    def clean_photo(self) -> Any:
        file = self.cleaned_data.get("photo")
        if not file:
            return None
        if file.size > MAX_BYTES:
            raise ValidationError(_("写真が大きすぎます(10MBまで)。"))
        return cleaned_photo(file)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not {"phone", "email"} & set(self.errors) and not (said.get("phone") or said.get("email")):
            self.add_error("phone", _("電話番号かメールアドレスの、どちらかを入力してください。"))
        if said.get("photo"):
            if not said.get("photo_description"):
                self.add_error("photo_description", _("写真の説明を書いてください。"))
            if said.get("people_consent") in ("", Photo.PeopleConsent.MISSING, None):
                self.add_error("people_consent", _("写っている人の同意があるか、選んでください。"))
        return said


#: Step → its name in the answers and its form.
STEPS: dict[int, tuple[str, type[forms.Form]]] = {
    1: ("who", WhoForm),
    2: ("what", WhatForm),
    3: ("reach", ReachForm),
}
