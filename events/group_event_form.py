"""Posting an event from the phone: one page, the most of it filled in already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from areas.models import Area
from directory.choices import FeeKind, PlaceVisibility
from directory.group_forms import PartForm
from directory.models import Category, Photo, Venue
from directory.photo_files import cleaned_photo
from directory.services.group_places import place_for
from directory.services.photos import add_photo

from .choices import AttendanceMode, Need, SignUpPolicy
from .group_event_contact import ContactFields
from .group_event_when import WhenFields, when_of
from .group_partners import PartnerFields
from .models import Event, EventPhoto
from .services.posting import known_venues, strictest_visibility

MOST_PHOTOS = 6
_CONSENTS = [
    (Photo.PeopleConsent.NOBODY, _l("人は写っていない(顔がわからない)")),
    (Photo.PeopleConsent.GIVEN, _l("写っている人みんなに、載せてよいと聞いた")),
]


class GroupEventForm(WhenFields, ContactFields, PartnerFields, PartForm):
    """A draft of an event as a form. `is_sending`: what a review needs must be there."""

    venue = forms.ModelChoiceField(
        label=_l("会場"),
        queryset=Venue.objects.none(),
        required=False,
        blank=True,
        widget=forms.RadioSelect,
        empty_label=_l("ほかの場所(下に書く)"),
    )
    place_name = forms.CharField(label=_l("ほかの場所の名前"), max_length=120, required=False)
    address = forms.CharField(label=_l("ほかの場所の住所"), max_length=200, required=False)
    home = forms.ModelChoiceField(
        label=_l("地区"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_l("会場から自動で決める"),
        help_text=_l("オンラインのときや、住所から地区がわからないときだけ選んでください。"),
    )
    needs_asked = forms.MultipleChoiceField(
        label=_l("申込みのときに聞く配慮"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_l("用意できるものだけ選んでください。"),
    )
    photo = forms.FileField(
        label=_l("写真"),
        required=False,
        help_text=_l("10MBまで。撮った場所の記録は、自動で消します。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}),
    )
    photo_words = forms.CharField(
        label=_l("何が写っていますか"),
        max_length=255,
        required=False,
        help_text=_l("写真を加えるとき。目の見えない方にも伝わるように、1文で。"),
    )
    photo_consent = forms.ChoiceField(
        label=_l("写っている人"), choices=_CONSENTS, required=False, widget=forms.RadioSelect
    )
    photos_out = forms.TypedMultipleChoiceField(
        label=_l("外す写真"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Event
        fields = [
            "title",
            "kind",
            "summary",
            "body",
            "attendance_mode",
            "place_note",
            "place_visibility",
            "audiences",
            "who_may_come",
            "min_age",
            "max_age",
            "fee_kind",
            "fee",
            "fee_note",
            "bring",
            "signup_policy",
            "signup_unit",
            "signup_url",
            "capacity",
            "has_waiting_list",
            "closes_days_before",
            "max_party",
            "needs_asked",
            "joining_text",
            "categories",
            "partners",
        ]
        help_texts = {"summary": _l("どんな催しか、1文か2文で。審査に出すときは、書いてください。")}
        widgets = {
            "kind": forms.Select,
            "summary": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 6}),
            "attendance_mode": forms.RadioSelect,
            "audiences": forms.CheckboxSelectMultiple,
            "categories": forms.CheckboxSelectMultiple,
            "fee_kind": forms.RadioSelect,
            "signup_policy": forms.RadioSelect,
            "signup_unit": forms.RadioSelect,
            "joining_text": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, draft: Event, is_sending: bool = False, **kwargs: Any) -> None:
        self.is_sending = is_sending
        self.photos = list(draft.photos.all())
        first = when_of(draft) | self.contact_of(draft)
        first |= {"venue": draft.venue_id, "home": draft.district_id if draft.venue is None else None}
        # Of a draft that was never saved Django reads no lists.
        lists = ("audiences", "categories", "partners")
        first |= {name: [row.pk for row in getattr(draft, name).all()] for name in lists}
        kwargs["initial"] = first | kwargs.get("initial", {})
        super().__init__(*args, draft=draft, **kwargs)
        self._offer(draft)

    def _offer(self, draft: Event) -> None:
        fields: dict[str, Any] = self.fields
        own = Venue.objects.filter(pk=draft.venue_id or 0)
        fields["venue"].queryset = (
            known_venues(draft.organization) | own if draft.organization else own
        ).distinct()
        fields["home"].queryset = Area.objects.districts().select_related("parent").in_order()
        fields["place_visibility"].choices = PlaceVisibility.choices
        fields["fee_kind"].choices = [choice for choice in FeeKind.choices if choice[0] != FeeKind.UNKNOWN]
        fields["photos_out"].choices = [(item.photo_id, item.photo.default_alt_text) for item in self.photos]
        fields["max_party"].min_value = 1
        fields["categories"].queryset = Category.objects.kinds().order_by("order", "pk")
        fields["partners"].label = _("いっしょに開く団体")
        self.offer_partners(draft, draft.organization)

    @property
    def has_venues(self) -> bool:
        """Is there a place to choose?"""
        return bool(self.fields["venue"].queryset.exists())

    def add_error(self, field: str | None, error: Any) -> None:
        """A draft may carry a fault in a field this form does not show: said on top then."""
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                shown = name if name in self.fields else None
                super().add_error(None if name == NON_FIELD_ERRORS else shown, errors)
            return
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.clean_when()
        self.clean_contact()
        self._clean_fee(cleaned)
        self._clean_photo(cleaned)
        self._clean_place(cleaned)
        if self.is_sending and not cleaned.get("summary") and "summary" not in self.errors:
            self.add_error("summary", _("ひとこと紹介を書いてください。"))
        return cleaned

    def _clean_fee(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("fee_kind") == FeeKind.FREE:
            cleaned["fee"] = None
        if (cleaned.get("fee") or 0) > 1_000_000:
            self.add_error("fee", _("参加費が大きすぎます。"))

    def _clean_photo(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("photo"):
            return
        if not cleaned.get("photo_words"):
            self.add_error("photo_words", _("写真に何が写っているかを書いてください。"))
        if not cleaned.get("photo_consent"):
            self.add_error("photo_consent", _("写っている人の同意がない写真は、載せられません。"))
        if len(self.photos) - len(cleaned.get("photos_out") or []) >= MOST_PHOTOS:
            self.add_error("photo", _("写真は6枚までです。先に、どれかを外してください。"))

    def clean_photo(self) -> Any:
        file = self.cleaned_data.get("photo")
        return cleaned_photo(file) if file else None

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        self.place: Any = None
        typed = cleaned.get("place_name") or cleaned.get("address")
        if cleaned.get("attendance_mode") == AttendanceMode.ONLINE:
            if self.is_sending and not (cleaned.get("home") or self.instance.district):
                self.add_error("home", _("地区を選んでください。"))
        elif cleaned.get("venue") and typed:
            self.add_error("venue", _("ほかの場所にするときは、「ほかの場所」を選んでください。"))
        elif typed:
            self._name_place(cleaned)
        elif self.is_sending and not cleaned.get("venue") and "venue" not in self.errors:
            self.add_error("venue", _("会場を選ぶか、ほかの場所の名前を書いてください。"))

    def _name_place(self, cleaned: dict[str, Any]) -> None:
        try:
            self.place = place_for(
                self.instance,
                name=cleaned.get("place_name") or "",
                address=cleaned.get("address") or "",
                access_note="",
                home=cleaned.get("home"),
            )
        except ValidationError as error:
            self.add_error("home", error)

    def write(self, user: Any) -> None:
        """Put everything into the draft. A new place and a new photo become rows."""
        super().write(user)
        draft, said = self.instance, self.cleaned_data
        self.write_when()
        self.write_contact()
        self._write_place(user)
        if said["signup_policy"] != SignUpPolicy.OUTSIDE:
            draft.signup_url = ""
        kept = [item for item in self.photos if item.photo_id not in (said.get("photos_out") or [])]
        if said.get("photo"):
            words, consent = said["photo_words"], said["photo_consent"]
            photo = add_photo(file=said["photo"], description=words, people_consent=consent, person=user)
            kept.append(EventPhoto(photo=photo))
        for number, item in enumerate(kept):
            item.sort_order = number
        setattr(draft, "photos", kept)  # noqa: B010 - a relation of the draft takes a list

    def _write_place(self, user: Any) -> None:
        draft, said = self.instance, self.cleaned_data
        if self.place is not None:
            self.place.write_into(draft, user)
        else:
            draft.venue = None if said.get("attendance_mode") == AttendanceMode.ONLINE else said.get("venue")
            known = draft.venue.district if draft.venue else None
            draft.district = known or said.get("home") or draft.district
        if draft.venue is not None and draft.organization is not None:
            draft.place_visibility = strictest_visibility(
                draft.organization, draft.venue, draft.place_visibility
            )
