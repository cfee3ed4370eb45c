"""「連絡先」 of a group's event: the one everybody sees. Others, made by staff, stay as they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext_lazy as _l

from directory.choices import ContactAudience

from .models import Event, EventContact

#: Field of the form → of the contact.
_FIELDS = {"contact_name": "name", "contact_phone": "phone", "contact_email": "email"}


class ContactFields(metaclass=DeclarativeFieldsMetaclass):
    """The fields. For a form with `instance` (the draft)."""

    contact_phone = forms.CharField(
        label=_l("問い合わせの電話"),
        max_length=20,
        required=False,
        help_text=_l("だれでも見られます。例:03-0000-0000"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    contact_email = forms.EmailField(label=_l("問い合わせのメール"), required=False)
    contact_name = forms.CharField(label=_l("担当の名前"), max_length=60, required=False)

    instance: Event
    cleaned_data: dict[str, Any]
    errors: Any
    add_error: Any
    contact: EventContact | None = None

    @staticmethod
    def contact_of(draft: Event) -> dict[str, Any]:
        """What stands in the fields at first."""
        contact = _public(draft)
        return {field: getattr(contact, name) for field, name in _FIELDS.items()} if contact else {}

    def clean_contact(self) -> None:
        """Make the contact. Called from `clean`."""
        said = {name: self.cleaned_data.get(field) or "" for field, name in _FIELDS.items()}
        contact = _public(self.instance) or EventContact(audience=ContactAudience.PUBLIC)
        for name, value in said.items():
            setattr(contact, name, value)
        if not str(contact) or any(field in self.errors for field in _FIELDS):
            return
        try:
            contact.clean()
        except ValidationError as error:
            self.add_error("contact_phone", error.messages)
        else:
            self.contact = contact

    def write_contact(self) -> None:
        """Put it in the place of the one before; without any, that one goes."""
        before = _public(self.instance)
        rest = [row for row in self.instance.contacts.all() if row is not before]
        rows = [self.contact, *rest] if self.contact is not None else rest
        for number, row in enumerate(rows):
            row.sort_order = number
        setattr(self.instance, "contacts", rows)  # noqa: B010 - a relation of the draft takes a list


def _public(draft: Event) -> EventContact | None:
    return next((row for row in draft.contacts.all() if row.audience == ContactAudience.PUBLIC), None)
