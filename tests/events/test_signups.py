"""Signing up: seats, the waiting list, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from events.models import Seats, SignUp
from events.services import date_changes, dates
from events.services.seats import seats_left, take
from events.services.signup_changes import (
    approve_signup,
    cancel_signup,
    change_party_size,
    decline_signup,
    promote_by_hand,
)
from events.services.signups import find_by_token, sign_up
from events.signup_errors import AlreadySignedUp, SignUpClosed, SignUpRefused
from events.signup_opening import Closed

from .signup_world import open_event, states, take_part, taken_and_seated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def test_a_full_event_lets_wait_in_order_and_fills_up_by_itself() -> None:
    event = open_event(capacity=2)
    first, *_others = [take_part(event, who) for who in "abcd"]
    assert states(event) == {"a": "confirmed", "b": "confirmed", "c": "waiting", "d": "waiting"}
    assert [row.name for row in cancel_signup(signup=first)] == ["c"]
    assert states(event) == {"a": "cancelled", "b": "confirmed", "c": "confirmed", "d": "waiting"}
    assert taken_and_seated(event) == (2, 2)


def test_a_party_that_does_not_fit_is_not_overtaken_but_by_hand(administrator) -> None:
    event = open_event(capacity=3)
    big = take_part(event, "big", 3)
    take_part(event, "three", 3)
    small = take_part(event, "small")
    change_party_size(signup=big, size=2, by=None)
    late = take_part(event, "late")
    assert list(seats_left(event, event.dates.all()).values()) == [0], "the free seat waits for the three"
    assert states(event) == {"big": "confirmed", "three": "waiting", "small": "waiting", "late": "waiting"}
    assert promote_by_hand(signup=late, by=administrator).state == "confirmed"
    with pytest.raises(SignUpClosed):
        promote_by_hand(signup=small, by=administrator)
    assert taken_and_seated(event) == (3, 3)


def test_a_party_does_not_grow_past_those_who_wait() -> None:
    event = open_event(capacity=3)
    pair = take_part(event, "pair", 2)
    take_part(event, "two", 2)
    with pytest.raises(SignUpRefused, match="空いている席"):
        change_party_size(signup=pair, size=3, by=None)
    assert taken_and_seated(event) == (2, 2)


def test_more_come_only_while_one_can_sign_up_fewer_until_it_is_over(fixed_clock, administrator) -> None:
    event = open_event(closes_days_before=1)
    pair = take_part(event, "pair", 2)
    fixed_clock.shift(dt.timedelta(days=7) - dt.timedelta(hours=1))
    with pytest.raises(SignUpRefused, match="増やせません"):
        change_party_size(signup=pair, size=3, by=None)
    change_party_size(signup=pair, size=3, by=administrator)
    change_party_size(signup=pair, size=1, by=None)
    fixed_clock.shift(dt.timedelta(days=1))
    with pytest.raises(SignUpRefused, match="終わりました"):
        change_party_size(signup=pair, size=2, by=None)
    assert taken_and_seated(event) == (1, 1)


def test_who_was_let_in_by_the_organiser_brings_nobody_more_along() -> None:
    event = open_event(signup_policy="approval")
    row = approve_signup(signup=take_part(event, "a"), by=None)
    with pytest.raises(SignUpRefused, match="主催者"):
        change_party_size(signup=row, size=2, by=None)


def test_without_a_waiting_list_a_full_event_is_closed() -> None:
    event = open_event(capacity=1, has_waiting_list=False)
    take_part(event, "a")
    with pytest.raises(SignUpClosed) as refused:
        take_part(event, "b")
    assert refused.value.reason is Closed.FULL
    assert SignUp.objects.count() == 1


def test_the_table_refuses_one_seat_too_many() -> None:
    event = open_event(capacity=1)
    take_part(event, "a")
    seats = Seats.objects.get()
    assert not take(seats, 1)
    with pytest.raises(IntegrityError):
        Seats.objects.filter(pk=seats.pk).update(taken=2)


def test_fewer_seats_take_nothing_away_and_come_down_with_each_who_leaves() -> None:
    event = open_event(capacity=3)
    rows = [take_part(event, who) for who in "abcd"]
    event.capacity = 1
    event.save()
    dates.event_changed.send(type(event), event=event)
    assert seats_left(event, event.dates.all()) == {event.dates.get().pk: 0}
    cancel_signup(signup=rows[0])
    assert states(event)["d"] == "waiting"
    for row in rows[1:3]:
        cancel_signup(signup=row)
    assert states(event)["d"] == "confirmed"
    assert Seats.objects.get().limit == 1


def test_more_seats_are_given_to_those_who_wait_at_once() -> None:
    event = open_event(capacity=1)
    for who in "abc":
        take_part(event, who)
    event.capacity = 2
    event.save()
    dates.rebuild_dates(event)
    dates.event_changed.send(type(event), event=event)
    assert states(event) == {"a": "confirmed", "b": "confirmed", "c": "waiting"}


def test_approval_takes_a_seat_or_the_place_of_the_first_hour(administrator) -> None:
    event = open_event(signup_policy="approval", capacity=1)
    first, second = take_part(event, "first"), take_part(event, "second")
    assert states(event) == {"first": "asked", "second": "asked"}
    approve_signup(signup=second, by=administrator)
    third = take_part(event, "third")
    approve_signup(signup=third, by=administrator)
    approve_signup(signup=first, by=administrator)
    assert states(event) == {"first": "waiting", "second": "confirmed", "third": "waiting"}
    assert [row.name for row in decline_signup(signup=second, by=administrator, reason="満員です")] == [
        "first"
    ]
    assert "満員です" in mail.outbox[-2].body
    assert "空きが出ました" in mail.outbox[-1].subject


def test_the_same_form_sent_twice_is_one_signup_and_never_two_stories() -> None:
    event = open_event()
    date = event.dates.get()
    said = {"event": event, "date": date, "name": "はな", "email": "hana@example.jp", "once": "number"}
    assert sign_up(**said) == sign_up(**said)
    assert len(mail.outbox) == 1
    with pytest.raises(SignUpRefused, match="もう申し込まれています"):
        sign_up(**said | {"party_size": 3})


def test_the_same_mail_signs_up_once_for_a_date_but_again_after_a_cancellation() -> None:
    event = open_event(on=[timezone.localdate() + dt.timedelta(days=n) for n in (7, 14)])
    one, other = event.dates.all()
    first = take_part(event, "hana", date=one)
    with pytest.raises(AlreadySignedUp):
        take_part(event, "somebody", date=one, email="HANA@example.jp")
    take_part(event, "hana", date=other)
    cancel_signup(signup=first)
    assert take_part(event, "hana", date=one).state == "confirmed"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"signup_policy": "none"}, Closed.NOT_NEEDED),
        ({"signup_policy": "phone"}, Closed.PHONE),
        ({"signup_policy": "outside", "signup_url": "https://example.jp/"}, Closed.OUTSIDE),
        ({"live": False}, Closed.NOT_PUBLIC),
        ({"closes_days_before": 8}, Closed.TOO_LATE),
        ({"status": "postponed"}, Closed.CANCELLED),
        ({"signup_opens_at": dt.datetime(2026, 11, 21, tzinfo=dt.UTC)}, Closed.NOT_YET),
        ({"signup_closes_at": dt.datetime(2026, 11, 20, tzinfo=dt.UTC)}, Closed.TOO_LATE),
        ({"on": [dt.date(2026, 11, 20)], "times": (dt.time(8), dt.time(9))}, Closed.OVER),
        ({"on": [dt.date(2026, 11, 20)], "times": (dt.time(9), dt.time(11))}, Closed.TOO_LATE),
    ],
)
def test_when_nobody_can_sign_up(more, why) -> None:
    with pytest.raises(SignUpClosed) as refused:
        take_part(open_event(**more), "a")
    assert refused.value.reason is why


def test_staff_type_in_who_phones_also_after_the_deadline_and_without_mail(administrator) -> None:
    event = open_event(signup_policy="phone", closes_days_before=30)
    row = take_part(
        event,
        "はな",
        6,
        email="",
        phone="０３ー００００ー００００",
        channel="phone",
        typed_in_by=administrator,
    )
    assert (row.state, row.phone, mail.outbox) == ("confirmed", "03-0000-0000", [])


def test_what_is_typed_wrong_is_said_by_field() -> None:
    event = open_event(capacity=3)
    for more, field in (({"email": ""}, "email"), ({"size": 5}, "party_size"), ({"size": 4}, "party_size")):
        with pytest.raises(SignUpRefused) as refused:
            take_part(event, "a", **more)
        assert list(refused.value.errors) == [field]
    with pytest.raises(SignUpRefused):
        take_part(event, " ")


def test_a_course_is_signed_up_for_as_a_whole() -> None:
    today = timezone.localdate()
    event = open_event(signup_unit="course", capacity=1, on=[today + dt.timedelta(days=n) for n in (1, 8)])
    assert take_part(event, "a").date is None
    assert take_part(event, "b").state == "waiting"
    assert set(seats_left(event, event.dates.all()).values()) == {0}
    with pytest.raises(SignUpRefused):
        sign_up(event=event, date=event.dates.first(), name="c", email="c@example.jp")


def test_needs_are_kept_only_where_the_organiser_asks() -> None:
    event = open_event(needs_asked=["wheelchair"])
    assert take_part(event, "a", needs=["wheelchair", "allergy"]).needs == ["wheelchair"]


def test_the_link_finds_the_signup_and_the_table_keeps_no_link(settings) -> None:
    event = open_event()
    signup, token = sign_up(event=event, date=event.dates.get(), name="a", email="a@example.jp")
    assert find_by_token(token) == signup
    assert token not in signup.token_hash
    assert find_by_token("") is find_by_token(token[:-1]) is None


def test_a_link_outlives_a_change_of_the_sites_key(settings) -> None:
    event = open_event()
    signup, token = sign_up(event=event, date=event.dates.get(), name="a", email="a@example.jp")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    cancel_signup(signup=signup)
    assert token in mail.outbox[-1].body


def test_once_it_has_begun_a_free_seat_is_for_who_stands_at_the_door(fixed_clock, administrator) -> None:
    event = open_event(capacity=2)
    take_part(event, "a")
    take_part(event, "pair", 2)
    fixed_clock.shift(dt.timedelta(days=7, hours=4, minutes=30))
    door = {"email": "", "channel": "door", "typed_in_by": administrator}
    assert take_part(event, "door", **door).state == "confirmed"
    assert states(event)["pair"] == "waiting"


def test_nobody_is_promoted_into_what_has_begun_or_is_off() -> None:
    event = open_event(capacity=1)
    first = take_part(event, "a")
    take_part(event, "b")
    date_changes.cancel_date(date=event.dates.get(), reason="雨", by=None)
    assert cancel_signup(signup=first) == []
    date_changes.restore_date(date=event.dates.get(), by=None)
    assert states(event)["b"] == "confirmed"
