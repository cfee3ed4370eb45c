"""The group's desk: who gets in, what counts at once, what goes to the review."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.choices import ChangeAction, LifeStatus, OrganizationStatus
from directory.models import Occurrence, OrganizationMember, Resource
from directory.services.group_editing import send_in, trusted_changes_since
from directory.services.group_immediate import change_one_date, pause
from directory.services.review_decisions import approve, return_with_comment, waiting_state
from tests.directory.group_world import Group, content, logged_in, make_group
from tests.directory.review_world import reviewer
from tests.factories.directory import OrganizationFactory, ResourceFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

#: Every page of an entry, by the end of its name.
PAGES = ("entry", "preview", "photos", "pause", "room", "notice", "dates", "close")
PRESSES = ("send", "confirm", "undo")


@pytest.fixture
def group(district: Any) -> Group:
    return make_group(district)


def _all_paths(group: Group) -> list[str]:
    code = group.organization.code
    parts = [group.path("part", part) for part in ("content", "when", "where", "join", "contact")]
    own = [reverse(f"directory:group_{name}", args=[code]) for name in ("desk", "new", "members")]
    return own + parts + [group.path(name) for name in PAGES]


def _mark(client: Client, path: str) -> str:
    found = re.search(r'name="mark" value="([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def test_members_open_every_page(group):
    for user in (group.owner, group.editor):
        client = logged_in(user)
        for path in _all_paths(group):
            assert client.get(path).status_code == 200, path


def test_nobody_else_learns_that_the_desk_is_there(group, district):
    other = UserFactory()
    OrganizationMember.objects.create(organization=OrganizationFactory(), user=other, role="owner")
    disabled = UserFactory(is_active=False)
    OrganizationMember.objects.create(organization=group.organization, user=disabled, role="owner")
    for user in (other, UserFactory(), reviewer(district), UserFactory(administrator=True)):
        client = logged_in(user)
        for path in _all_paths(group):
            assert client.get(path).status_code in (404, 302), path
            assert client.post(path).status_code in (404, 302), path
    assert client.get(group.path("entry")).status_code in (404, 302)


def test_an_entry_of_another_group_is_not_reached_through_ones_own(group):
    foreign = ResourceFactory(organization=OrganizationFactory())
    path = reverse("directory:group_pause", args=[group.organization.code, foreign.code])
    assert logged_in(group.owner).post(path, {"note": "x"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.life_status == LifeStatus.ACTIVE


def test_strangers_are_asked_to_log_in(group, client):
    for path in _all_paths(group):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_an_editor_invites_nobody(group):
    path = reverse("directory:group_members", args=[group.organization.code])
    answer = logged_in(group.editor).post(path, {"email": "new@example.jp", "role": "editor"})
    assert answer.status_code == 403
    assert not group.organization.invitations.exists()


def test_nothing_of_a_closed_organization_can_be_changed(group):
    group.organization.status = OrganizationStatus.CLOSED
    group.organization.save()
    client = logged_in(group.owner)
    assert client.get(group.path("entry")).status_code == 200
    assert client.post(group.path("pause"), {"note": ""}).status_code == 403
    assert client.get(group.path("part", "content")).status_code == 403


def test_a_pause_is_public_at_once_and_survives_a_later_approval(group, district, client):
    mine = logged_in(group.owner)
    path = group.path("part", "content")
    mine.post(path, content(group, summary="新しい紹介です。") | {"mark": _mark(mine, path)})
    mine.post(group.path("send"))
    mine.post(group.path("pause"), {"note": "工事のためお休みします。"})
    assert "工事のためお休みします。" in client.get(group.entry.get_absolute_url()).content.decode()
    approve(group.fresh(), by=reviewer(district))
    entry = group.fresh()
    assert (entry.summary, entry.life_status) == ("新しい紹介です。", LifeStatus.PAUSED)
    assert entry.paused_note == "工事のためお休みします。"


def test_a_notice_and_a_full_house_survive_a_later_approval(group, district):
    mine, day = logged_in(group.owner), timezone.localdate() + dt.timedelta(days=5)
    path = group.path("part", "content")
    mine.post(path, content(group, summary="新しい紹介です。") | {"mark": _mark(mine, path)})
    mine.post(group.path("send"))
    mine.post(group.path("notice"), {"notice": "餅つきをします。", "notice_until": day.isoformat()})
    mine.post(group.path("room"), {"capacity_state": "full"})
    approve(group.fresh(), by=reviewer(district))
    entry = group.fresh()
    assert entry.summary == "新しい紹介です。"
    assert (entry.notice, entry.notice_until, entry.capacity_state) == ("餅つきをします。", day, "full")


def test_a_cancelled_date_is_public_at_once_and_survives_a_later_approval(group, district, client):
    mine = logged_in(group.owner)
    first = Occurrence.objects.filter(resource=group.entry, date__gt=timezone.localdate()).earliest("date")
    choice = f"{first.schedule_id}:{first.date.isoformat()}"
    path = group.path("part", "content")
    mine.post(path, content(group, summary="新しい紹介です。") | {"mark": _mark(mine, path)})
    mine.post(group.path("send"))
    said = {"action": ChangeAction.CANCEL, "occurrence": choice, "reason": "会場の工事"}
    assert mine.post(group.path("dates"), said).status_code == 302
    assert "会場の工事" in client.get(group.entry.get_absolute_url()).content.decode()
    approve(group.fresh(), by=reviewer(district))
    rows = Occurrence.objects.filter(resource=group.entry, date=first.date)
    assert [row.status for row in rows] == ["cancelled"]


def test_a_new_timetable_keeps_the_changes_of_single_dates(group, district):
    mine = logged_in(group.owner)
    schedule = group.entry.schedules.get()
    first = Occurrence.objects.filter(resource=group.entry, date__gt=timezone.localdate()).earliest("date")
    change_one_date(schedule, user=group.owner, on=first.date, action=ChangeAction.CANCEL, reason="雪")
    path = group.path("part", "when")
    said = {"entry": "pick", "how": "weekly", "weekdays": ["4"], "start_1": "13:00", "end_1": "15:00"}
    said |= {"holidays": "off", "interval": "2", "mark": _mark(mine, path)}
    assert mine.post(path, said).status_code == 302
    approve_after_sending(group, district)
    kept = Occurrence.objects.get(resource=group.entry, date=first.date)
    assert (kept.status, kept.reason) == ("cancelled", "雪")
    later = Occurrence.objects.filter(resource=group.entry, date__gt=first.date).earliest("date")
    assert later.start == dt.time(13)


def approve_after_sending(group: Group, district: Any) -> None:
    send_in(group.fresh(), user=group.owner)
    approve(group.fresh(), by=reviewer(district))


def test_a_change_at_once_can_be_taken_back_once(group):
    mine = logged_in(group.owner)
    pause(group.entry, user=group.owner, note="雪")
    number = re.search(r'name="change" value="(\d+)"', mine.get(group.path("entry")).content.decode())
    mine.post(group.path("undo"), {"change": number[1]})
    assert group.fresh().life_status == LifeStatus.ACTIVE
    pause(group.fresh(), user=group.owner, note="また")
    mine.post(group.path("undo"), {"change": number[1]})  # the old button
    assert group.fresh().life_status == LifeStatus.PAUSED


def test_a_draft_is_seen_by_nobody_else(group, client):
    mine = logged_in(group.owner)
    path = group.path("part", "content")
    mine.post(path, content(group, summary="まだ秘密です。") | {"mark": _mark(mine, path)})
    assert "まだ秘密です。" not in client.get(group.entry.get_absolute_url()).content.decode()
    assert "まだ秘密です。" in mine.get(group.path("preview")).content.decode()
    assert group.fresh().summary != "まだ秘密です。"


def test_a_further_activity_stays_a_draft_until_it_is_approved(group, district, client):
    mine = logged_in(group.owner)
    path = reverse("directory:group_new", args=[group.organization.code])
    kind = group.entry.categories.get()
    said = {"name": "ひだまり体操", "kana": "ひだまりたいそう", "categories": [kind.pk]}
    assert mine.post(path, said).status_code == 302
    entry = Resource.objects.get(name="ひだまり体操")
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert entry.district == district


def test_the_other_groups_word_is_not_taken_for_a_trusted_one(group):
    mine = logged_in(group.owner)
    path = group.path("part", "content")
    mine.post(path, content(group, summary="審査が先です。") | {"mark": _mark(mine, path)})
    mine.post(group.path("send"))
    assert waiting_state(group.fresh()) is not None
    assert group.fresh().summary != "審査が先です。"


def test_a_trusted_group_publishes_at_once_and_staff_can_find_it(district):
    group, before = make_group(district, trusted=True), timezone.now()
    mine = logged_in(group.owner)
    path = group.path("part", "content")
    mine.post(path, content(group, summary="すぐに出ます。") | {"mark": _mark(mine, path)})
    mine.post(group.path("send"))
    assert group.fresh().summary == "すぐに出ます。"
    assert [row.object_id for row in trusted_changes_since(before)] == [str(group.entry.pk)]


def test_sending_in_twice_is_one_request(group):
    mine = logged_in(group.owner)
    path = group.path("part", "content")
    mine.post(path, content(group, summary="一度だけ。") | {"mark": _mark(mine, path)})
    mine.post(group.path("send"))
    mine.post(group.path("send"))
    assert group.fresh().workflow_states.count() == 1


def test_what_was_returned_shows_the_comment_and_goes_in_again(group, district):
    mine = logged_in(group.owner)
    path = group.path("part", "content")
    mine.post(path, content(group, summary="直す前") | {"mark": _mark(mine, path)})
    mine.post(group.path("send"))
    return_with_comment(group.fresh(), by=reviewer(district), comment="時間を書いてください。")
    page = mine.get(reverse("directory:group_desk", args=[group.organization.code])).content.decode()
    assert "差し戻し" in page
    assert "時間を書いてください。" in page
    mine.post(group.path("send"))
    assert waiting_state(group.fresh()) is not None


def test_the_second_of_two_editors_sees_what_the_first_saved(group):
    first, second = logged_in(group.owner), logged_in(group.editor)
    path = group.path("part", "content")
    mark = _mark(first, path)
    assert first.post(path, content(group, summary="一人め") | {"mark": mark}).status_code == 302
    answer = second.post(path, content(group, summary="二人め") | {"mark": mark})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "一人め" in page
    assert "二人め" in page
    assert group.fresh().get_latest_revision_as_object().summary == "一人め"
    again = re.search(r'name="mark" value="([^"]+)"', page)
    assert second.post(path, content(group, summary="二人め") | {"mark": again[1]}).status_code == 302
    assert group.fresh().get_latest_revision_as_object().summary == "二人め"


def test_two_people_in_two_parts_do_not_disturb_each_other(group):
    first, second = logged_in(group.owner), logged_in(group.editor)
    content_path, join_path = group.path("part", "content"), group.path("part", "join")
    content_mark, join_mark = _mark(first, content_path), _mark(second, join_path)
    first.post(content_path, content(group, summary="紹介") | {"mark": content_mark})
    said = {"join_policy": "open", "fee_kind": "free", "bring": "うわばき", "mark": join_mark}
    assert second.post(join_path, said).status_code == 302
    draft = group.fresh().get_latest_revision_as_object()
    assert (draft.summary, draft.bring) == ("紹介", "うわばき")


def test_what_was_typed_waits_for_the_login(group):
    client = logged_in(group.owner)
    path = group.path("part", "content")
    mark = _mark(client, path)
    client.logout()
    answer = client.post(path, content(group, summary="長い時間をかけて書きました。") | {"mark": mark})
    assert "/login/" in answer["Location"]
    client.force_login(group.owner)
    assert "長い時間をかけて書きました。" in client.get(path).content.decode()
    assert group.fresh().get_latest_revision_as_object().summary == group.entry.summary
    assert "長い時間をかけて書きました。" not in client.get(path).content.decode()


def test_tags_somebody_pasted_along_are_gone(group):
    client = logged_in(group.owner)
    path = group.path("part", "content")
    said = {
        "summary": "<b>太い</b>字<script>x</script>",
        "description": "3 < 5 です",
        "mark": _mark(client, path),
    }
    client.post(path, content(group) | said)
    draft = group.fresh().get_latest_revision_as_object()
    assert (draft.summary, draft.description) == ("太い字x", "3 < 5 です")


def test_the_place_of_others_is_not_changed(group, district):
    client, venue = logged_in(group.owner), group.entry.venue
    path = group.path("part", "where")
    said = {"place_name": "新しい会館", "address": "", "access_note": "", "place_visibility": "exact"}
    assert client.post(path, said | {"mark": _mark(client, path)}).status_code == 302
    venue.refresh_from_db()
    assert venue.name == "ひだまり会館"
    draft = group.fresh().get_latest_revision_as_object()
    assert (draft.venue.name, draft.district) == ("新しい会館", district)


def test_contacts_are_kept_changed_and_removed(group):
    client = logged_in(group.owner)
    path, known = group.path("part", "contact"), group.entry.contacts.get()
    said = {"contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "1", "mark": _mark(client, path)}
    said |= {"contacts-0-name": "窓口", "contacts-0-phone": known.phone, "contacts-0-audience": "public"}
    said |= {"contacts-1-email": "hi@example.jp", "contacts-1-audience": "staff"}
    assert client.post(path, said).status_code == 302
    draft = group.fresh().get_latest_revision_as_object()
    assert [(row.pk, row.name, row.email) for row in draft.contacts.all()] == [
        (known.pk, "窓口", ""),
        (None, "", "hi@example.jp"),
    ]


def test_a_contact_without_any_means_is_refused_in_words(group):
    client = logged_in(group.owner)
    path = group.path("part", "contact")
    said = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "1", "mark": _mark(client, path)}
    said |= {"contacts-0-name": "窓口", "contacts-0-audience": "public"}
    answer = client.post(path, said)
    assert answer.status_code == 422
    assert "連絡の方法を1つは" in answer.content.decode()


@pytest.mark.parametrize("part", ["content", "when", "where", "join", "contact"])
def test_nonsense_is_answered_in_words_and_never_breaks(group, part):
    client = logged_in(group.owner)
    path = group.path("part", part)
    mark = _mark(client, path)
    nonsense = {
        "mark": mark,
        "categories": ["x", "-1"],
        "name": "\x00",
        "entry": "zzz",
        "how": "?",
        "home": "９９",
    }
    nonsense |= {"contacts-TOTAL_FORMS": "x", "join_policy": "?", "place_visibility": "'"}
    assert client.post(path, nonsense).status_code in (302, 409, 422)
    for number in ("-1", "９", "99999999999", "x", "3"):
        assert client.get(path, {"n": number}).status_code == 200


def test_ending_an_activity_tells_those_who_come_back(group, client):
    logged_in(group.owner).post(group.path("close"), {"note": "会場がなくなりました"})
    answer = client.get(group.entry.get_absolute_url())
    assert answer.status_code == 410
    assert "会場がなくなりました" not in answer.content.decode()
    assert logged_in(group.owner).post(group.path("pause"), {"note": ""}).status_code == 403


def test_confirming_counts_from_today(group):
    logged_in(group.editor).post(group.path("confirm"))
    entry = group.fresh()
    assert (entry.verified_on, entry.verified_how) == (timezone.localdate(), "owner")


def test_presses_need_a_press(group):
    client = logged_in(group.owner)
    for name in PRESSES:
        assert client.get(group.path(name)).status_code == 405


def test_the_desk_costs_the_same_whatever_hangs_on_it(group, django_assert_max_num_queries):
    for _more in range(6):
        ResourceFactory(organization=group.organization)
    client = logged_in(group.owner)
    path = reverse("directory:group_desk", args=[group.organization.code])
    client.get(path)
    with django_assert_max_num_queries(20):
        client.get(path)
