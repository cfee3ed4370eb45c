"""「いっしょに活動した団体」 on a group's forms: groups nearby to tick, and a box to look for any other by its name.

The box works without a script: several groups of that name come back as boxes to tick, one is taken at once.
"""

from __future__ import annotations

from typing import Any

import jaconv
from django import forms
from django.db.models import Q, QuerySet
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from directory.models import Organization

#: More than these nobody looks through: of the groups of the same places, and of those with the name looked for.
MOST_NEAR = 80
MOST_FOUND = 12


class PartnerFields(metaclass=DeclarativeFieldsMetaclass):
    """The two fields, for a `PartForm` whose model has `partners`. Call `offer_partners`, `clean_partner_words`."""

    partners = forms.ModelMultipleChoiceField(
        label=_l("いっしょに活動した団体"),
        queryset=Organization.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    partner_words = forms.CharField(
        label=_l("ほかの団体をさがして加える"),
        required=False,
        max_length=60,
        help_text=_l("団体の名前の一部か、団体のページの番号。いくつもあるときは、保存すると候補が出ます。"),
    )

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    errors: Any
    add_error: Any
    add_prefix: Any
    data: Any

    def offer_partners(self, draft: Any, organization: Organization | None) -> None:
        """Offer groups of the same places and those the draft names; any public group may be sent."""
        self._own = organization
        named = [row.pk for row in draft.partners.all()]
        public = self._others()
        self.fields["partners"].queryset = Organization.objects.filter(
            Q(pk__in=public.values("pk")) | Q(pk__in=named)
        )
        places = organization.areas.all() if organization else []
        near = public.filter(areas__in=places).order_by("kana", "pk").distinct()[:MOST_NEAR]
        self._offered = {*near.values_list("pk", flat=True), *named, *self._ticked()}
        self._show(self._offered)

    def _ticked(self) -> set[int]:
        """What was sent: boxes of an earlier search stay on the page."""
        said = self.data.getlist(self.add_prefix("partners")) if hasattr(self.data, "getlist") else []
        keys = [key for key in said[:MOST_NEAR] if key.isascii() and key.isdecimal() and len(key) < 19]
        offered = self.fields["partners"].queryset
        return set(offered.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()

    def _show(self, keys: set[int]) -> None:
        rows = Organization.objects.filter(pk__in=keys).order_by("kana", "pk").values_list("pk", "name")
        self.fields["partners"].choices = list(rows)

    def clean_partner_words(self) -> str:
        words: str = self.cleaned_data["partner_words"].strip()
        if not words:
            return ""
        found = list(self._named(words)[: MOST_FOUND + 1])
        ticked = {row.pk for row in self.cleaned_data.get("partners") or []}
        if ticked & {row.pk for row in found}:  # somebody has chosen among them
            return ""
        self._show(self._offered | {row.pk for row in found[:MOST_FOUND]})
        if len(found) != 1:
            raise forms.ValidationError(_why(words, len(found)))
        self.cleaned_data["partners"] = Organization.objects.filter(pk__in={found[0].pk, *ticked})
        return ""

    def _named(self, words: str) -> QuerySet:
        reading = jaconv.kata2hira(jaconv.h2z(words))
        fits = Q(name__icontains=words) | Q(kana__icontains=reading) | Q(code=words.upper()[:8])
        return self._others().filter(fits).order_by("kana", "pk")

    def _others(self) -> QuerySet:
        public = Organization.objects.published()
        return public.exclude(pk=self._own.pk) if self._own else public


def _why(words: str, count: int) -> str:
    if not count:
        return _("「%(words)s」という団体は見つかりませんでした。ちがう書き方でお試しください。") % {
            "words": words
        }
    if count > MOST_FOUND:
        return _("「%(words)s」に合う団体が多すぎます。もう少し長く書いてください。") % {"words": words}
    return _("「%(words)s」に合う団体が%(count)s件あります。上の一覧から選んでください。") % {
        "words": words,
        "count": count,
    }
