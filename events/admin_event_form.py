"""The staff's form of an event. It stays inside the places of whoever saves it, as entries do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from areas.models import Area
from directory.admin_forms import GroupedChoice, GroupedChoices, ResourceForm
from directory.models import Organization

from .choices import Need


class EventForm(ResourceForm):
    """An event. Its place is that of its venue, else the district it names."""

    district = GroupedChoice(
        queryset=Area.objects.none(),
        label=_("地区"),
        required=False,
        empty_label=_("区の全体(どの地区でもない)"),
        help_text=_("会場があれば、その地区になります。"),
    )
    categories = GroupedChoices(queryset=None, label=_("テーマ"), required=False)
    needs_asked = forms.MultipleChoiceField(
        label=_("申込みのときに聞く配慮"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = None  # type: ignore[assignment]  # entries have them, events do not

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "partners" in self.fields and self.for_user is not None:
            known = policy_registry.get_by_type(Organization).choosable(self.for_user)
            self.fields["partners"].queryset = Organization.objects.filter(
                pk__in={*known.values_list("pk", flat=True), *self._partners()}
            ).order_by("kana", "name")

    def _partners(self) -> list[int]:
        return [row.pk for row in self.instance.partners.all()]

    def clean_resource(self) -> Any:
        return self.chosen("resource", _("この活動は選べません。"))
