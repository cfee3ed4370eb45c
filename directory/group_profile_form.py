"""The form of what a group says of itself: its name, a few words, how to reach it. It works on a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .group_forms import MOST_CONTACTS, BaseContacts, ContactForm, ContactsForm, PartForm
from .group_parts import Part
from .models import Organization, OrganizationContact
from .sns_links import SnsLinksField


class GroupContactForm(ContactForm):
    """One way to reach the group itself."""

    class Meta(ContactForm.Meta):
        model = OrganizationContact  # type: ignore[assignment]


class BaseGroupContacts(BaseContacts):
    model = OrganizationContact


class GroupContactsForm(ContactsForm):
    """All of them."""

    formset = forms.formset_factory(
        GroupContactForm,
        formset=BaseGroupContacts,
        extra=1,
        can_delete=True,
        max_num=MOST_CONTACTS,
        absolute_max=MOST_CONTACTS * 2,
    )


class ProfileForm(PartForm):
    """「団体の紹介」. What staff decide (state, trust, places) is no part of it."""

    sns_links = SnsLinksField()

    class Meta:
        model = Organization
        fields = ["name", "kana", "legal_form", "description", "plain_description", "website", "sns_links"]
        labels = {"legal_form": _("団体の種類"), "description": _("どんな団体ですか")}
        help_texts = {
            "description": _("どんな人が、どんな思いで活動しているか。3〜5文で。"),
            "plain_description": _("子どもや、日本語を勉強中の人にもわかる言葉で。"),
            "website": _("例:https://example.jp/"),
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "plain_description": forms.Textarea(attrs={"rows": 4}),
            "website": forms.URLInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, data: Any = None, files: Any = None, *, draft: Organization) -> None:
        super().__init__(data, draft=draft)
        self.ways = GroupContactsForm(data, draft=draft)
        self.formsets = self.ways.formsets

    def is_valid(self) -> bool:
        own, ways = super().is_valid(), self.ways.is_valid()
        return own and ways

    def write(self, user: Any) -> None:
        super().write(user)
        self.ways.write(user)


PROFILE = Part(
    "profile",
    _("団体の紹介・連絡先"),
    ProfileForm,
    (*ProfileForm.Meta.fields, "contacts"),
    "speech",
)
