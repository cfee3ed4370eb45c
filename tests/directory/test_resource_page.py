"""The page of an entry: facts, warnings, dates, and what strange input does to it."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from directory.choices import Answer, ContactAudience
from directory.models import Resource, ResourcePhoto, ScheduleException
from directory.services.occurrences import rebuild_occurrences
from tests.factories.directory import (
    AudienceFactory,
    FeatureFactory,
    PhotoFactory,
    ResourceContactFactory,
    ResourceFactory,
    ResourceFeatureFactory,
    VenueFeatureFactory,
    weekly_spec,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

#: Of the register twelve; what other apps show on the page is one each for reports and events.
BUDGET = 14
NASTY = "<script>alert(1)</script>\"'&🍵" + "長" * 80


def _page(client: Client, resource: Resource, query: str = "") -> BeautifulSoup:
    response = client.get(resource.get_absolute_url() + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def _facts(page: BeautifulSoup) -> dict[str, str]:
    return {
        row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in page.select("dl.facts > div")
    }


def test_facts_answer_what_people_ask(client):
    resource = ResourceFactory(
        schedules=[weekly_spec()],
        audiences=[AudienceFactory()],
        fee_kind="paid",
        fee_adult=100,
        fee_note="飲み物つき",
        verified_on=date(2026, 10, 3),
        verified_how="phone",
        verified_by="社会福祉協議会",
    )
    facts = _facts(_page(client, resource))
    assert facts["いつ"].startswith("毎週金曜日 10:00〜12:00")
    assert facts["どこで"] == f"{resource.venue.name} 南烏山六丁目1-1"
    assert facts["費用"] == "100円 飲み物つき"
    assert facts["対象"] == "どなたでも"
    assert facts["参加のしかた"] == "予約はいりません。そのままお越しください。"
    assert facts["主催"] == resource.organization.name
    assert facts["確認"] == "2026年10月3日に社会福祉協議会が電話で確認しました"


def test_what_is_not_known_is_said(client):
    facts = _facts(_page(client, ResourceFactory(venue=None, join_policy="unknown")))
    assert facts["費用"] == facts["対象"] == facts["どこで"] == "わかりません。お問い合わせください。"
    assert facts["いつ"] == "日時は決まっていません。お問い合わせください。"
    assert facts["確認"] == "まだ確認していません"


def test_yes_no_and_unknown_are_three_things(client):
    resource = ResourceFactory()
    for code, name, absent, answer in [
        ("a", "段差がない", "段差がある", Answer.YES),
        ("b", "駐車場がある", "駐車場はない", Answer.NO),
        ("c", "手すりがある", "手すりはない", Answer.UNKNOWN),
    ]:
        feature = FeatureFactory(code=code, name=name, absent_name=absent)
        VenueFeatureFactory(venue=resource.venue, feature=feature, answer=answer)
    tags = _page(client, resource).select(".facts .tag")
    assert [(tag.get_text(strip=True), tag["class"][1:]) for tag in tags] == [
        ("段差がない", []),
        ("駐車場はない", ["tag--no"]),
        ("手すりがあるかは、わかりません", ["tag--unknown"]),
    ]


def test_the_activity_knows_better_than_its_place(client):
    resource, feature = (
        ResourceFactory(),
        FeatureFactory(name="車いすで入れる", absent_name="車いすでは入れない"),
    )
    VenueFeatureFactory(venue=resource.venue, feature=feature, answer=Answer.YES)
    ResourceFeatureFactory(resource=resource, feature=feature, answer=Answer.NO)
    assert [tag.get_text(strip=True) for tag in _page(client, resource).select(".facts .tag")] == [
        "車いすでは入れない"
    ]


def test_cancelled_and_moved_dates_are_said(client):
    resource = ResourceFactory(schedules=[weekly_spec()])
    schedule = resource.schedules.get()
    ScheduleException.objects.create(
        schedule=schedule, date=date(2026, 11, 27), action="cancel", reason="会場の都合"
    )
    ScheduleException.objects.create(
        schedule=schedule, date=date(2026, 12, 11), action="move", new_date=date(2026, 12, 12)
    )
    rebuild_occurrences([Resource.objects.get(pk=resource.pk)])
    text = _page(client, resource).select_one(".entry__changes").get_text(" ", strip=True)
    assert "11月27日(金) 10:00〜12:00 中止(会場の都合)" in text
    assert "12月12日(土) 10:00〜12:00 12月11日(金)から変わりました" in text


def test_a_resting_entry_says_so_above_its_name_and_promises_no_dates(client):
    resource = ResourceFactory(
        life_status="paused", paused_note="4月に再開します。", schedules=[weekly_spec()]
    )
    page = _page(client, resource)
    order = [element.get_text(strip=True) for element in page.select(".notice__title, h1")]
    assert order.index("現在はお休みしています") < order.index(resource.name)
    assert not page.select(".date-block")
    assert not page.select("table.month")


@pytest.mark.parametrize(
    ("first", "last", "is_shown"),
    [
        (None, None, True),
        (date(2026, 11, 20), date(2026, 11, 20), True),
        (date(2026, 11, 21), None, False),
        (None, date(2026, 11, 19), False),
    ],
)
def test_a_notice_is_shown_in_its_time(client, first, last, is_shown):
    resource = ResourceFactory(notice="会場が変わります。", notice_from=first, notice_until=last)
    assert ("会場が変わります。" in _page(client, resource).get_text()) == is_shown


@pytest.mark.parametrize(
    ("verified_on", "is_stale"), [(date(2026, 4, 20), True), (date(2026, 4, 21), False), (None, True)]
)
def test_old_proof_is_called_old(client, verified_on, is_stale):
    resource = ResourceFactory(verified_on=verified_on, verified_how="visit" if verified_on else "")
    assert bool(_page(client, resource).select(".notice--warning")) == is_stale


@pytest.mark.parametrize("typed", ["{0}", "{1}"])
def test_a_code_typed_another_way_leads_to_the_entry(client, typed):
    resource = ResourceFactory()
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in resource.code)
    response = client.get(f"/r/{typed.format(resource.code.lower(), full_width)}/print/?x=1")
    assert (response.status_code, response["Location"]) == (301, f"/r/{resource.code}/print/?x=1")


@pytest.mark.parametrize(
    "code", ["ZZZZZ", "ＺＺＺＺＺ", "!!", "%00", "あいう", "A" * 500, "0O1IL", "%F0%9F%8D%B5"]
)
def test_a_code_nobody_has_is_not_found(client, code):
    assert client.get(f"/r/{code}/", follow=True).status_code == 404


@pytest.mark.parametrize("month", ["x", "2026-13", "%00", "9" * 1000, "2026-12-01"])
def test_a_month_that_is_none_is_refused_kindly(client, month):
    resource = ResourceFactory(schedules=[weekly_spec()])
    assert client.get(f"{resource.get_absolute_url()}?month={month}").status_code == 400


def test_other_months_are_a_link_away(client):
    resource = ResourceFactory(schedules=[weekly_spec()])
    page = _page(client, resource, "?month=2026-12")
    assert page.select_one("table.month caption").get_text(strip=True) == "2026年12月の開催日"
    assert [link["href"] for link in page.select(".month__turn a")] == [
        "?month=2026-11#month",
        "?month=2027-01#month",
    ]
    # 11 December is no holiday; 25 December is none either.
    assert [day.contents[0] for day in page.select(".month__day--open")] == ["4", "11", "18", "25"]


def test_an_ended_entry_says_so_and_is_gone(client):
    response = client.get(ResourceFactory(life_status="closed", name="終わった会").get_absolute_url())
    assert response.status_code == 410
    assert "終わった会" in response.content.decode()
    assert "終了しました" in response.content.decode()


def test_a_draft_says_so_to_staff(administrator_client):
    page = _page(administrator_client, ResourceFactory(live=False))
    assert page.select_one(".notice__title").get_text(strip=True) == "下書き"


@pytest.mark.parametrize("tail", ["", "print/", "read/", "read.txt", "calendar.ics", "qr.svg", "mistake/"])
def test_nasty_names_stay_text(client, tail):
    resource = ResourceFactory(
        name=NASTY[:120],
        kana=NASTY,
        summary=NASTY,
        description=NASTY * 20,
        paused_note=NASTY,
        notice=NASTY,
        schedules=[weekly_spec()],
    )
    ResourceContactFactory(resource=resource, name=NASTY[:60])
    response = client.get(f"{resource.get_absolute_url()}{tail}")
    assert response.status_code == 200
    if "html" in response["Content-Type"]:
        page = BeautifulSoup(response.content, "html.parser")
        assert not [
            script
            for script in page.select("script")
            if "alert(1)" in script.get_text() and not script.get("type")
        ]
        assert len(page.select("h1")) == 1


def test_the_phone_is_a_link_and_staff_numbers_stay_inside(client):
    resource = ResourceFactory()
    ResourceContactFactory(resource=resource)
    ResourceContactFactory(resource=resource, phone="090-0000-0000", audience=ContactAudience.STAFF)
    links = [link["href"] for link in _page(client, resource).select('a[href^="tel:"]')]
    assert set(links) == {"tel:0300000000"}


def test_queries_are_few_whatever_hangs_on_the_entry(client, django_assert_max_num_queries):
    small, large = (
        ResourceFactory(schedules=[weekly_spec()]),
        ResourceFactory(
            schedules=[
                weekly_spec("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"),
                weekly_spec("FREQ=WEEKLY;BYDAY=SU"),
            ]
        ),
    )
    for number in range(8):
        feature = FeatureFactory(code=f"f{number}", name=f"設備{number}")
        VenueFeatureFactory(venue=large.venue, feature=feature)
        ResourceFeatureFactory(resource=large, feature=feature)
        ResourceContactFactory(resource=large)
        ResourcePhoto.objects.create(resource=large, photo=PhotoFactory())
    for _other in range(4):
        ResourceFactory(venue=large.venue, schedules=[weekly_spec()])
    for resource in (small, large):
        client.get(
            resource.get_absolute_url()
        )  # makes the sizes of photos and reads what stands around every page
    for resource in (small, large):
        with django_assert_max_num_queries(BUDGET):
            client.get(resource.get_absolute_url())


@pytest.fixture(autouse=True)
def _no_frame_of_another_test():
    cache.clear()
