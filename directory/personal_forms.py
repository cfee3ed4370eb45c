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
    """The kinds a person likes."""

    kinds = forms.ModelMultipleChoiceField(
        label=_("種類"),
        queryset=Category.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("一覧からえらんでください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kinds"]
        kinds.queryset = Category.objects.kinds()
