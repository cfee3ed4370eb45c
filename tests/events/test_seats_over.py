"""What an organiser may not change once people signed up, and what is said of fewer seats. In both forms."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from directory.services.group_editing import send_in
from directory.versions import version_of
from events.models import Event
from events.seats_over import over_words
from events.services.signup_changes import cancel_signup
from tests.directory.group_world import logged_in, make_group

from .signup_world import open_event, states, take_part, taken_and_seated
from .test_event_admin import form as staff_form

pytestmark = pytest.mark.django_db


def test_by_date_or_as_a_whole_is_settled_once_somebody_signed_up() -> None:
    event = open_event()
    event.signup_unit = "course"
    event.clean()  # nobody yet
    row = take_part(Event.objects.get(), "a")
    with pytest.raises(ValidationError) as refused:
        event.clean()
    assert list(refused.value.message_dict) == ["signup_unit"]
    cancel_signup(signup=row)
    event.clean()


def test_fewer_seats_than_are_taken_are_counted_date_by_date(fixed_clock) -> None:
    days = [timezone.localdate().replace(day=day) for day in (25, 27)]
    event = open_event(on=days, capacity=5)
    for day, size in zip(event.dates.all(), (4, 2), strict=True):
        take_part(event, f"n{size}", size, date=day)
    assert over_words(event) == ""
    event.capacity = 2
    words = over_words(event)
    assert "11月25日(水)は2人多い" in words
    assert "27日" not in words
    event.save_revision().publish()
    assert set(states(event).values()) == {"confirmed"}, "nobody loses a seat"


def test_the_group_is_told_and_a_draft_from_before_the_first_signup_does_not_switch(district) -> None:
    group = make_group(district, trusted=True)
    event = open_event(organization=group.organization, district=district, capacity=5)
    event.signup_unit = "course"
    event.save_revision()
    take_part(Event.objects.get(), "a", 3)
    with pytest.raises(ValidationError, match="申し込む単位"):
        send_in(Event.objects.get(), user=group.owner)
    url = reverse("events:group_event_edit", args=[group.organization.code, event.code])
    client = logged_in(group.owner)
    typed = client.get(url).context["form"].initial
    said = {name: value for name, value in typed.items() if value not in (None, "", [])}
    said |= {"mark": version_of(Event, event.pk), "action": "keep", "capacity": "2"}
    refused = client.post(url, said)
    assert "signup_unit" in refused.context["form"].errors
    kept = client.post(url, said | {"signup_unit": "date"})
    assert any("1人多い" in str(message) for message in get_messages(kept.wsgi_request))
    assert taken_and_seated(event) == (3, 3)


def test_staff_are_refused_too(staff, district) -> None:
    event = open_event(district=district, organization=None)
    event.save_revision()
    take_part(event, "a")
    url = reverse("events_events:edit", args=[event.pk])
    answer = staff.post(url, staff_form(event, signup_policy="open", signup_unit="course"))
    assert "signup_unit" in answer.context["form"].errors
