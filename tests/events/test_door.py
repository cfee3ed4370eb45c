"""The organiser's pages of an event: the list, ticks, sign-ups typed in, walk-ins, numbers, messages, paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from directory.choices import OrganizationStatus
from events.models import Attendance, Event, EventMessage, SignUp
from events.services.signup_erasure import erase
from tests.directory.group_world import Group, logged_in, make_group
from tests.directory.review_world import reviewer
from tests.events.door_world import event_today, first_date
from tests.events.signup_world import states, take_part, taken_and_seated
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

NAMES = ("show", "signup_new", "message", "message_sent", "day", "sheet", "walk_in", "attendance")
DATED = ("day", "sheet", "walk_in", "attendance")


@pytest.fixture
def group(district: Area) -> Group:
    return make_group(district)


@pytest.fixture
def mine(group: Group) -> Client:
    return logged_in(group.owner)


@pytest.fixture
def event(group: Group, district: Area) -> Event:
    return event_today(organization=group.organization, district=district, capacity=3)


def at(event: Event, name: str, *, staff: bool = False, number: int = 1) -> str:
    """The address of a screen."""
    more: list[Any] = [first_date(event).uuid] if name in DATED else []
    more += [number] if name == "message_sent" else []
    if staff:
        return reverse(f"events_signups:{name}", args=[event.pk, *more])
    tail = "" if name == "show" else f"_{name}"
    return reverse(f"events:group_event{tail}", args=[event.organization.code, event.code, *more])


def press(client: Client, event: Event, signup: SignUp, do: str, staff: bool = False, **more: Any) -> Any:
    return client.post(at(event, "day", staff=staff), {"do": do, "signup": str(signup.uuid), **more})


def said(response: Any) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)


class TestWhoMayCome:
    def test_strangers_other_groups_and_foreign_staff_find_nothing(
        self, event: Event, district: Area
    ) -> None:
        other = make_group(DistrictFactory())
        foreign = reviewer(DistrictFactory())
        take_part(event, "はな")
        for name in NAMES:
            for client in (logged_in(UserFactory()), logged_in(other.owner), logged_in(foreign)):
                for send in (client.get, client.post):
                    assert send(at(event, name)).status_code == 404, name
            for send in (logged_in(foreign).get, logged_in(foreign).post):
                assert send(at(event, name, staff=True)).status_code == 404, name
            assert Client().get(at(event, name))["Location"].startswith("/login/")
            resident = logged_in(UserFactory()).get(at(event, name, staff=True))
            assert resident.status_code in (302, 403, 404), name

    def test_who_only_looks_sees_no_names(self, event: Event, district: Area) -> None:
        viewer = logged_in(reviewer(district, role="viewer"))
        for name in NAMES:
            answer = viewer.get(at(event, name, staff=True))
            assert answer.status_code in (302, 403)
            assert answer.status_code == 403 or answer["Location"] == reverse("wagtailadmin_home")

    def test_dates_and_sign_ups_of_another_event_are_not_reached_through_ones_own(
        self, event: Event, mine: Client
    ) -> None:
        other = event_today()
        signup = take_part(other, "よその人")
        code, number = event.organization.code, first_date(other).uuid
        for name in DATED:
            url = reverse(f"events:group_event_{name}", args=[code, event.code, number])
            assert mine.get(url).status_code in (404, 405)
            assert mine.post(url, {"party_size": 1}).status_code in (404, 405)
        press(mine, event, signup, "cancel")
        assert states(other) == {"よその人": "confirmed"}

    def test_the_group_and_staff_of_the_place_open_every_screen(
        self, event: Event, mine: Client, staff: Client
    ) -> None:
        take_part(event, "はな", needs=["wheelchair"])
        sent = EventMessage.objects.create(event=event, subject="こんにちは", body="本文", once="x")
        for name in NAMES:
            for client, is_staff in ((mine, False), (staff, True)):
                answer = client.get(at(event, name, staff=is_staff, number=sent.pk))
                assert answer.status_code == (405 if name == "walk_in" else 200), (name, is_staff)
                assert "no-store" in answer["Cache-Control"]

    def test_a_group_that_is_over_looks_and_changes_nothing(
        self, event: Event, mine: Client, group: Group
    ) -> None:
        signup = take_part(event, "はな")
        group.organization.status = OrganizationStatus.CLOSED
        group.organization.save()
        assert mine.get(at(event, "day")).status_code == 200
        assert press(mine, event, signup, "came").status_code == 403


class TestList:
    def test_ticks_are_set_twice_and_taken_back(self, event: Event, mine: Client) -> None:
        signup = take_part(event, "はな", 2)
        for _i in range(2):
            answer = press(mine, event, signup, "came")
            assert answer["Location"].endswith(f"#s-{signup.receipt}")
        assert states(event) == {"はな": "attended"}
        assert "来ました" in mine.get(at(event, "day")).content.decode()
        press(mine, event, signup, "undo")
        press(mine, event, signup, "absent")
        assert states(event) == {"はな": "absent"}

    def test_staff_cancel_for_somebody_and_hear_whom_to_call(self, event: Event, staff: Client) -> None:
        first = take_part(event, "はな", 3)
        take_part(event, "ゆき", 1, email="", phone="03-0000-0000")
        answer = press(staff, event, first, "cancel", staff=True)
        assert states(event) == {"はな": "cancelled", "ゆき": "confirmed"}
        assert "電話で伝えてください:ゆき 03-0000-0000" in said(answer)
        press(staff, event, first, "cancel", staff=True)
        assert taken_and_seated(event) == (1, 1)

    def test_yes_and_no_to_those_who_asked(self, mine: Client, group: Group, district: Area) -> None:
        event = event_today(
            organization=group.organization, district=district, signup_policy="approval", capacity=1
        )
        one, two, three = (take_part(event, name) for name in ("はな", "ゆき", "たろう"))
        assert "返事を待っている人" in mine.get(at(event, "day")).content.decode()
        press(mine, event, one, "approve")
        press(mine, event, two, "approve")
        mail.outbox.clear()
        press(mine, event, three, "decline", reason="抽選の結果です")
        assert states(event) == {"はな": "confirmed", "ゆき": "waiting", "たろう": "declined"}
        assert "抽選の結果です" in mail.outbox[0].body
        press(mine, event, two, "promote")
        assert states(event)["ゆき"] == "waiting"  # no seat is free
        press(mine, event, one, "size", size="0")
        press(mine, event, one, "size", size="９")
        assert SignUp.objects.get(pk=one.pk).party_size == 1

    def test_nonsense_changes_nothing(self, event: Event, mine: Client) -> None:
        signup = take_part(event, "はな")
        for sent in (
            {},
            {"do": "came"},
            {"do": "came", "signup": "x"},
            {"do": "fly", "signup": str(signup.uuid)},
            {"do": "size", "signup": str(signup.uuid), "size": "9" * 30},
            {"do": "size", "signup": str(signup.uuid), "size": "-1"},
            {"do": "decline", "signup": "\x00"},
        ):
            assert mine.post(at(event, "day"), sent).status_code == 302
        assert states(event) == {"はな": "confirmed"}

    def test_erased_people_are_counts_only(self, event: Event, mine: Client, staff: Client) -> None:
        signup = take_part(event, "ひみつさん", 2, note="ないしょ")
        press(mine, event, signup, "came")
        erase(SignUp.objects.all())
        for client, is_staff in ((mine, False), (staff, True)):
            for name in ("show", "day", "sheet", "attendance"):
                page = client.get(at(event, name, staff=is_staff)).content.decode()
                assert "ひみつさん" not in page
                assert signup.receipt[:4] not in page
                assert "2人" in page or "<b>2</b>人" in page, name
        press(mine, event, SignUp.objects.get(), "absent")
        assert SignUp.objects.get().state == "attended"

    def test_the_sheet_has_boxes_and_telephones_only_when_asked_for(self, event: Event, mine: Client) -> None:
        take_part(event, "はな", phone="03-0000-0000")
        page = mine.get(at(event, "sheet")).content.decode()
        assert "☐" in page
        assert "はな" in page
        assert "03-0000-0000" not in page
        assert "03-0000-0000" in mine.get(at(event, "sheet") + "?phone=1").content.decode()

    def test_many_sign_ups_need_no_more_questions(
        self, event: Event, mine: Client, django_assert_max_num_queries: Any
    ) -> None:
        Event.objects.filter(pk=event.pk).update(capacity=None)
        for number in range(12):
            take_part(event, f"人{number}")
        for name in ("show", "day", "sheet"):
            with django_assert_max_num_queries(16):
                mine.get(at(event, name))


class TestTypingIn:
    def form(self, event: Event, **changes: Any) -> dict[str, Any]:
        return {
            "key": "0123456789ab",
            "date": str(first_date(event).uuid),
            "name": "ゆき",
            "phone": "０３－００００－００００",
            "party_size": "2",
            "channel": "phone",
        } | changes

    def test_a_person_who_phones_is_signed_up_once(self, event: Event, mine: Client, group: Group) -> None:
        for _i in range(2):
            answer = mine.post(at(event, "signup_new"), self.form(event))
            assert answer["Location"] == at(event, "day")
        row = SignUp.objects.get()
        assert (row.name, row.phone, row.party_size, row.channel) == ("ゆき", "03-0000-0000", 2, "phone")
        assert (row.state, row.typed_in_by) == ("confirmed", group.owner)

    def test_without_a_seat_they_wait_and_it_is_said(self, event: Event, staff: Client) -> None:
        take_part(event, "はな", 2)
        answer = staff.post(at(event, "signup_new", staff=True), self.form(event))
        assert states(event)["ゆき"] == "waiting"
        assert "空き待ちです" in said(answer)

    @pytest.mark.parametrize(
        "field", ["date", "name", "phone", "email", "party_size", "channel", "key", "note"]
    )
    @pytest.mark.parametrize("nonsense", ["", "\x00", "あ" * 10_000, "-1", "9" * 40, "１２x", "='1+1"])
    def test_nonsense_is_answered_and_kept(
        self, event: Event, mine: Client, field: str, nonsense: str
    ) -> None:
        answer = mine.post(at(event, "signup_new"), self.form(event, **{field: nonsense}))
        assert answer.status_code in (302, 422)
        assert (answer.status_code == 302) == SignUp.objects.exists()

    def test_the_same_person_twice_is_told(self, event: Event, mine: Client) -> None:
        mine.post(at(event, "signup_new"), self.form(event))
        answer = mine.post(at(event, "signup_new"), self.form(event, key="another-key-1"))
        assert answer.status_code == 422
        assert "もう申し込んでいます" in answer.content.decode()


class TestWalkIn:
    def test_a_walk_in_counts_once(self, event: Event, mine: Client) -> None:
        for _i in range(2):
            mine.post(at(event, "walk_in"), {"walk-name": "", "walk-party_size": "2", "key": "0123456789ab"})
        assert taken_and_seated(event) == (2, 2)
        page = mine.get(at(event, "day")).content.decode()
        assert "当日の参加" in page
        assert "<b>2</b>人が来ました" in page

    def test_beyond_the_seats_only_with_a_tick(self, event: Event, staff: Client) -> None:
        url = at(event, "walk_in", staff=True)
        take_part(event, "はな", 3)
        answer = staff.post(url, {"walk-name": "たろう", "walk-party_size": "1"})
        assert answer.status_code == 422
        assert "たろう" in answer.content.decode()
        assert staff.post(url, {"walk-party_size": "1", "walk-beyond": "on"}).status_code == 302
        assert taken_and_seated(event) == (4, 4)

    @pytest.mark.parametrize("size", ["", "0", "-1", "x", "9" * 30, "\x00", "1.5"])
    def test_nonsense_is_answered(self, event: Event, mine: Client, size: str) -> None:
        answer = mine.post(at(event, "walk_in"), {"walk-party_size": size, "key": "\x00" * 500})
        assert answer.status_code == 422
        assert not SignUp.objects.exists()


class TestNumbers:
    def test_numbers_are_kept_and_a_difference_to_the_ticks_is_said(self, event: Event, mine: Client) -> None:
        press(mine, event, take_part(event, "はな", 2), "came")
        answer = mine.post(at(event, "attendance"), {"old": "３", "adult": "", "volunteers": "1", "seen": ""})
        row = Attendance.objects.get()
        assert (row.total, row.volunteers, answer["Location"]) == (3, 1, at(event, "day"))
        assert "名簿の印では2人です" in said(answer)

    def test_of_two_people_the_second_sees_both_numbers(
        self, event: Event, mine: Client, staff: Client, group: Group
    ) -> None:
        mine.post(at(event, "attendance"), {"old": "3", "seen": ""})
        url = at(event, "attendance", staff=True)
        answer = staff.post(url, {"old": "7", "note": "雨", "seen": ""})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "来た人 3人" in page
        assert group.owner.name in page
        assert 'value="7"' in page
        assert 'value="雨"' in page
        assert Attendance.objects.get().old == 3
        again = answer.context["form"]["seen"].value()
        assert staff.post(url, {"old": "7", "seen": again}).status_code == 302
        assert Attendance.objects.get().old == 7

    @pytest.mark.parametrize("field", ["old", "volunteers", "note", "seen"])
    @pytest.mark.parametrize("nonsense", ["\x00", "あ" * 5000, "-1", "9" * 40, "1e5", "x"])
    def test_nonsense_is_answered(self, event: Event, mine: Client, field: str, nonsense: str) -> None:
        answer = mine.post(at(event, "attendance"), {"adult": "1", "seen": "", field: nonsense})
        assert answer.status_code in (302, 409, 422)
        assert Attendance.objects.exists() == (answer.status_code == 302)

    def test_before_the_day_nobody_has_come(self, group: Group, mine: Client, district: Area) -> None:
        event = event_today(organization=group.organization, district=district)
        day = timezone.localdate() + dt.timedelta(days=1)
        event.dates.update(date=day)
        assert mine.post(at(event, "attendance"), {"old": "3", "seen": ""}).status_code == 422


class TestMessages:
    letter = {"key": "0123456789ab", "date": "", "subject": "持ち物", "body": "うわばき"}

    def test_it_is_looked_at_first_and_goes_out_once(
        self, event: Event, mine: Client, mailoutbox: Any
    ) -> None:
        take_part(event, "hana")
        take_part(event, "taro", email="", phone="03-0000-0000")
        mail.outbox.clear()
        look = mine.post(at(event, "message"), {**self.letter, "do": "check"}).content.decode()
        assert "<b>1</b>人にメールが届きます" in look
        assert "<b>1</b>人には電話がいります" in look
        assert "taro" in look
        assert "03-0000-0000" in look
        assert not mail.outbox
        assert not EventMessage.objects.exists()
        for _i in range(2):
            answer = mine.post(at(event, "message"), {**self.letter, "do": "send"})
            assert answer["Location"] == at(event, "message_sent", number=EventMessage.objects.get().pk)
        assert len(mail.outbox) == 1
        assert "taro" in mine.get(answer["Location"]).content.decode()

    def test_a_last_look_leads_back_with_everything_typed(self, event: Event, mine: Client) -> None:
        page = mine.post(at(event, "message"), {**self.letter, "do": "edit"}).content.decode()
        assert "うわばき" in page
        assert "0123456789ab" in page

    def test_not_more_than_five_a_day(self, event: Event, staff: Client) -> None:
        url = at(event, "message", staff=True)
        for number in range(5):
            assert (
                staff.post(url, {**self.letter, "key": f"key-of-form-{number}", "do": "send"}).status_code
                == 302
            )
        assert staff.post(url, {**self.letter, "key": "key-of-form-5", "do": "send"}).status_code == 422
        assert EventMessage.objects.count() == 5

    @pytest.mark.parametrize("field", ["date", "subject", "body", "key", "do"])
    @pytest.mark.parametrize(
        "nonsense", ["", "\x00", "あ" * 10_000, "%(title)s %s %", "件名\r\nBcc: x@example.jp"]
    )
    def test_nonsense_is_answered(self, event: Event, mine: Client, field: str, nonsense: str) -> None:
        take_part(event, "hana")
        mail.outbox.clear()
        sent = {**self.letter, "do": "send", field: nonsense}
        assert mine.post(at(event, "message"), sent).status_code in (200, 302, 422)
        assert all(letter.recipients() == ["hana@example.jp"] for letter in mail.outbox)
        assert all("\n" not in letter.subject for letter in mail.outbox)

    def test_a_message_of_another_event_is_not_shown(self, event: Event, mine: Client) -> None:
        other = EventMessage.objects.create(event=event_today(), subject="よそ", body="よそ", once="y")
        for number in (other.pk, 10**9, 10**40):
            assert mine.get(at(event, "message_sent", number=number)).status_code in (400, 404)


def test_another_groups_staff_see_only_their_own_place(district: Area) -> None:
    everywhere = event_today(organization=OrganizationFactory(), district=None)
    assert logged_in(reviewer(district)).get(at(everywhere, "show", staff=True)).status_code == 200
