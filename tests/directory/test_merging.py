"""Finding duplicates, making them one, and taking it back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.choices import DuplicateState
from directory.models import DuplicateCandidate, Favourite, Merge, Organization, Resource
from directory.services.duplicate_finding import find_duplicates
from directory.services.merging import CannotMerge, merge, undo_merge
from members.choices import StaffRole
from members.services import assign_staff
from tests.factories.areas import DistrictFactory
from tests.factories.directory import (
    CategoryFactory,
    OrganizationFactory,
    ResourceFactory,
    VenueFactory,
    weekly_spec,
)
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def kept(district) -> Resource:
    return ResourceFactory(
        name="なかよしサロン", kana="なかよしさろん", summary="", venue=VenueFactory(district=district)
    )


@pytest.fixture
def dropped(district, kept) -> Resource:
    return ResourceFactory(
        name="ＮＰＯ法人なかよしサロン",
        kana="なかよしさろん",
        summary="お茶とおしゃべり",
        venue=kept.venue,
        categories=[CategoryFactory(code="other-kind")],
        schedules=[weekly_spec()],
    )


def _staff_of(client_of, district):
    role = StaffRole.DISTRICT_STAFF
    return client_of(assign_staff(user=UserFactory(), role=role, area=district).user)


def test_two_spellings_of_one_entry_are_found_once(kept, dropped) -> None:
    find_duplicates()
    find_duplicates()
    candidate = DuplicateCandidate.objects.get()
    assert (candidate.first_resource, candidate.second_resource) == (kept, dropped)
    assert "名前が同じです" in candidate.reasons


def test_what_staff_called_different_stays_so(kept, dropped) -> None:
    find_duplicates()
    DuplicateCandidate.objects.update(state=DuplicateState.DIFFERENT)
    find_duplicates()
    assert DuplicateCandidate.objects.get().state == DuplicateState.DIFFERENT


def test_a_candidate_that_is_none_any_more_goes(kept, dropped) -> None:
    find_duplicates()
    dropped.name, dropped.kana = "まったく別の体操", "べつのたいそう"
    dropped.save()
    find_duplicates()
    assert not DuplicateCandidate.objects.exists()


def test_chosen_values_and_all_rows_come_over(kept, dropped) -> None:
    schedules = kept.schedules.count()
    merge(kept=kept, dropped=dropped, take=["summary"], user=None)
    kept.refresh_from_db()
    assert (kept.name, kept.summary) == ("なかよしサロン", "お茶とおしゃべり")
    assert "other-kind" in kept.categories.values_list("code", flat=True)
    assert kept.schedules.count() >= max(schedules, 1)


def test_the_old_code_leads_to_the_kept_entry(client, kept, dropped) -> None:
    merge(kept=kept, dropped=dropped, take=[], user=None)
    answer = client.get(f"/r/{dropped.code}/print/?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/r/{kept.code}/print/?x=1")
    assert not Resource.objects.published().filter(pk=dropped.pk).exists()


def test_a_merge_is_taken_back_and_later_changes_stay(client, kept, dropped) -> None:
    fan = UserFactory()
    Favourite.objects.create(user=fan, resource=dropped)
    record = merge(kept=kept, dropped=dropped, take=["summary", "kana"], user=None)
    assert Favourite.objects.get().resource == kept
    kept.refresh_from_db()
    contacts = kept.contacts.count()
    kept.summary = "職員が直した紹介"
    kept.save_revision().publish()
    assert undo_merge(Merge.objects.get(pk=record.pk), user=None) == ["summary"]
    kept.refresh_from_db()
    assert kept.summary == "職員が直した紹介"
    assert not kept.categories.filter(code="other-kind").exists()
    assert kept.contacts.count() <= contacts
    assert Favourite.objects.get().resource == dropped
    assert client.get(f"/r/{dropped.code}/").status_code == 200


def test_a_merge_is_undone_once(kept, dropped) -> None:
    record = merge(kept=kept, dropped=dropped, take=[], user=None)
    undo_merge(record, user=None)
    with pytest.raises(CannotMerge):
        undo_merge(record, user=None)


def test_what_was_merged_is_not_merged_again(kept, dropped) -> None:
    merge(kept=kept, dropped=dropped, take=[], user=None)
    with pytest.raises(CannotMerge):
        merge(kept=ResourceFactory(), dropped=dropped, take=[], user=None)
    with pytest.raises(CannotMerge):
        merge(kept=dropped, dropped=kept, take=[], user=None)


def test_a_draft_nobody_published_is_not_published_by_a_merge(kept, dropped) -> None:
    kept.summary = "下書き"
    kept.save_revision()
    with pytest.raises(CannotMerge):
        merge(kept=kept, dropped=dropped, take=[], user=None)


def test_groups_bring_their_entries_and_people(district) -> None:
    kept = OrganizationFactory(name="さくらの会", areas=[district])
    dropped = OrganizationFactory(name="さくらの会", areas=[district])
    entry = ResourceFactory(organization=dropped)
    entry.save_revision()
    person = UserFactory()
    dropped.members.create(user=person)
    record = merge(kept=kept, dropped=dropped, take=[], user=None)
    entry.refresh_from_db()
    assert entry.organization == kept
    assert entry.get_latest_revision_as_object().organization == kept
    assert kept.members.get().user == person
    undo_merge(record, user=None)
    entry.refresh_from_db()
    assert entry.organization == dropped
    assert Organization.objects.published().filter(pk=dropped.pk).exists()


def test_staff_compare_merge_and_take_back(client_of, district, kept, dropped) -> None:
    find_duplicates()
    candidate = DuplicateCandidate.objects.get()
    client = _staff_of(client_of, district)
    assert "なかよしサロン" in client.get(reverse("directory_duplicates:list")).content.decode()
    url = reverse("directory_duplicates:compare", args=[candidate.pk])
    assert "お茶とおしゃべり" in client.get(url).content.decode()
    answer = client.post(url, {"decision": "merge", "keep": "second", "take": ["name"]})
    assert answer.status_code == 302
    dropped.refresh_from_db()
    assert dropped.name == "なかよしサロン"
    assert client.post(url, {"decision": "merge", "keep": "second"}).status_code == 409
    merges = reverse("directory_duplicates:merges")
    assert "元に戻す" in client.get(merges).content.decode()
    client.post(merges, {"undo": str(Merge.objects.get().pk)})
    assert Merge.objects.get().undone_at is not None


def test_pairs_of_other_places_do_not_exist(client_of, kept, dropped) -> None:
    find_duplicates()
    client = _staff_of(client_of, DistrictFactory())
    url = reverse("directory_duplicates:compare", args=[DuplicateCandidate.objects.get().pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"decision": "different"}).status_code == 404
    picked = client.post(reverse("directory_duplicates:pick"), {"first": kept.code, "second": dropped.code})
    assert picked.status_code == 422


def test_two_numbers_lead_to_the_comparison(client_of, district, kept, dropped) -> None:
    client = _staff_of(client_of, district)
    page = reverse("directory_duplicates:pick")
    answer = client.post(page, {"first": kept.code.lower(), "second": dropped.code})
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.post(page, {"first": "?" * 8, "second": "\0"}).status_code == 422
