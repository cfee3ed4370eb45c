"""What is typed about gatherings: a group's card, and what the organisers set."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import Organization

from .models import Card, Gathering
from .services.gatherings import CARD_FIELDS


class CardForm(forms.ModelForm):
    """A card, as the group writes it. `version` says which one was on the screen."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Card
        fields = CARD_FIELDS
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("does", "seeks", "gives")}
        help_texts = {
            "does": _("例:毎月第2木曜に、だれでも来られるお茶会を開いています。"),
            "seeks": _("例:お茶を入れてくれる人、広い部屋"),
            "gives": _("例:折り紙を教えられます。車で荷物を運べます。"),
            "speaker": _("名札に書く名前です。ニックネームでもかまいません。"),
            "consents": _("同意した団体どうしだけが、おたがいのカードを見られます。"),
        }
        labels = {"consents": _("参加する団体に、このカードを見せてよい")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None
        people: Any = self.fields["people"]
        people.min_value, people.max_value = 1, 20
        people.widget.attrs |= {"min": 1, "max": 20}

    def clean_people(self) -> int:
        people = int(self.cleaned_data["people"])
        if not 1 <= people <= 20:
            raise forms.ValidationError(_("1人から20人までです。"))
        return people

    @property
    def seen(self) -> int | None:
        """The version on the screen; None where the group had no card there."""
        return self.cleaned_data.get("version")

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CARD_FIELDS}

    def _post_clean(self) -> None:
        """Nothing of the row is touched before the service writes it: what is typed is shown again as typed."""

    def save(self, commit: bool = True) -> Any:
        raise NotImplementedError("services.gatherings.write_card writes cards")


class SettingsForm(forms.ModelForm):
    """Until when cards and wishes are taken, and who may see the list of groups."""

    class Meta:
        model = Gathering
        fields = ("cards_until", "wishes_until", "directory_is_open")
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            for name in ("cards_until", "wishes_until")
        }


class StaffCardForm(CardForm):
    """A card typed in by staff, for a group without a login."""

    organization = forms.ModelChoiceField(label=_("団体"), queryset=Organization.objects.none())
    field_order = ("organization", *CARD_FIELDS)

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["organization"]
        chooser.queryset = organizations


class WishForm(forms.Form):
    """「つながりたい」, with a word about what to talk of."""

    to = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)
    note = forms.CharField(label=_("話したいこと"), max_length=200, required=False)
