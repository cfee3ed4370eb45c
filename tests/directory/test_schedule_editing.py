"""Timetables as a person enters them: boxes, pasted text, and what is understood."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from directory.choices import ParseStatus
from directory.models import Resource
from directory.schedule_choices import IncompleteChoices, choices_from_spec, spec_from_choices
from directory.schedule_understanding import read_dates, read_monthdays, understand_text
from directory.schedules.periods import ClosedPeriod, NamedPeriod
from directory.schedules.rules import Rule, Slot
from directory.schedules.spec import HolidayPolicy, Kind, ScheduleSpec
from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.admin_forms_data import THURSDAYS, resource_data
from tests.factories.areas import DistrictFactory
from tests.factories.directory import ResourceFactory, VenueFactory, weekly_spec
from tests.factories.members import UserFactory

TODAY = date(2026, 11, 20)


def regular(rrule: str, **options: object) -> ScheduleSpec:
    return ScheduleSpec(kind=Kind.REGULAR, rules=(Rule.from_rrule(rrule),), **options)


SAYABLE = [
    regular("FREQ=WEEKLY;BYDAY=TU,FR", slots=(Slot(time(10), time(12)),), holidays=HolidayPolicy.OFF),
    regular("FREQ=MONTHLY;BYDAY=2TH,4TH", slots=(Slot(time(13, 30), time(15, 30)),)),
    regular("FREQ=MONTHLY;BYDAY=1SA,-1SA", holidays=HolidayPolicy.NEXT_WEEK),
    regular("FREQ=MONTHLY;BYMONTHDAY=15,29,-1"),
    regular("FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", anchor=date(2026, 11, 7)),
    regular("FREQ=MONTHLY;BYMONTH=1,3,5,7,9,11;BYDAY=2WE"),
    regular(
        "FREQ=WEEKLY;BYDAY=MO",
        closed=(
            ClosedPeriod(name=NamedPeriod.OBON),
            ClosedPeriod(start=date(2027, 1, 5), end=date(2027, 1, 9)),
        ),
        starts_on=date(2026, 4, 1),
        until=date(2027, 3, 31),
    ),
    ScheduleSpec(kind=Kind.DATES, dates=(date(2026, 12, 5), date(2027, 1, 9)), slots=(Slot(time(9)),)),
    ScheduleSpec(kind=Kind.APPOINTMENT),
    ScheduleSpec(kind=Kind.IRREGULAR, note="原則"),
    ScheduleSpec(kind=Kind.ALWAYS),
]


@pytest.mark.parametrize("spec", SAYABLE)
def test_a_rule_survives_being_opened_and_saved(spec: ScheduleSpec) -> None:
    values = choices_from_spec(spec)
    assert values is not None
    assert spec_from_choices(values) == spec


def test_a_rule_the_boxes_cannot_say_is_not_offered_as_boxes() -> None:
    two_rules = ScheduleSpec(
        kind=Kind.REGULAR,
        rules=(Rule.from_rrule("FREQ=MONTHLY;BYDAY=2TU,4TH"), Rule.from_rrule("FREQ=WEEKLY;BYDAY=SU")),
    )
    crossed = regular("FREQ=MONTHLY;BYDAY=2TU,4TH")  # boxes would add 第2木曜 and 第4火曜
    assert choices_from_spec(two_rules) is None
    assert choices_from_spec(crossed) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "how"),
        ({"how": "weekly"}, "weekdays"),
        ({"how": "nth", "weekdays": [3]}, "ordinals"),
        ({"how": "monthdays"}, "monthdays"),
        ({"how": "dates"}, "dates"),
        ({"how": "always", "end_1": time(12)}, "start_1"),
        ({"how": "always", "start_1": time(12), "end_1": time(10)}, "end_1"),
        ({"how": "weekly", "weekdays": [1], "starts_on": TODAY, "until": date(2026, 1, 1)}, "until"),
        (
            {"how": "weekly", "weekdays": [1], "closed_from": TODAY, "closed_to": date(2026, 1, 1)},
            "closed_to",
        ),
    ],
)
def test_what_is_missing_is_named_at_its_box(values: dict, field: str) -> None:
    with pytest.raises(IncompleteChoices) as error:
        spec_from_choices(values)
    assert error.value.field == field


def test_dates_and_days_are_read_however_they_are_typed() -> None:
    assert read_monthdays("１５日、29 末日") == [15, 29, -1]
    assert read_dates("2026-12-05\n2027年1月9日、1/16", TODAY) == [
        date(2026, 12, 5),
        date(2027, 1, 9),
        date(2027, 1, 16),
    ]
    for text in ("32", "つぎの土曜"):
        with pytest.raises(IncompleteChoices):
            read_monthdays(text)
    with pytest.raises(IncompleteChoices, match="毎週火曜"):
        read_dates("毎週火曜", TODAY)


def test_a_text_not_understood_stays_as_it_is_and_the_person_is_told() -> None:
    found = understand_text("気が向いたらやります", TODAY)
    assert found.status == ParseStatus.UNPARSED
    assert found.wording == "気が向いたらやります"
    assert found.dates == ()
    assert found.said


@pytest.fixture
def staff(db: None) -> Client:
    """A member of staff of one district, which hangs on `staff.district`."""
    client = Client()
    client.district = DistrictFactory()
    client.force_login(
        assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=client.district).user
    )
    return client


ADD = "directory_resources:add"


def understood(client: Client, **fields: object) -> tuple[int, dict]:
    data = {"prefix": "schedules-0", **{f"schedules-0-{name}": value for name, value in fields.items()}}
    response = client.post(
        reverse("directory_resources:understand"), data, headers={"accept": "application/json"}
    )
    return response.status_code, response.json()


def test_boxes_are_understood_before_saving(staff: Client, fixed_clock: object) -> None:
    status, said = understood(staff, **THURSDAYS)
    assert status == 200
    assert said["status"] == "parsed"
    assert said["wording"] == "第2・第4木曜日 13:30〜15:30(祝日は休み)"
    assert said["dates"] == [
        "2026-11-26",
        "2026-12-10",
        "2026-12-24",
        "2027-01-14",
        "2027-01-28",
        "2027-02-25",
    ]


def test_a_pasted_text_is_understood_before_saving(staff: Client, fixed_clock: object) -> None:
    status, said = understood(staff, entry="text", original_text="第２・第４木曜 13:30〜15:30（祝日休み）")
    assert (status, said["wording"]) == (200, "第2・第4木曜日 13:30〜15:30(祝日は休み)")
    assert said["dates"][0] == "2026-11-26"


def test_a_fortnight_without_a_first_day_invents_no_dates(staff: Client) -> None:
    status, said = understood(staff, entry="pick", how="every_n_weeks", weekdays=["5"], interval="2")
    assert (status, said["status"], said["dates"]) == (200, "partial", [])
    assert said["said"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"entry": "nonsense"},
        {"entry": "text", "original_text": "あ" * 3000},
        {"entry": "pick", "how": "weekly", "weekdays": ["9"]},
        {"entry": "pick", "how": "dates", "dates": "\x00"},
        {"entry": "pick", "how": "weekly", "weekdays": ["1"], "start_1": "25:99"},
    ],
)
def test_nonsense_gets_sentences_and_no_error_page(staff: Client, fields: dict) -> None:
    status, said = understood(staff, **fields)
    assert status == 422
    assert said["errors"]


def test_without_script_the_button_opens_a_page_of_its_own(staff: Client) -> None:
    data = {"prefix": "schedules-0", **{f"schedules-0-{name}": value for name, value in THURSDAYS.items()}}
    page = staff.post(reverse("directory_resources:understand"), data).content.decode()
    assert "第2・第4木曜日 13:30〜15:30(祝日は休み)" in page
    assert "<html" in page


def test_publishing_a_new_entry_with_a_timetable_makes_its_dates(staff: Client, fixed_clock: object) -> None:
    venue = VenueFactory(district=staff.district)
    data = resource_data(venue=str(venue.pk), schedules=[THURSDAYS], **{"action-publish": "1"})
    response = staff.post(reverse(ADD), data)
    assert response.status_code == 302, response.context["form"].errors
    entry = Resource.objects.get(name="あたらしいサロン")
    assert entry.live
    assert entry.district == staff.district
    assert entry.schedules.get().rule.rules[0].to_rrule() == "FREQ=MONTHLY;BYDAY=2TH,4TH"
    assert entry.occurrences.first().date == date(2026, 11, 26)
    assert entry.created_by == entry.updated_by


def test_a_text_partly_understood_is_kept_word_for_word(staff: Client) -> None:
    text = "月1回 土曜日 ※くわしくは店先の黒板で"
    data = resource_data(
        district=str(staff.district.pk), schedules=[{"entry": "text", "original_text": text}]
    )
    assert staff.post(reverse(ADD), data).status_code == 302
    timetable = Resource.objects.get().schedules.get()
    assert timetable.original_text == text
    assert timetable.status != ParseStatus.PARSED
    assert not timetable.rule.rules


def test_nothing_typed_is_lost_when_something_is_missing(staff: Client) -> None:
    broken = {**THURSDAYS, "ordinals": [], "note": "4階です"}
    response = staff.post(reverse(ADD), resource_data(district=str(staff.district.pk), schedules=[broken]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "第何週かを選んでください。" in page
    for typed in ("あたらしいサロン", "13:30", "4階です"):
        assert typed in page
    assert not Resource.objects.exists()


def test_an_entry_opened_and_saved_keeps_its_rule(staff: Client) -> None:
    entry = ResourceFactory(
        venue=VenueFactory(district=staff.district), schedules=[weekly_spec()], live=False
    )
    url = reverse("directory_resources:edit", args=[entry.pk])
    form = staff.get(url).context["form"]
    boxes = form.formsets["schedules"].forms[0].initial
    assert (boxes["entry"], boxes["how"], boxes["weekdays"]) == ("pick", "weekly", [4])


def test_a_rule_beyond_the_boxes_is_kept_until_somebody_rewrites_it(staff: Client) -> None:
    crossed = regular("FREQ=MONTHLY;BYDAY=2TU,4TH")
    entry = ResourceFactory(venue=VenueFactory(district=staff.district), schedules=[crossed], live=False)
    url = reverse("directory_resources:edit", args=[entry.pk])
    timetable = entry.schedules.get()
    page = staff.get(url)
    assert page.context["form"].formsets["schedules"].forms[0].initial["entry"] == "keep"
    data = resource_data(
        name="新しい名前", venue=str(entry.venue_id), schedules=[{"entry": "keep", "id": str(timetable.pk)}]
    )
    data |= {"schedules-INITIAL_FORMS": "1", "loaded_version": page.context["loaded_version"]}
    assert staff.post(url, data).status_code == 302
    entry.refresh_from_db()
    assert entry.name == "新しい名前"
    assert entry.schedules.get().rule == crossed


def test_versions_are_compared_in_words(staff: Client) -> None:
    entry = ResourceFactory(
        venue=VenueFactory(district=staff.district), schedules=[weekly_spec()], live=False
    )
    entry.save_revision()
    timetable = entry.schedules.get()
    timetable.rule = weekly_spec("FREQ=WEEKLY;BYDAY=TU")
    entry.schedules = [timetable]
    entry.save_revision()
    url = reverse("directory_resources:revisions_compare", args=[entry.pk, "earliest", "latest"])
    page = staff.get(url).content.decode()
    assert "金曜日" in page
    assert "火曜日" in page
    assert "RRULE" not in page.upper()
