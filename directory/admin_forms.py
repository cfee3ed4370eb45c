"""Forms of the staff screens. Each knows where the person may work and refuses places outside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.permissions import policy_registry

from areas.choices import AreaKind
from areas.models import Area
from members.permissions import scope_for

from .models import Category
from .sns_links import SnsLinksField

_LANGUAGES = [
    ("en", _("英語")),
    ("zh", _("中国語")),
    ("ko", _("韓国・朝鮮語")),
    ("vi", _("ベトナム語")),
    ("tl", _("フィリピノ語")),
    ("ne", _("ネパール語")),
    ("id", _("インドネシア語")),
    ("my", _("ミャンマー語")),
    ("es", _("スペイン語")),
    ("pt", _("ポルトガル語")),
]


class GroupedIterator(forms.models.ModelChoiceIterator):
    """Choices under the name of their parent."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        rows = sorted(
            self.queryset, key=lambda row: (row.parent.order, row.parent_id) if row.parent else (-1, 0)
        )
        for parent, group in groupby(rows, key=lambda row: row.parent):
            yield (str(parent) if parent else _("全体"), [self.choice(row) for row in group])


class GroupedChoices(forms.ModelMultipleChoiceField):
    """Tick boxes grouped by parent (kinds by element, districts by area)."""

    iterator = GroupedIterator
    widget = forms.CheckboxSelectMultiple


class GroupedChoice(forms.ModelChoiceField):
    """A list to choose one from, grouped by parent."""

    iterator = GroupedIterator


class LanguagesField(forms.MultipleChoiceField):
    """Languages spoken, kept as a list of ISO 639-1 codes. A code that is not in the list stays."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_LANGUAGES, required=False, label=_("使える言葉(日本語のほか)"), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        known = {code for code, _label in self.choices}
        self.choices = [*self.choices, *((code, code) for code in value or [] if code not in known)]
        return value

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= 8 and str(value).replace("-", "").isalpha()


class StampedForm(WagtailAdminModelForm):
    """Keeps who made and who changed a row."""

    def save(self, commit: bool = True) -> Any:
        if self.for_user is not None:
            self.instance.updated_by = self.for_user
            if self.instance.pk is None:
                self.instance.created_by = self.for_user
        return super().save(commit)


def outside() -> ValidationError:
    """The error of every form that names a place the person does not work in."""
    return ValidationError(_("担当の地区の外です。その地区の担当者に登録を頼んでください。"), code="outside")


class PlacedForm(StampedForm):
    """A row that belongs to a place: it stays inside the places of whoever saves it."""

    place_field = "district"

    def places(self) -> list[Area | None]:
        """The places the row would belong to; [None] is everybody's."""
        return [self.cleaned_data.get("district")]

    def allows(self, action: str) -> bool:
        """May the person do `action` at the place the form names?"""
        scope = scope_for(self.for_user, action)
        return scope is not None and any(scope.includes(place) for place in self.places())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.for_user is not None and not self.allows("change"):
            self.add_error(self.place_field, outside())
        return cleaned

    def chosen(self, name: str, message: Any) -> Any:
        """The row chosen for `name`; `message` is the error where the person's chooser would not offer it."""
        row = self.cleaned_data.get(name)
        if row is not None and self._is_foreign(name, row):
            self._forget(name)
            raise ValidationError(message)
        return row

    def _forget(self, name: str) -> None:
        """Do not show the form again with a row the person may not see: its name would be told."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = ""

    def _is_foreign(self, name: str, row: Any) -> bool:
        """Was `row` typed past the chooser? What stands there already may stay."""
        if self.for_user is None or row.pk == self.initial.get(name):
            return False
        choosable = policy_registry.get_by_type(type(row)).choosable(self.for_user)
        return not choosable.filter(pk=row.pk).exists()

    def own_districts(self, name: str) -> None:
        """Offer the districts the person works in (and the one that stands there)."""
        scope = scope_for(self.for_user, "change") if self.for_user is not None else None
        districts = Area.objects.districts().select_related("parent").in_order()
        if scope is not None and not scope.is_everywhere:
            districts = districts.filter(
                pk__in={*scope.area_ids, getattr(self.instance, f"{name}_id")} - {None}
            )
        if name in self.fields:
            self.fields[name].queryset = districts


class VenueForm(PlacedForm):
    """A place."""

    district = GroupedChoice(
        queryset=Area.objects.none(), label=_("地区"), required=False, empty_label=_("まだ決まっていない")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_districts("district")


class OrganizationForm(PlacedForm):
    """A group. Its places are all the areas it works in."""

    place_field = "areas"
    areas = GroupedChoices(queryset=Area.objects.none(), label=_("活動する地域"), required=False)
    sns_links = SnsLinksField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "areas" in self.fields:
            self.fields["areas"].queryset = Area.objects.select_related("parent").in_order()

    def places(self) -> list[Area | None]:
        return list(self.cleaned_data.get("areas") or []) or [None]


class ResourceForm(PlacedForm):
    """An entry. Its place is that of its venue, else the district it names."""

    district = GroupedChoice(
        queryset=Area.objects.none(),
        label=_("地区"),
        required=False,
        empty_label=_("まだ決まっていない"),
        help_text=_("場所が決まっていないときだけ選んでください。場所があれば、その地区になります。"),
    )
    categories = GroupedChoices(queryset=None, label=_("種類"))
    areas_served = GroupedChoices(
        queryset=Area.objects.none(),
        label=_("対象の地域"),
        required=False,
        help_text=_("どこに住む人のためのものか。だれでもよければ選びません。"),
    )
    languages = LanguagesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_districts("district")
        for name, rows in self._lists().items():
            if name in self.fields:
                self.fields[name].queryset = rows

    def _lists(self) -> dict[str, Any]:
        return {
            "categories": Category.objects.kinds().select_related("parent"),
            "areas_served": Area.objects.exclude(kind=AreaKind.DISTRICT, parent=None)
            .select_related("parent")
            .in_order(),
        }

    def places(self) -> list[Area | None]:
        venue = self.cleaned_data.get("venue")
        if venue is not None and venue.district_id is not None:
            return [venue.district]
        return [self.cleaned_data.get("district")]

    def clean_organization(self) -> Any:
        return self.chosen("organization", _("この団体は選べません。"))

    def clean_venue(self) -> Any:
        venue = self.cleaned_data.get("venue")
        if venue is not None and self._is_foreign("venue", venue):
            self._forget("venue")
            raise outside()
        return venue
