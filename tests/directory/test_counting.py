"""Numbers of visits: people count, machines, staff and the group itself do not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.choices import CountKind
from directory.group_desk import desk_entry
from directory.models import DailyCount
from directory.services.counting import count
from tests.directory.group_world import logged_in, make_group
from tests.directory.review_world import reviewer

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"


@pytest.fixture
def group(district):
    return make_group(district)


def _counts() -> dict[str, int]:
    return dict(DailyCount.objects.values_list("kind", "count"))


def test_a_visit_counts_and_a_print_too(group):
    client = Client(headers={"user-agent": PHONE})
    client.get(group.entry.get_absolute_url())
    client.get(group.entry.get_absolute_url())
    client.get(reverse("directory:print", args=[group.entry.code]))
    assert _counts() == {"seen": 2, "shared": 1}
    assert DailyCount.objects.filter(date=timezone.localdate()).count() == 2


def test_machines_and_looking_ahead_do_not_count(group):
    address = group.entry.get_absolute_url()
    for agent in ("", "curl/8.0", "Mozilla/5.0 (compatible; Googlebot/2.1)"):
        Client(headers={"user-agent": agent}).get(address)
    visitor = Client(headers={"user-agent": PHONE})
    visitor.head(address)
    visitor.get(address, headers={"sec-purpose": "prefetch;prerender"})
    visitor.get(address, {"month": f"{timezone.localdate():%Y-%m}"})  # the same visit goes on
    assert _counts() == {}


def test_staff_and_the_group_itself_do_not_count(group, district):
    for user in (group.owner, reviewer(district)):
        logged_in(user).get(group.entry.get_absolute_url(), headers={"user-agent": PHONE})
    assert _counts() == {}


def test_the_telephone_button_counts(group):
    address = reverse("directory:count_press", args=[group.entry.code])
    client = Client(headers={"user-agent": PHONE}, enforce_csrf_checks=True)
    assert client.post(f"{address}?kind=called").status_code == 204
    assert _counts() == {"called": 1}


def test_other_sites_nonsense_and_too_many_presses_do_not_count(group):
    address = reverse("directory:count_press", args=[group.entry.code])
    client = Client(headers={"user-agent": PHONE})
    client.post(f"{address}?kind=called", headers={"sec-fetch-site": "cross-site"})
    client.post(f"{address}?kind=seen")
    client.post("/r/22222/count/?kind=called")
    assert _counts() == {}
    for _press in range(25):
        client.post(f"{address}?kind=called")
    assert _counts() == {"called": 20}


def test_the_desk_says_the_numbers_in_words(group):
    assert desk_entry(group.entry).counted == "今月は、まだ見られていません。"
    for kind, times in ((CountKind.SEEN, 3), (CountKind.CALLED, 1)):
        for _time in range(times):
            count(group.entry, kind)
    assert desk_entry(group.entry).counted == "今月 3回見られました。電話のボタンは 1回押されました。"
