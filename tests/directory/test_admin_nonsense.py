"""Whatever is typed into a form of the staff screens: an answer in Japanese, everything still there, never a crash."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.admin_forms_data import THURSDAYS, inline, resource_data
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory, VenueFactory, weekly_spec
from tests.factories.members import UserFactory

NONSENSE = {
    "markup": "'\"<script>alert(1)</script>{{7*7}}%(x)s%s",
    "nul": "な\x00ま\x00え",
    "long": "あ" * 10_000,
    "huge": "9" * 40,
    "minus": "-1",
    "full_width": "１２：３０",
    "date": "2026-02-30",
    "emoji": "😀👨‍👩‍👧‍👦‮‏",
    "words": "金曜日ではない",
    "float": "1e309",
}
CONTACT = {
    "name": "",
    "role": "",
    "phone": "",
    "fax": "",
    "hours": "",
    "email": "",
    "line_url": "",
    "url": "",
}
GROUPS = 4
ENGLISH_ERROR = re.compile(r"\b(Enter|Ensure|Select a valid|This field|invalid|characters)\b")


@pytest.fixture
def district(db: None) -> Any:
    return DistrictFactory()


@pytest.fixture
def staff(district: Any) -> Client:
    client = Client(raise_request_exception=True)
    user = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=district).user
    client.force_login(user)
    return client


_PLAIN = (
    *("summary", "description", "plain_description", "website", "tags", "organization", "venue", "join_note"),
    *("min_age", "max_age", "who_may_come", "capacity", "pickup_note", "bring", "meals_note"),
)
_MORE = (
    *("fee_adult", "fee_high_school", "fee_note", "paused_note", "notice", "notice_from", "notice_until"),
    *("source_name", "source_url", "source_licence", "languages", "audiences", "areas_served"),
)


def entry_form(district: Any) -> dict[str, Any]:
    return resource_data(
        district=str(district.pk),
        contacts=[CONTACT | {"audience": "staff"}],
        feature_answers=[{"feature": "", "answer": "unknown", "note": ""}],
        schedules=[
            THURSDAYS
            | {"original_text": "", "note": "", "venue": "", "dates": "", "monthdays": "", "interval": "2"}
        ],
        **dict.fromkeys([*_PLAIN, *_MORE], ""),
    )


def organization_form(district: Any) -> dict[str, Any]:
    fields = (
        "name kana legal_form description plain_description website sns_links logo areas status consented_on"
    )
    data = dict.fromkeys([*fields.split(), "corporate_number", "council_number", "parent"], "")
    data |= {"name": "ためしの会", "status": "registered", "areas": [str(district.pk)]}
    return data | inline("contacts", [CONTACT | {"audience": "staff"}])


def venue_form(district: Any) -> dict[str, Any]:
    fields = "kana address building floor postal_code lat lng access_note lend_capacity lend_fee lend_hours lend_rules"
    data = dict.fromkeys(fields.split(), "") | {"name": "ためし会館", "visibility": "exact"}
    return data | {"district": str(district.pk)} | inline("feature_answers", [])


FORMS = {"resources": entry_form, "organizations": organization_form, "venues": venue_form}


def check(response: Any, field: str, typed: str) -> None:
    """Saved, or shown again with what was typed and an error in Japanese."""
    assert response.status_code in (200, 302, 400, 409, 422), (field, typed[:20])
    if response.status_code != 200 or response.context is None or "form" not in response.context:
        return
    form = response.context["form"]
    texts = [str(error) for errors in form.errors.values() for error in errors]
    assert not [text for text in texts if ENGLISH_ERROR.search(text)], (field, typed[:20])
    if isinstance(getattr(form.fields.get(field), "widget", None), forms.TextInput | forms.Textarea):
        assert form[field].data in (typed, [typed]), (field, typed[:20])


@pytest.mark.parametrize("kind", NONSENSE)
@pytest.mark.parametrize("name", FORMS)
def test_nonsense_in_every_field_of_a_form_is_answered(
    staff: Client, district: Any, name: str, kind: str
) -> None:
    data, typed = FORMS[name](district), NONSENSE[kind]
    url = reverse(f"directory_{name}:add")
    fields = [field for field in data if not field.endswith("_FORMS")]
    for start in range(GROUPS):  # some fields wrong at a time: one error must not hide another
        wrong = dict.fromkeys(fields[start::GROUPS], typed)
        response = staff.post(url, data | wrong)
        for field in wrong:
            check(response, field, typed)
    assert staff.post(url, dict.fromkeys(data, typed)).status_code in (200, 302, 400)


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_in_the_small_forms_is_answered(staff: Client, district: Any, kind: str) -> None:
    typed = NONSENSE[kind]
    entry = ResourceFactory(venue=VenueFactory(district=district), schedules=[weekly_spec()])
    verify = {"method": "phone", "result": "confirmed", "field_group": "all", "on": "2026-11-01"}
    change = {"action": "add", "new_date": "2030-11-01"}
    for route, good, others in (
        ("verify", verify, ("by_label", "note")),
        ("change_date", change, ("occurrence", "schedule", "start", "end", "venue", "reason", "undo")),
    ):
        url = reverse(f"directory_resources:{route}", args=[entry.pk])
        for field in (*good, *others):
            response = staff.post(url, good | {field: typed})
            assert response.status_code in (200, 302, 404, 422), (field, typed[:20])
            if response.status_code == 422:
                check(response, field, typed)
