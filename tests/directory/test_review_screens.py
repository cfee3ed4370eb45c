"""The queue and the screen of one review: what they show, to whom, and what they do with a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.fields import GenericRelation
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelcluster.fields import ParentalKey

from directory.choices import PlaceVisibility
from directory.models import Organization, Resource
from directory.review_comparison import compare
from directory.review_fields import fields_of
from directory.services.review_decisions import approve, waiting_state
from directory.versions import version_of
from members.choices import StaffRole
from tests.directory.review_world import changed_entry, new_registration, reviewer, submitted
from tests.factories.areas import DistrictFactory
from tests.factories.directory import (
    CategoryFactory,
    OrganizationFactory,
    PhotoFactory,
    ResourceContactFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db

LIST = "directory_review:list"
ClientOf = Callable[[Any], Client]


def url_of(row: Any) -> str:
    return reverse(f"directory_review:{row._meta.model_name}", args=[row.pk])


def decision(row: Any, kind: str, **more: Any) -> dict[str, Any]:
    return {"decision": kind, "seen": version_of(type(row), row.pk), **more}


@pytest.fixture
def client(district: Any, client_of: ClientOf) -> Client:
    return client_of(reviewer(district))


def text(response: Any) -> str:
    return response.content.decode()


def test_the_queue_shows_what_waits_in_the_own_places_only(district: Any, client: Client) -> None:
    changed_entry(district)
    changed_entry(DistrictFactory(), name="よそのサロン")
    page = text(client.get(reverse(LIST)))
    assert "ひだまりサロン" in page
    assert "団体の人(団体の代表)" in page
    assert "よそのサロン" not in page


def test_an_entry_without_an_organization_is_in_the_queue(district: Any, client: Client) -> None:
    submitted(ResourceFactory(name="ひとりの集まり", organization=None, live=False, venue__district=district))
    assert "ひとりの集まり" in text(client.get(reverse(LIST)))


def test_a_new_group_and_its_entry_are_one_item(district: Any, client: Client) -> None:
    new_registration(district)
    response = client.get(reverse(LIST))
    (item,) = response.context["items"]
    assert [entry.name for entry in item.entries] == ["あたらしいサロン"]
    assert "T-2026-0001" in text(response)


def test_the_queue_can_be_narrowed_to_a_district(client_of: ClientOf) -> None:
    first, second = DistrictFactory(), DistrictFactory()
    changed_entry(first, name="ひとつめ")
    changed_entry(second, name="ふたつめ")
    curator = client_of(reviewer(first.parent.parent or first.parent, StaffRole.CURATOR))
    assert "ひとつめ" not in text(curator.get(reverse(LIST), {"district": second.pk}))
    for nonsense in ("x", "99999999999999999999", "-1", "１"):
        assert curator.get(reverse(LIST), {"district": nonsense, "p": nonsense}).status_code == 200


def test_an_empty_queue_says_so(client: Client) -> None:
    assert "審査を待つものは、いまありません" in text(client.get(reverse(LIST)))


def test_the_queue_costs_the_same_however_long_it_is(district: Any, client: Client) -> None:
    changed_entry(district)
    new_registration(district)
    client.get(reverse(LIST))
    before = _cost(client)
    for number in range(5):
        changed_entry(district, name=f"べつの{number}")
    assert _cost(client) == before
    assert before <= 30


def _cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(reverse(LIST)).status_code == 200
    return len(counted)


def test_the_screen_shows_both_sides_and_marks_what_differs(district: Any, client: Client) -> None:
    entry = changed_entry(district, summary="お茶を飲みながら、だれでも歌える場所です。")
    page = text(client.get(url_of(entry)))
    assert "<del>おしゃべりでき</del>" in page
    assert "<ins>歌え</ins>" in page
    assert "いま公開中" in page
    assert "変わらないところ" in page


def test_a_new_entry_shows_everything_that_was_said_and_names_what_was_not(
    district: Any, client: Client
) -> None:
    entry = submitted(ResourceFactory(organization=None, live=False, venue__district=district))
    page = text(client.get(url_of(entry)))
    assert "お茶を飲みながら" in page
    assert "書かれていない項目" in page
    assert "開催日時がありません" in page


def test_the_understood_dates_of_a_draft_are_shown(district: Any, client: Client) -> None:
    entry = changed_entry(district)
    page = text(client.get(url_of(entry)))
    assert "読み取った開催日時" in page
    assert "毎週金曜日 10:00〜12:00" in page


def test_the_same_name_elsewhere_in_the_district_is_pointed_out(district: Any, client: Client) -> None:
    twin = ResourceFactory(name="ひだまりサロン", organization=None, venue__district=district)
    entry = changed_entry(district)
    page = client.get(url_of(entry))
    assert page.context["parts"][0].twins == [twin]


def test_approving_on_the_screen_publishes_and_leads_back(district: Any, client: Client) -> None:
    entry = changed_entry(district)
    response = client.post(url_of(entry), decision(entry, "approve"), follow=True)
    assert response.redirect_chain == [(reverse(LIST), 302)]
    assert Resource.objects.get(pk=entry.pk).summary == "毎週金曜に、お茶を飲みます。"
    assert "メールで知らせました" in text(response)


def test_a_group_and_its_entry_are_approved_on_one_screen(district: Any, client: Client) -> None:
    registration = new_registration(district)
    entry = registration.resource
    more = {"entry": entry.pk, f"seen-{entry.pk}": version_of(Resource, entry.pk)}
    client.post(url_of(registration.organization), decision(registration.organization, "approve", **more))
    assert Organization.objects.published().filter(pk=registration.organization.pk).exists()
    assert Resource.objects.get(pk=entry.pk).live


def test_an_unticked_entry_goes_on_waiting(district: Any, client: Client) -> None:
    registration = new_registration(district)
    client.post(url_of(registration.organization), decision(registration.organization, "approve"))
    assert not Resource.objects.get(pk=registration.resource.pk).live
    assert waiting_state(registration.resource) is not None


def test_ticked_sentences_and_typed_words_are_the_comment(district: Any, client: Client) -> None:
    entry = changed_entry(district)
    client.post(url_of(entry), decision(entry, "return", sentence=["fee", "x"], comment="よろしく"))
    state = entry.workflow_states.get().current_task_state
    assert state.comment == "費用がいくらか、無料かを書いてください。\nよろしく"


@pytest.mark.parametrize("kind", ["return", "reject", "", "x"])
def test_without_words_or_choice_nothing_is_decided_and_nothing_typed_is_lost(
    district: Any, client: Client, kind: str
) -> None:
    entry = changed_entry(district)
    comment = "" if kind in ("return", "reject") else "書きかけ"
    response = client.post(url_of(entry), decision(entry, kind, comment=comment))
    assert response.status_code == 422
    assert comment in text(response)
    assert waiting_state(entry) is not None


def test_the_second_of_two_sees_the_decision_of_the_first(
    district: Any, client: Client, client_of: ClientOf
) -> None:
    entry, first = changed_entry(district), reviewer(district)
    client.get(url_of(entry))
    sent = decision(entry, "approve")
    client_of(first).post(url_of(entry), decision(entry, "return", comment="住所が違います"))
    response = client.post(url_of(entry), sent)
    assert response.status_code == 409
    page = text(response)
    assert f"{first}さんが決めました" in page
    assert "差し戻し" in page
    assert "住所が違います" in page
    assert Resource.objects.get(pk=entry.pk).summary != "毎週金曜に、お茶を飲みます。"


def test_a_newer_version_leads_to_a_page_with_what_is_new(district: Any, client: Client) -> None:
    entry = changed_entry(district)
    sent = decision(entry, "approve", comment="ありがとう")
    draft = entry.get_latest_revision_as_object()
    draft.bring = "うわばき"
    draft.save_revision()
    response = client.post(url_of(entry), sent)
    assert response.status_code == 409
    assert [field.label for field in response.context["since_seen"]] == ["持ち物"]
    assert "ありがとう" in text(response)
    assert Resource.objects.get(pk=entry.pk).bring == ""
    fresh = response.context["parts"][0].mark
    client.post(url_of(entry), {**sent, "seen": fresh})
    assert Resource.objects.get(pk=entry.pk).bring == "うわばき"


def test_what_was_decided_can_still_be_looked_up(district: Any, client: Client) -> None:
    entry, by = changed_entry(district), reviewer(district)
    approve(entry, by=by)
    page = client.get(url_of(entry))
    assert page.status_code == 200
    assert f"{by}さんが決めました" in text(page)


@pytest.mark.parametrize("role", [StaffRole.CSW, StaffRole.VIEWER])
def test_who_may_not_publish_opens_no_screen_of_the_review(
    district: Any, client_of: ClientOf, role: str
) -> None:
    entry, other = changed_entry(district), client_of(reviewer(district, role))
    for url in (reverse(LIST), url_of(entry), reverse("directory_review:approve_several")):
        for response in (other.get(url), other.post(url, {"decision": "approve"})):
            assert response.status_code in (302, 403)
    assert waiting_state(entry) is not None
    assert "register/review" not in text(other.get(reverse("directory_resources:list")))


def test_rows_of_a_foreign_district_do_not_exist(client: Client) -> None:
    entry = changed_entry(DistrictFactory())
    assert client.get(url_of(entry)).status_code == 404
    assert client.post(url_of(entry), decision(entry, "approve")).status_code == 404
    assert client.get(reverse("directory_review:resource", args=[99_999])).status_code == 404


def test_several_are_approved_at_once_and_the_rest_is_named(district: Any, client: Client) -> None:
    good, changed = changed_entry(district), changed_entry(district, name="なおしたサロン")
    foreign = changed_entry(DistrictFactory(), name="よそのサロン")
    registration = new_registration(district)
    rows = (good, changed, foreign, registration.organization)
    keys = [f"{row._meta.model_name}-{row.pk}" for row in rows]
    data = {"item": [*keys, "resource-x", "venue-1"]} | {
        f"seen-{key}": version_of(type(row), row.pk) for key, row in zip(keys, rows, strict=True)
    }
    changed.get_latest_revision_as_object().save_revision()
    page = text(client.post(reverse("directory_review:approve_several"), data, follow=True))
    assert "1件を承認して公開しました" in page
    assert "新しい版が届いています" in page
    assert "1つずつ内容を見て" in page
    assert "よそのサロン" not in page
    assert Resource.objects.get(pk=good.pk).summary == "毎週金曜に、お茶を飲みます。"
    assert waiting_state(foreign) is not None
    assert waiting_state(registration.organization) is not None


@pytest.mark.parametrize("model", [Resource, Organization])
def test_every_field_a_group_can_change_is_shown_in_the_review(model: Any) -> None:
    """A field nobody shows would go public unseen."""
    shown = {name for field in fields_of(model()) for name in field.covers} | {"photos", "logo"}
    of_wagtail = {
        "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "expired",
        "go_live_at", "expire_at", "locked", "locked_at", "locked_by", "latest_revision",
    }  # fmt: skip
    fields = {field.name for field in model._meta.get_fields() if _is_typed(field)}
    assert fields - shown - of_wagtail == set()


def _is_typed(field: Any) -> bool:
    """A field of a form, or rows that are part of a draft."""
    if field.auto_created:
        return isinstance(getattr(field, "field", None), ParentalKey) and field.name != "tagged_items"
    return field.editable and not field.primary_key and not isinstance(field, GenericRelation)


def test_lists_contacts_place_and_photos_are_compared_in_words(district: Any) -> None:
    entry = ResourceFactory(organization=OrganizationFactory(), venue__district=district)
    ResourceContactFactory(resource=entry, phone="03-0000-0001")
    live = Resource.objects.get(pk=entry.pk)
    draft = Resource.objects.get(pk=entry.pk)
    draft.categories.set([CategoryFactory(code="cafe", name="カフェ")])
    draft.place_visibility = PlaceVisibility.DISTRICT
    contact = draft.contacts.get()
    contact.audience = "staff"
    draft.contacts = [contact]
    photo = PhotoFactory()
    draft.photos.create(photo=photo)
    found = {field.label: field for field in compare(live, draft).changed}
    words = {label: "".join(piece.text for piece in field.after) for label, field in found.items()}
    assert words["種類"] == "カフェ"
    assert "地区だけ公開" in words["場所"]
    assert "見せる相手:職員だけ" in words["連絡先"]
    assert found["写真"].photos_after == (photo,)
    assert set(found) == {"種類", "場所", "連絡先", "写真"}


def test_a_timetable_that_was_not_understood_is_not_said_to_be(district: Any, client: Client) -> None:
    entry = changed_entry(district)
    draft = entry.get_latest_revision_as_object()
    schedule = draft.schedules.get()
    schedule.original_text, schedule.status = "雨の日は休み", "partial"
    draft.schedules = [schedule]
    draft.save_revision()
    page = text(client.get(url_of(entry)))
    assert "一部だけ理解できました" in page
    assert "日にちに直せないところがあります" in page


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("毎週金曜 10時", "毎週木曜 10時", "木"),
        ("お茶を飲みます", "体操", "体操"),
        ("13:00〜15:00", "13:30〜15:30", "330"),
    ],
)
def test_what_differs_is_marked_and_other_texts_are_marked_whole(old: str, new: str, marked: str) -> None:
    (field,) = compare(Resource(name="x", summary=old), Resource(name="x", summary=new)).changed
    assert "".join(piece.text for piece in field.after if piece.is_marked) == marked
    assert "".join(piece.text for piece in field.after) == new
    assert "".join(piece.text for piece in field.before) == old
