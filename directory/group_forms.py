"""The short forms of a group's entry: what it is, who may come, where, how to reach it. Each works on a draft.

A form is made from a draft and writes into it with `write(user)`; saving it is the view's.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from .choices import ContactAudience, JoinPolicy, PlaceVisibility
from .models import Category, Organization, Resource, ResourceContact
from .models.contacts import Contact
from .services.group_places import place_for

_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
MOST_KINDS = 3
MOST_CONTACTS = 5


def plain(text: str) -> str:
    """Text without the tags somebody pasted along; 「a < b」 stays."""
    return strip_tags(text).strip() if _TAG.search(text) else text.strip()


class PartForm(forms.ModelForm):
    """A part of an entry as a form. Text is text: no tags come in."""

    def __init__(self, *args: Any, draft: Resource | Organization, **kwargs: Any) -> None:
        super().__init__(*args, instance=draft, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = plain(value)
        return cleaned

    def write(self, user: Any) -> None:
        """Put what was typed into the draft."""
        for name in self._meta.fields:
            field = self._meta.model._meta.get_field(name)
            if field.many_to_many:
                getattr(self.instance, name).set(self.cleaned_data[name])


class ContentForm(PartForm):
    """「内容」."""

    categories = forms.ModelMultipleChoiceField(
        label=_("種類"),
        queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("3つまで選べます。"),
        error_messages={"required": _("種類を1つは選んでください。")},
    )

    class Meta:
        model = Resource
        fields = ["name", "kana", "categories", "summary", "description", "plain_description"]
        labels = {"summary": _("ひとこと紹介")}
        help_texts = {"plain_description": _("子どもや、日本語を勉強中の人にもわかる言葉で。")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "description": forms.Textarea(attrs={"rows": 8}),
            "plain_description": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].queryset = Category.objects.kinds().order_by("order", "pk")
        self.fields["summary"].required = True

    def clean_categories(self) -> Any:
        chosen = self.cleaned_data["categories"]
        if len(chosen) > MOST_KINDS:
            raise ValidationError(_("種類は3つまでにしてください。"))
        return chosen


class JoinForm(PartForm):
    """「参加のしかた・費用」."""

    class Meta:
        model = Resource
        fields = [
            "audiences",
            "who_may_come",
            "join_policy",
            "join_note",
            "fee_kind",
            "fee_adult",
            "fee_note",
            "capacity",
            "bring",
        ]
        labels = {"fee_adult": _("大人1回(円)"), "capacity": _("定員(人)")}
        widgets = {
            "audiences": forms.CheckboxSelectMultiple,
            "join_policy": forms.RadioSelect,
            "fee_kind": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["join_policy"].choices = JoinPolicy.choices


class PlaceForm(PartForm):
    """「どこ」. A place somebody else wrote is never changed: another name or address makes another place."""

    place_name = forms.CharField(
        label=_("場所の名前"), max_length=120, required=False, help_text=_("例:烏山区民センター")
    )
    address = forms.CharField(
        label=_("住所"), max_length=200, required=False, help_text=_("例:南烏山六丁目2-19")
    )
    access_note = forms.CharField(
        label=_("行き方"), max_length=200, required=False, help_text=_("例:千歳烏山駅から歩いて5分")
    )
    home = forms.ModelChoiceField(
        label=_("地区"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("住所から自動で決める"),
        help_text=_("住所を書かないときや、住所から地区がわからないときだけ選んでください。"),
    )

    class Meta:
        model = Resource
        fields = ["place_visibility", "is_online"]
        widgets = {"place_visibility": forms.RadioSelect}

    field_order = ("place_name", "address", "access_note", "place_visibility", "is_online", "home")

    def __init__(self, *args: Any, draft: Resource, **kwargs: Any) -> None:
        venue = draft.venue
        known = {
            "place_name": venue.name if venue else "",
            "address": venue.address if venue else "",
            "access_note": venue.access_note if venue else "",
            "home": draft.district_id if venue is None else None,
        }
        kwargs["initial"] = known | kwargs.get("initial", {})
        super().__init__(*args, draft=draft, **kwargs)
        self.fields["home"].queryset = Area.objects.districts().select_related("parent").in_order()
        self.fields["place_visibility"].choices = PlaceVisibility.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            self.place = place_for(
                self.instance,
                name=cleaned["place_name"],
                address=cleaned["address"],
                access_note=cleaned["access_note"],
                home=cleaned["home"],
            )
        except ValidationError as error:
            self.add_error("home", error)
        return cleaned

    def write(self, user: Any) -> None:
        super().write(user)
        self.place.write_into(self.instance, user)


class ContactForm(forms.ModelForm):
    """One way to reach the group."""

    class Meta:
        model = ResourceContact
        fields = ["name", "phone", "hours", "email", "fax", "line_url", "url", "audience"]
        labels = {"name": _("担当の名前"), "url": _("ホームページ"), "line_url": _("LINEのリンク")}
        widgets = {
            "audience": forms.RadioSelect,
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = ContactAudience.choices


class BaseContacts(forms.BaseFormSet):
    """The contacts of a draft, and an empty one."""

    model: type[Contact] = ResourceContact

    def __init__(self, *args: Any, contacts: list[Any], **kwargs: Any) -> None:
        self.contacts = contacts
        super().__init__(*args, initial=[{} for _contact in contacts], **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        known = index is not None and index < len(self.contacts)
        row = self.contacts[index] if known else self.model(audience=ContactAudience.PUBLIC)  # type: ignore[index]
        return super().get_form_kwargs(index) | {"instance": row}


Contacts = forms.formset_factory(
    ContactForm,
    formset=BaseContacts,
    extra=1,
    can_delete=True,
    max_num=MOST_CONTACTS,
    absolute_max=MOST_CONTACTS * 2,
)


class ContactsForm(forms.Form):
    """「連絡先」: all of them on one page."""

    formset: Any = Contacts

    def __init__(self, data: Any = None, files: Any = None, *, draft: Resource | Organization) -> None:
        super().__init__(data)
        self.draft = draft
        self.contacts = self.formset(data, contacts=list(draft.contacts.all()), prefix="contacts")
        self.formsets = {"contacts": self.contacts}
        for form in self.contacts:
            form.fields["DELETE"].label = _("この連絡先をなくす")

    def is_valid(self) -> bool:
        return super().is_valid() and self.contacts.is_valid()

    def write(self, user: Any) -> None:
        gone = self.contacts.deleted_forms
        kept = [
            form.instance
            for number, form in enumerate(self.contacts.forms)
            if form not in gone and (number < len(self.contacts.contacts) or form.has_changed())
        ]
        for number, contact in enumerate(kept):
            contact.sort_order = number
        self.draft.contacts = kept
