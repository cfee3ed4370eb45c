"""Editing by several people, the first screen's lists, forms sent twice."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from directory.choices import LifeStatus
from directory.models import Organization, Resource, Venue
from directory.services.review import ensure_workflow
from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.admin_editing import edit_url, opened, saved, staff_of
from tests.directory.admin_forms_data import inline, resource_data
from tests.factories.areas import DistrictFactory
from tests.factories.directory import OrganizationFactory, ResourceFactory, VenueFactory
from tests.factories.members import UserFactory


@pytest.mark.parametrize("has_revision", [False, True])
def test_the_second_of_two_people_sees_a_conflict_and_overwrites_nothing(
    district: object, entry: Resource, has_revision: bool
) -> None:
    if has_revision:
        entry.save_revision()
    first, second = staff_of(district), staff_of(district)
    seen_by_first, seen_by_second = opened(first, edit_url(entry)), opened(second, edit_url(entry))
    assert saved(entry, first, seen_by_first, name="一人めの名前").status_code == 302
    response = saved(entry, second, seen_by_second, name="二人めの名前")
    page = response.content.decode()
    assert response.status_code == 409
    assert "一人めの名前" in page
    assert 'value="二人めの名前"' in page
    assert "data-w-autosave-interval-value" not in page  # nothing is saved behind the person's back
    assert entry.get_latest_revision_as_object().name != "二人めの名前"
    entry.refresh_from_db()
    assert entry.get_latest_revision_as_object().name == "一人めの名前"


def test_after_seeing_the_conflict_one_may_overwrite_knowingly(district: object, entry: Resource) -> None:
    first, second = staff_of(district), staff_of(district)
    old = opened(second, edit_url(entry))
    saved(entry, first, opened(first, edit_url(entry)), name="一人めの名前")
    context = saved(entry, second, old, name="二人めの名前").context
    latest = Resource.objects.get(pk=entry.pk).latest_revision
    marks = {
        "loaded_version": context["loaded_version"],
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }
    assert saved(entry, second, marks, name="二人めの名前").status_code == 302
    assert Resource.objects.get(pk=entry.pk).get_latest_revision_as_object().name == "二人めの名前"


def test_a_save_that_does_not_say_what_it_saw_is_a_conflict(staff: Client, entry: Resource) -> None:
    entry.save_revision()
    assert saved(entry, staff, {}, name="見ないで保存").status_code == 409


def test_publishing_right_after_the_first_autosave_is_no_conflict(staff: Client, district: object) -> None:
    made = staff.post(
        reverse("directory_resources:add"),
        resource_data(district=str(district.pk)),
        headers={"accept": "application/json"},
    ).json()
    data = resource_data(district=str(district.pk), **{"action-publish": "1"})
    assert staff.post(made["url"], data).status_code == 302
    assert Resource.objects.get(pk=made["pk"]).live


def test_autosaves_go_on_in_their_own_version_and_stop_when_somebody_else_saved(
    district: object, entry: Resource
) -> None:
    first, second = staff_of(district), staff_of(district)
    as_json = {"headers": {"accept": "application/json"}}
    data = resource_data(venue=str(entry.venue_id), name="ひとつめ")
    made = first.post(edit_url(entry), data | opened(first, edit_url(entry)), **as_json).json()
    own = {"overwrite_revision_id": str(made["revision_id"])}
    assert first.post(edit_url(entry), data | own, **as_json).status_code == 200
    saved(entry, second, opened(second, edit_url(entry)), name="ほかの人")
    assert first.post(edit_url(entry), data | own, **as_json).status_code == 400
    assert Resource.objects.get(pk=entry.pk).get_latest_revision_as_object().name == "ほかの人"


def test_places_too_are_not_overwritten_silently(staff: Client, district: object) -> None:
    venue = VenueFactory(district=district)
    url = reverse("directory_venues:edit", args=[venue.pk])
    mark = staff.get(url).context["loaded_version"]
    Venue.objects.filter(pk=venue.pk).update(name="先に変えた名前")
    data = {"name": "あとの名前", "district": district.pk, "visibility": "exact", "loaded_version": mark}
    response = staff.post(url, data | inline("feature_answers", []))
    assert response.status_code == 409
    venue.refresh_from_db()
    assert venue.name == "先に変えた名前"


def test_an_entry_cannot_be_moved_into_a_foreign_district(staff: Client, entry: Resource) -> None:
    foreign = DistrictFactory()
    for place in (
        {"venue": str(VenueFactory(district=foreign).pk)},
        {"venue": None, "district": str(foreign.pk)},
    ):
        data = resource_data(**place) | opened(staff, edit_url(entry))
        response = staff.post(edit_url(entry), data)
        assert response.status_code == 200
        assert {"venue", "district"} & set(response.context["form"].errors)


def test_a_csw_writes_drafts_but_publishes_nothing(district: object, entry: Resource) -> None:
    csw = staff_of(district, StaffRole.CSW)
    marks = opened(csw, edit_url(entry))
    assert saved(entry, csw, marks, name="下書きの名前", **{"action-publish": "1"}).status_code == 302
    entry.refresh_from_db()
    assert entry.name == "ひだまりサロン"
    assert entry.has_unpublished_changes


def test_the_button_to_publish_is_there_for_those_who_may(district: object, entry: Resource) -> None:
    for role, expected in ((StaffRole.DISTRICT_STAFF, True), (StaffRole.CSW, False)):
        page = staff_of(district, role).get(edit_url(entry)).content.decode()
        assert ('name="action-publish"' in page) is expected
        assert ("/unpublish/" in page) is expected


def test_someone_who_publishes_in_one_district_does_not_in_another(district: object, entry: Resource) -> None:
    user = UserFactory()
    assign_staff(user=user, role=StaffRole.CSW, area=district)
    assign_staff(user=user, role=StaffRole.DISTRICT_STAFF, area=DistrictFactory())
    client = Client()
    client.force_login(user)
    saved(entry, client, opened(client, edit_url(entry)), name="別の名前", **{"action-publish": "1"})
    client.post(
        reverse("directory_resources:add"),
        resource_data(venue=str(entry.venue_id), **{"action-publish": "1"}),
    )
    assert Resource.objects.get(pk=entry.pk).name == "ひだまりサロン"
    assert not Resource.objects.filter(name="あたらしいサロン", live=True).exists()


def test_review_mail_goes_to_reviewers_of_the_place_only(district: object, entry: Resource) -> None:
    ensure_workflow()
    reviewer = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=district).user
    assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=DistrictFactory())
    csw = staff_of(district, StaffRole.CSW)
    saved(entry, csw, opened(csw, edit_url(entry)), name="審査へ", **{"action-submit": "1"})
    assert Resource.objects.get(pk=entry.pk).workflow_in_progress
    assert {address for message in mail.outbox for address in message.to} == {reviewer.email}


def test_lists_are_searched_as_japanese_is_typed_and_empty_ones_say_what_to_do(
    staff: Client, entry: Resource
) -> None:
    url = reverse("directory_resources:list")
    assert "ひだまりサロン" in staff.get(f"{url}?q=まりサロ").content.decode()
    assert "あてはまるものがありません" in staff.get(f"{url}?q=ない言葉").content.decode()
    entry.delete()
    assert "まだ登録がありません" in staff.get(url).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "district=abc",
        "district=99999999999999999999",
        "verified_before=なんでも",
        "p=９９９９９９９",
        "ordering=__import__",
        "q=%00%27%22",
        "publication=x",
        "life_status=x&categories=x",
    ],
)
def test_nonsense_in_filters_is_no_error(staff: Client, entry: Resource, query: str) -> None:
    assert staff.get(f"{reverse('directory_resources:list')}?{query}").status_code in (200, 400)


def test_lists_cost_the_same_number_of_queries_whatever_their_length(
    staff: Client, district: object, django_assert_max_num_queries: object
) -> None:
    for _number in range(12):
        ResourceFactory(venue=VenueFactory(district=district))
    staff.get(reverse("directory_resources:list"))
    with django_assert_max_num_queries(25):
        staff.get(reverse("directory_resources:list"))


def test_a_preview_shows_what_was_typed_and_its_dates(
    staff: Client, entry: Resource, fixed_clock: object
) -> None:
    url = reverse("directory_resources:preview_on_edit", args=[entry.pk])
    data = resource_data(name="見本の名前", venue=str(entry.venue_id), life_status=LifeStatus.ACTIVE)
    assert staff.post(url, data).json()["is_valid"]
    response = staff.get(url)
    assert "見本の名前" in response.content.decode()
    assert "frame-ancestors 'none'" not in response.headers.get("Content-Security-Policy", "")


def test_an_organization_is_created_by_staff(staff: Client, district: object) -> None:
    data = {"name": "新しい会", "areas": [str(district.pk)], "legal_form": "informal", "status": "approved"}
    data |= {"sns_links": "https://example.jp/a\nhttps://example.jp/b", "action-publish": "1"} | inline(
        "contacts", []
    )
    response = staff.post(reverse("directory_organizations:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    made = Organization.objects.get(name="新しい会")
    assert made.live
    assert made.sns_links == ["https://example.jp/a", "https://example.jp/b"]
    assert list(made.areas.all()) == [district]


def test_the_usage_of_a_kind_does_not_name_foreign_drafts(district: object) -> None:
    foreign = ResourceFactory(name="よその下書き", venue=VenueFactory(), live=False)
    curator = staff_of(district, StaffRole.CURATOR)
    url = reverse("directory_categories:usage", args=[foreign.categories.first().pk])
    assert "よその下書き" not in curator.get(url).content.decode()


def test_an_organization_used_elsewhere_can_be_chosen_when_it_is_public(
    staff: Client, entry: Resource
) -> None:
    public = OrganizationFactory(areas=[DistrictFactory()])
    hidden = OrganizationFactory(areas=[DistrictFactory()], live=False)
    for organization, expected in ((hidden, 200), (public, 302)):
        marks = opened(staff, edit_url(entry))
        assert saved(entry, staff, marks, organization=str(organization.pk)).status_code == expected


def test_the_workflow_and_groups_can_be_made_again(db: None) -> None:
    assert ensure_workflow() == ensure_workflow()
    assert Group.objects.filter(name="職員").count() == 1


def test_a_double_click_makes_one_entry(staff: Client, district: object) -> None:
    data = resource_data(district=str(district.pk), form_token="sent-once")
    first, second = (staff.post(reverse("directory_resources:add"), data) for _click in range(2))
    entry = Resource.objects.get(name="あたらしいサロン")
    assert first.status_code == second.status_code == 302
    assert second["Location"] == edit_url(entry)


def test_the_same_form_with_other_words_is_another_entry(staff: Client, district: object) -> None:
    for name in ("ひとつめ", "ふたつめ"):
        staff.post(
            reverse("directory_resources:add"),
            resource_data(district=str(district.pk), name=name, form_token="sent-once"),
        )
    assert Resource.objects.filter(name__in=["ひとつめ", "ふたつめ"]).count() == 2


def test_a_double_click_records_one_verification(staff: Client, entry: Resource) -> None:
    url = reverse("directory_resources:verify", args=[entry.pk])
    said = {"method": "phone", "result": "confirmed", "field_group": "all", "on": "2026-10-03"}
    for _click in range(2):
        assert staff.post(url, said | {"form_token": "sent-once"}).status_code == 302
    assert entry.verifications.count() == 1


def test_forms_carry_a_token(staff: Client, entry: Resource) -> None:
    for url in (
        reverse("directory_resources:add"),
        reverse("directory_venues:add"),
        reverse("directory_resources:verify", args=[entry.pk]),
    ):
        response = staff.get(url)
        assert f'name="form_token" value="{response.context["form_token"]}"' in response.content.decode()


def test_the_name_of_a_foreign_place_is_not_told_by_the_form(staff: Client) -> None:
    foreign = VenueFactory(district=DistrictFactory(), name="よそ会館")
    response = staff.post(reverse("directory_resources:add"), resource_data(venue=str(foreign.pk)))
    assert "venue" in response.context["form"].errors
    assert "よそ会館" not in response.content.decode()


def test_a_draft_needs_a_name_and_nothing_else(staff: Client, district: object) -> None:
    url = reverse("directory_resources:add")
    assert "name" in staff.post(url, resource_data(district=str(district.pk), name="")).context["form"].errors
    assert staff.post(url, resource_data(district=str(district.pk), categories=[])).status_code == 302
