"""「間違いを知らせる」: what is written arrives once, or stays in the form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from directory import form_protection
from directory.models import MistakeReport, Resource
from tests.factories.directory import ResourceFactory

pytestmark = pytest.mark.django_db

TEXT = "金曜日ではなく木曜日です。\n確かめてください。"


@pytest.fixture
def resource(fixed_clock) -> Resource:
    return ResourceFactory()


def _url(resource: Resource) -> str:
    return f"{resource.get_absolute_url()}mistake/"


def _token(html: bytes) -> str:
    return BeautifulSoup(html, "html.parser").select_one("input[name=token]")["value"]


def _filled(client: Client, resource: Resource, **changes: str) -> dict[str, str]:
    token = _token(client.get(_url(resource)).content)
    return {"field_group": "schedule", "message": TEXT, "reply_to": "a@example.jp", "token": token} | changes


def _kept(response) -> str:
    return (
        BeautifulSoup(response.content, "html.parser")
        .select_one("textarea")
        .get_text()
        .strip()
        .replace("\r", "")
    )


def test_a_report_arrives_and_gets_a_receipt(client, resource, fixed_clock):
    data = _filled(client, resource)
    fixed_clock.shift(timedelta(seconds=10))
    response = client.post(_url(resource), data)
    report = MistakeReport.objects.get()
    assert (report.resource, report.field_group, report.reply_to) == (resource, "schedule", "a@example.jp")
    assert report.message.replace("\r", "") == TEXT
    assert response["Location"] == f"{_url(resource)}{report.receipt}/"
    assert report.receipt in client.get(response["Location"]).content.decode()


def test_a_double_click_is_one_report(client, resource, fixed_clock):
    data = _filled(client, resource)
    fixed_clock.shift(timedelta(seconds=10))
    addresses = {client.post(_url(resource), data)["Location"] for _click in range(3)}
    assert (len(addresses), MistakeReport.objects.count()) == (1, 1)


def test_another_text_from_a_used_form_is_kept_and_can_be_sent(client, resource, fixed_clock):
    data = _filled(client, resource)
    fixed_clock.shift(timedelta(seconds=10))
    client.post(_url(resource), data)
    second = client.post(_url(resource), data | {"message": "場所も違います。"})
    assert (second.status_code, _kept(second)) == (422, "場所も違います。")
    fixed_clock.shift(timedelta(seconds=10))
    again = client.post(
        _url(resource), data | {"message": "場所も違います。", "token": _token(second.content)}
    )
    assert (again.status_code, MistakeReport.objects.count()) == (302, 2)


def test_a_form_sent_too_fast_is_kept_and_can_be_sent_again(client, resource, fixed_clock):
    data = _filled(client, resource)
    fixed_clock.shift(timedelta(seconds=2))
    fast = client.post(_url(resource), data)
    assert (fast.status_code, _kept(fast), MistakeReport.objects.count()) == (422, TEXT, 0)
    fixed_clock.shift(timedelta(seconds=2))
    assert client.post(_url(resource), data | {"token": _token(fast.content)}).status_code == 302


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c", "\x00", "x" * 10_000])
def test_a_strange_token_keeps_the_text(client, resource, token):
    response = client.post(_url(resource), _filled(client, resource, token=token))
    assert response.status_code == 422
    assert MistakeReport.objects.count() == 0
    assert _kept(response) == TEXT


def test_a_form_open_since_yesterday_asks_to_send_again(client, resource, fixed_clock):
    data = _filled(client, resource)
    fixed_clock.shift(timedelta(hours=25))
    old = client.post(_url(resource), data)
    assert (old.status_code, _kept(old)) == (422, TEXT)
    fixed_clock.shift(timedelta(seconds=10))
    assert client.post(_url(resource), data | {"token": _token(old.content)}).status_code == 302


def test_a_token_of_another_entry_does_not_count(client, resource, fixed_clock):
    data = _filled(client, ResourceFactory())
    fixed_clock.shift(timedelta(seconds=10))
    assert client.post(_url(resource), data).status_code == 422


def test_what_fills_the_hidden_field_is_refused(client, resource, fixed_clock):
    data = _filled(client, resource, homepage="https://example.jp")
    fixed_clock.shift(timedelta(seconds=10))
    assert client.post(_url(resource), data).status_code == 422
    assert MistakeReport.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"message": ""}, "message"),
        ({"message": "長" * 1001}, "message"),
        ({"message": "a\x00b"}, "message"),
        ({"field_group": ""}, "field_group"),
        ({"field_group": "nonsense"}, "field_group"),
        ({"reply_to": "x" * 121}, "reply_to"),
    ],
)
def test_errors_stand_on_top_with_links_and_beside_the_field(client, resource, fixed_clock, changes, field):
    data = _filled(client, resource, **changes)
    fixed_clock.shift(timedelta(seconds=10))
    response = client.post(_url(resource), data)
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    target = page.select_one("#form-errors a")["href"].removeprefix("#")
    assert page.find(id=target) is not None
    assert page.find(id=f"id_{field}_error") is not None
    assert page.title.get_text(strip=True).startswith("エラー:")
    assert page.select_one("input[name=reply_to]")["value"] == data["reply_to"]


def test_one_address_cannot_flood_and_still_loses_nothing(client, resource, fixed_clock, monkeypatch):
    monkeypatch.setattr(form_protection, "QUOTA", 2)
    for number in range(3):
        data = _filled(client, resource, message=f"{number}番目")
        fixed_clock.shift(timedelta(seconds=10))
        response = client.post(_url(resource), data)
    assert (response.status_code, _kept(response), MistakeReport.objects.count()) == (429, "2番目", 2)
    data = _filled(client, resource)
    fixed_clock.shift(timedelta(hours=1))
    assert client.post(_url(resource), data).status_code == 302


def test_the_quota_keeps_no_address(client, resource, fixed_clock, django_assert_num_queries):
    from django.db import connection

    data = _filled(client, resource)
    fixed_clock.shift(timedelta(seconds=10))
    client.post(_url(resource), data, REMOTE_ADDR="203.0.113.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM durable_cache")
        rows = cursor.fetchall()
    assert rows
    assert "203.0.113.77" not in str(rows)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "198.51.100.7", "203.0.113.1"),  # nobody of ours wrote that header
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "made-up, 198.51.100.7", "198.51.100.7"),
        (2, "made-up, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (1, "", "203.0.113.1"),
        (2, "198.51.100.7", "203.0.113.1"),
    ],
)
def test_visitors_behind_a_proxy_are_counted_apart(rf, settings, proxies, forwarded, counted):
    settings.PROXIES_IN_FRONT = proxies
    request = rf.get("/", REMOTE_ADDR="203.0.113.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert form_protection.address_of(request) == counted


@pytest.mark.parametrize("receipt", ["%00", "あ", "A" * 300])
def test_nonsense_for_a_receipt_never_reaches_the_database(client, resource, receipt, monkeypatch):
    monkeypatch.setattr("directory.views.mistake.get_object_or_404", None)
    assert client.get(f"{_url(resource)}{receipt}/").status_code == 404


def test_a_receipt_shows_nothing_of_another_entry(client, resource):
    report = MistakeReport.objects.create(resource=resource, message="秘密の内容", receipt="ABC23456")
    own = client.get(f"{_url(resource)}{report.receipt}/")
    assert own.status_code == 200
    assert "秘密の内容" not in own.content.decode()
    assert client.get(f"{_url(ResourceFactory())}{report.receipt}/").status_code == 404
    assert client.get(f"{_url(resource)}NONE/").status_code == 404


def test_the_form_is_not_for_entries_that_are_over(client, fixed_clock):
    assert client.get(_url(ResourceFactory(life_status="closed"))).status_code == 410
