"""A group posts its events from the phone."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from directory.choices import PlaceVisibility
from directory.models import Venue
from events.choices import DateStatus, EventStatus
from events.models import Event
from tests.directory.group_world import Group, logged_in, make_group
from tests.directory.review_world import reviewer
from tests.factories.directory import CategoryFactory, OrganizationFactory, VenueFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(district: Area) -> Group:
    return make_group(district)


@pytest.fixture
def mine(group: Group) -> Client:
    return logged_in(group.owner)


def said(group: Group, **changes: Any) -> dict[str, Any]:
    """What the form sends, filled in as people do."""
    return {
        "key": str(uuid4()),
        "title": "お月見の会",
        "kind": "event",
        "summary": "近所の人とお月見をします。",
        "day": (timezone.localdate() + dt.timedelta(days=20)).isoformat(),
        "start": "18:00",
        "end": "20:00",
        "venue": group.entry.venue_id,
        "attendance_mode": "onsite",
        "place_visibility": "exact",
        "fee_kind": "paid",
        "fee": "300",
        "signup_policy": "open",
        "signup_unit": "date",
        "capacity": "12",
        "has_waiting_list": "on",
        "max_party": "4",
        "contact_phone": "03-0000-0000",
        "action": "send",
    } | changes


def new(group: Group) -> str:
    return reverse("events:group_event_new", args=[group.organization.code])


def edit(group: Group, event: Event) -> str:
    return reverse("events:group_event_edit", args=[group.organization.code, event.code])


class TestPosting:
    def test_a_new_event_goes_to_the_review(self, group: Group, mine: Client) -> None:
        response = mine.post(new(group), said(group))
        event = Event.objects.get()
        assert response["Location"] == reverse("events:group_events", args=[group.organization.code])
        assert (event.title, event.capacity, event.fee, event.live) == ("お月見の会", 12, 300, False)
        assert event.organization == group.organization
        assert event.district == group.entry.venue.district
        assert event.workflow_in_progress
        assert not event.dates.exists()  # only what is public has dates

    def test_themes_and_groups_that_hold_it_together_stand_on_its_page(self, district, client) -> None:
        group, other = make_group(district, trusted=True), OrganizationFactory(name="となりまちの会")
        theme = CategoryFactory(parent=CategoryFactory())
        typed = said(group, partner_words="となりまち", categories=[theme.pk])
        assert logged_in(group.editor).post(new(group), typed).status_code == 302
        page = client.get(Event.objects.get().get_absolute_url()).content.decode()
        assert "いっしょに開く団体" in page
        assert other.name in page
        assert theme.name in page

    def test_a_trusted_group_publishes_at_once(self, district: Area) -> None:
        group = make_group(district, trusted=True)
        logged_in(group.editor).post(new(group), said(group))
        event = Event.objects.get()
        assert event.live
        assert [row.start for row in event.dates.all()] == [dt.time(18)]

    def test_a_form_sent_twice_makes_one_event(self, group: Group, mine: Client) -> None:
        form = said(group, action="keep")
        for _time in range(2):
            assert mine.post(new(group), form).status_code == 302
        assert Event.objects.count() == 1

    def test_a_draft_may_lack_a_day_but_the_review_asks_for_it(self, group: Group, mine: Client) -> None:
        mine.post(new(group), said(group, day="", start="", end="", action="keep"))
        event = Event.objects.get()
        mine.post(reverse("events:group_event_send", args=[group.organization.code, event.code]))
        assert not Event.objects.get().workflow_in_progress
        answer = mine.post(new(group), said(group, day=""))
        assert answer.status_code == 422
        assert "日にちを入れてください" in answer.content.decode()

    def test_a_sentence_gives_the_days(self, group: Group, mine: Client) -> None:
        year = timezone.localdate().year + 1
        text = f"{year}年2月3日・10日 14:00〜16:00"
        mine.post(new(group), said(group, day="", start="", end="", when_text=text))
        rule = Event.objects.get().schedules.get().rule
        assert [day.isoformat() for day in rule.dates] == [f"{year}-02-03", f"{year}-02-10"]

    def test_an_unreadable_sentence_is_asked_again_and_nothing_is_lost(
        self, group: Group, mine: Client
    ) -> None:
        answer = mine.post(new(group), said(group, day="", start="", end="", when_text="そのうち"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "そのうち" in page
        assert "お月見の会" in page

    def test_another_place_becomes_a_venue(self, group: Group, mine: Client, district: Area) -> None:
        typed = {"venue": "", "place_name": "みどり公園", "home": district.pk}
        mine.post(new(group), said(group, **typed))
        event = Event.objects.get()
        assert event.venue.name == "みどり公園"
        assert event.district == district

    def test_the_form_offers_another_place(self, group: Group, mine: Client) -> None:
        venues = mine.get(new(group)).context["form"]["venue"]
        assert [str(row.choice_label) for row in venues] == ["ほかの場所(下に書く)", "ひだまり会館"]

    def test_a_home_is_not_told_by_its_event(self, group: Group, mine: Client) -> None:
        group.entry.place_visibility = PlaceVisibility.DISTRICT
        group.entry.save()
        mine.post(new(group), said(group, place_visibility="exact"))
        assert Event.objects.get().place_visibility == PlaceVisibility.DISTRICT

    def test_the_venue_of_another_group_cannot_be_typed_in(self, group: Group, mine: Client) -> None:
        foreign = VenueFactory(name="よその家", visibility=PlaceVisibility.HIDDEN)
        answer = mine.post(new(group), said(group, venue=foreign.pk))
        assert answer.status_code == 422
        assert "よその家" not in answer.content.decode()


class TestBeginnings:
    def test_a_copy_of_last_time_lacks_only_the_day(self, group: Group, mine: Client) -> None:
        past = EventFactory(
            organization=group.organization,
            title="前回の会",
            venue=group.entry.venue,
            bring="湯のみ",
            on=[timezone.localdate() - dt.timedelta(days=30)],
        )
        page = mine.get(new(group), {"copy": past.code}).content.decode()
        for words in ("前回の会", "湯のみ", 'value="14:00"', 'value="16:00"'):
            assert words in page
        assert past.schedules.get().rule.dates[0].isoformat() not in page

    def test_a_copy_is_an_event_of_its_own(self, group: Group, mine: Client) -> None:
        past = EventFactory(organization=group.organization, venue=group.entry.venue, status="cancelled")
        mine.post(f"{new(group)}?copy={past.code}", said(group, action="keep"))
        copy = Event.objects.exclude(pk=past.pk).get()
        assert (copy.status, copy.live, copy.sequence) == (EventStatus.PLANNED, False, 0)
        assert copy.code != past.code
        assert past.schedules.count() == 1

    def test_the_entry_gives_place_and_hours(self, group: Group, mine: Client) -> None:
        found = group.entry.occurrences.filter(date__gt=timezone.localdate()).order_by("date").first()
        page = mine.get(
            new(group), {"entry": group.entry.code, "on": found.date.isoformat()}
        ).content.decode()
        assert f'value="{found.date.isoformat()}"' in page
        assert f'value="{found.start:%H:%M}"' in page
        assert group.entry.name in page

    def test_what_is_of_another_group_is_not_there(self, group: Group, mine: Client) -> None:
        foreign = EventFactory(organization=OrganizationFactory())
        assert mine.get(new(group), {"copy": foreign.code}).status_code == 404
        assert mine.get(edit(group, foreign)).status_code == 404
        assert mine.get(new(group), {"copy": "' OR 1=1"}).status_code == 404


class TestEditing:
    def published(self, group: Group, **values: Any) -> Event:
        event = EventFactory(organization=group.organization, venue=group.entry.venue, **values)
        event.save_revision()
        return event

    def typed(self, mine: Client, group: Group, event: Event, **changes: Any) -> dict[str, Any]:
        form = mine.get(edit(group, event)).context["form"]
        first = {name: form[name].initial for name in form.fields}
        shown = {name: value for name, value in first.items() if value not in (None, False, [])}
        return shown | {"mark": mine.get(edit(group, event)).context["mark"], "action": "keep"} | changes

    def test_a_change_waits_and_the_day_stays(self, group: Group, mine: Client) -> None:
        event = self.published(group)
        mine.post(edit(group, event), self.typed(mine, group, event, title="新しい題名", action="send"))
        event = Event.objects.get()
        draft = event.get_latest_revision_as_object()
        assert event.title != "新しい題名"
        assert draft.title == "新しい題名"
        assert draft.schedules.get().rule == event.schedules.get().rule
        assert event.workflow_in_progress

    def test_the_second_editor_sees_what_the_first_saved(self, group: Group, mine: Client) -> None:
        event = self.published(group)
        stale = self.typed(mine, group, event, title="あとの人の題名")
        mine.post(edit(group, event), self.typed(mine, group, event, title="先の人の題名"))
        answer = logged_in(group.editor).post(edit(group, event), stale)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "先の人の題名" in page
        assert "あとの人の題名" in page
        assert Event.objects.get().get_latest_revision_as_object().title == "先の人の題名"

    def test_a_trusted_change_is_public_and_the_date_keeps_its_row(self, district: Area) -> None:
        group = make_group(district, trusted=True)
        mine = logged_in(group.owner)
        event = self.published(group)
        date = event.dates.get()
        mine.post(edit(group, event), self.typed(mine, group, event, start="15:00", action="send"))
        date.refresh_from_db()
        assert date.start == dt.time(15)


class TestAtOnce:
    def now(self, group: Group, event: Event) -> str:
        return reverse("events:group_event_now", args=[group.organization.code, event.code])

    def test_a_date_goes_off_and_comes_back(self, group: Group, mine: Client) -> None:
        event = EventFactory(organization=group.organization)
        date = event.dates.get()
        typed = {"do": "date", "date-action": "cancel", "date-number": date.pk, "date-reason": "雨のため"}
        assert mine.post(self.now(group, event), typed).status_code == 302
        date.refresh_from_db()
        assert (date.status, date.reason) == (DateStatus.CANCELLED, "雨のため")
        mine.post(self.now(group, event), {"undo": date.pk})
        date.refresh_from_db()
        assert date.status == DateStatus.PLANNED

    def test_a_date_moves(self, group: Group, mine: Client) -> None:
        event = EventFactory(organization=group.organization)
        day = timezone.localdate() + dt.timedelta(days=9)
        typed = {"do": "date", "date-action": "move", "date-number": event.dates.get().pk}
        mine.post(self.now(group, event), typed | {"date-new_date": day.isoformat()})
        assert event.dates.get().date == day

    def test_the_whole_goes_off_and_comes_back(self, group: Group, mine: Client) -> None:
        event = EventFactory(organization=group.organization)
        mine.post(self.now(group, event), {"do": "whole", "whole-action": "cancel", "whole-reason": "台風"})
        assert Event.objects.get().status == EventStatus.CANCELLED
        mine.post(self.now(group, event), {"do": "whole", "whole-action": "resume"})
        assert Event.objects.get().status == EventStatus.PLANNED

    def test_a_notice_is_public_and_a_waiting_draft_does_not_take_it_back(
        self, group: Group, mine: Client
    ) -> None:
        event = EventFactory(organization=group.organization)
        event.save_revision()
        until = timezone.localdate() + dt.timedelta(days=3)
        typed = {"do": "notice", "notice-notice": "上ばきをお持ちください", "notice-notice_until": until}
        mine.post(self.now(group, event), typed)
        assert Event.objects.get().notice == "上ばきをお持ちください"
        Event.objects.get().latest_revision.publish()
        assert Event.objects.get().notice == "上ばきをお持ちください"

    def test_a_date_of_another_event_is_not_touched(self, group: Group, mine: Client) -> None:
        event, foreign = EventFactory(organization=group.organization), EventFactory()
        number = foreign.dates.get().pk
        typed = {"do": "date", "date-action": "cancel", "date-number": number}
        assert mine.post(self.now(group, event), typed).status_code == 422
        mine.post(self.now(group, event), {"undo": number})
        assert foreign.dates.get().status == DateStatus.PLANNED

    def test_a_draft_has_nothing_to_change_at_once(self, group: Group, mine: Client) -> None:
        event = EventFactory(organization=group.organization, live=False)
        assert mine.get(self.now(group, event)).status_code == 403


@pytest.mark.parametrize(
    "nonsense", ["", "x" * 5000, "-1", "99999999999999999999", "\x00", "<b>'\"&;", "2026-99-99"]
)
def test_nonsense_in_every_field_is_no_error(group: Group, mine: Client, nonsense: str) -> None:
    typed = dict.fromkeys(said(group), nonsense)
    more = ("when_text", "slot_minutes", "place_name", "address", "home", "photo", "photos_out", "audiences")
    typed |= dict.fromkeys((*more, "min_age", "needs_asked", "contact_email", "closes_days_before"), nonsense)
    assert mine.post(new(group), typed).status_code in (302, 400, 422)
    for name in more:
        assert mine.post(new(group), said(group, **{name: nonsense})).status_code in (302, 400, 422), name
    event = EventFactory(organization=group.organization)
    now = TestAtOnce().now(group, event)
    assert mine.post(edit(group, event), typed | {"mark": nonsense}).status_code in (302, 400, 409, 422)
    for key in ("date", "whole", "notice", nonsense):
        fields = ("action", "number", "reason", "new_date", "start", "end", "notice", "notice_until")
        sent = {"do": key} | {f"{key}-{name}": nonsense for name in fields}
        assert mine.post(now, sent).status_code in (200, 302, 400, 422), key
    assert mine.post(now, {"undo": nonsense}).status_code == 302
    assert mine.get(new(group), {"entry": group.entry.code, "on": nonsense}).status_code == 200


def test_strangers_and_staff_find_no_desk(group: Group, district: Area) -> None:
    address = reverse("events:group_events", args=[group.organization.code])
    stranger = Client()
    assert stranger.get(address).status_code == 302
    stranger.force_login(reviewer(district))
    assert stranger.get(address).status_code == 404
    assert Venue.objects.exists()
