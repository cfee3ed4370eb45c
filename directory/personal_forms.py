"""What people change of what they keep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Category, SavedSearch


class SearchNameForm(forms.ModelForm):
    """The name of a question to ask again."""

    class Meta:
        model = SavedSearch
        fields = ["name"]
        labels = {"name": _("条件の名前")}


class KindsForm(forms.Form):
    """The kinds a person likes, by their code. Cleaned, they are rows of `Category`."""

    kinds = forms.MultipleChoiceField(
        label=_("種類"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("一覧からえらんでください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by_code = {kind.code: kind for kind in Category.objects.kinds()}
        field: Any = self.fields["kinds"]
        field.choices = [(code, kind.name) for code, kind in self._by_code.items()]

    def clean_kinds(self) -> list[Category]:
        return [self._by_code[code] for code in self.cleaned_data["kinds"]]
