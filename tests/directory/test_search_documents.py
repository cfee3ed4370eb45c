"""What of an entry can be found: everything the public may see, and nothing else."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.models import Area
from directory.choices import (
    Answer,
    FeeKind,
    LifeStatus,
    OccurrenceStatus,
    OrganizationStatus,
    Pickup,
    PlaceVisibility,
)
from directory.models import Resource, Venue
from directory.schedules.rules import Slot
from directory.schedules.spec import Kind, ScheduleSpec
from directory.search_documents import (
    OrganizationSource,
    ResourceSource,
    organization_document,
    resource_document,
)
from search.documents import SearchDocument
from search.models import OutboxEntry
from tests.factories.areas import AreaFactory, DistrictFactory, MunicipalityFactory, TownFactory
from tests.factories.directory import (
    AudienceFactory,
    CategoryFactory,
    FeatureFactory,
    OrganizationFactory,
    ResourceContactFactory,
    ResourceFactory,
    ResourceFeatureFactory,
    VenueFactory,
    VenueFeatureFactory,
    weekly_spec,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def everything_in(document: SearchDocument) -> str:
    """All text of a document, wherever it stands."""
    parts = [document.title, document.reading, document.category, document.place, document.body]
    return json.dumps(
        [*parts, document.keywords, document.card, document.location], ensure_ascii=False, default=str
    )


@pytest.fixture
def district() -> Area:
    city = MunicipalityFactory(name="見本区", short_name="見本", slug="mihon")
    area = AreaFactory(parent=city, name="西地域", short_name="西", slug="nishi")
    return DistrictFactory(parent=area, name="欅地区", short_name="欅", slug="keyaki", kana="けやき")


@pytest.fixture
def venue(district: Area) -> Venue:
    town = TownFactory(
        municipality=district.municipality,
        district=district,
        name="秘町三丁目",
        base_name="秘町",
        lat=35.667,
        lng=139.601,
    )
    return VenueFactory(
        district=district,
        town=town,
        name="ひみつの家",
        kana="ひみつのいえ",
        address="秘町3-2-1",
        access_note="赤い門の左",
        lat=35.66812,
        lng=139.60049,
    )


def test_document_holds_what_people_search_by(venue: Venue) -> None:
    parent = CategoryFactory(code="participation", name="社会参加")
    cafe = CategoryFactory(
        code="cafe",
        name="地域カフェ",
        plain_name="お茶の場",
        synonyms="喫茶\nまちカフェ",
        parent=parent,
        wish="talk",
    )
    resource = ResourceFactory(
        name="カフェけやき",
        kana="かふぇけやき",
        venue=venue,
        categories=[cafe],
        audiences=[AudienceFactory(code="older", name="高齢の方")],
        fee_kind=FeeKind.FREE,
        languages=["en"],
        pickup=Pickup.CONSULT,
        verified_on=date(2026, 10, 3),
        schedules=[weekly_spec("FREQ=MONTHLY;BYDAY=2SU,4SU", start=time(10), end=time(15))],
    )
    VenueFeatureFactory(venue=venue, feature=FeatureFactory(code="wheelchair"))
    found = resource_document(resource)
    assert found is not None
    assert (found.title, found.reading) == ("カフェけやき", "かふぇけやき")
    assert {"喫茶", "まちカフェ", "お茶の場", "社会参加"} <= set(found.category.split("\n"))
    assert {"ひみつの家", "欅地区", "秘町3-2-1"} <= set(found.place.split("\n"))
    assert found.keywords == {
        "code": (resource.code,),
        "category": ("cafe", "participation"),
        "wish": ("talk",),
        "area": ("mihon/nishi/keyaki", "mihon/nishi", "mihon"),
        "town": ("秘町", "秘町三丁目"),
        "audience": ("older",),
        "weekday": ("sun",),
        "time": ("morning", "afternoon"),
        "free": ("yes",),
        "features": ("wheelchair", "pickup"),
        "join": ("open",),
        "language": ("en",),
        "verified": ("2026-10",),
    }
    assert found.location == (35.66812, 139.60049)
    assert found.dates[:2] == (date(2026, 11, 22), date(2026, 12, 13))


@pytest.mark.parametrize(
    "hide",
    [
        lambda resource: setattr(resource, "live", False),
        lambda resource: setattr(resource, "life_status", LifeStatus.CLOSED),
        lambda resource: setattr(resource, "life_status", LifeStatus.VISITED),
    ],
)
def test_what_is_not_public_has_no_document(hide) -> None:
    resource = ResourceFactory()
    hide(resource)
    assert resource_document(resource) is None
    resource.save()
    assert not list(ResourceSource().documents([str(resource.uuid)]))


SECRETS = ["ひみつの家", "ひみつのいえ", "秘町3-2-1", "赤い門の左", "35.668", "139.600"]


@pytest.mark.parametrize("strict", ["entry", "venue"])
@pytest.mark.parametrize(
    ("visibility", "hidden", "shown", "has_point"),
    [
        (PlaceVisibility.EXACT, [], ["ひみつの家", "秘町3-2-1", "秘町三丁目", "欅", "keyaki"], True),
        (PlaceVisibility.BLOCK, SECRETS, ["秘町三丁目", "欅", "keyaki"], True),
        (PlaceVisibility.DISTRICT, [*SECRETS, "秘町", "35.66"], ["欅", "keyaki"], False),
        (
            PlaceVisibility.HIDDEN,
            [*SECRETS, "秘町", "35.66", "欅", "けやき", "keyaki", "nishi", "mihon", "西地域"],
            [],
            False,
        ),
    ],
)
def test_no_field_tells_more_of_a_place_than_may_be_known(
    venue: Venue, strict: str, visibility: str, hidden: list[str], shown: list[str], has_point: bool
) -> None:
    FeatureFactory(code="wheelchair")
    VenueFeatureFactory(venue=venue)
    if strict == "venue":
        venue.visibility = visibility
        venue.save()
    resource = ResourceFactory(
        venue=venue,
        place_visibility=visibility if strict == "entry" else PlaceVisibility.EXACT,
        schedules=[weekly_spec()],
    )
    resource.areas_served.set([venue.district])
    resource.save()
    found = resource_document(Resource.objects.get(pk=resource.pk))
    assert found is not None
    text = everything_in(found)
    assert [secret for secret in hidden if secret in text] == []
    assert [word for word in shown if word not in text] == []
    assert (found.location is not None) == has_point


def test_point_of_a_block_is_the_towns_and_not_the_houses(venue: Venue) -> None:
    found = resource_document(ResourceFactory(venue=venue, place_visibility=PlaceVisibility.BLOCK))
    assert found is not None
    assert found.location == (35.667, 139.601)
    assert found.card["rough"] is True


def test_features_of_a_hidden_place_stay_hidden(venue: Venue) -> None:
    VenueFeatureFactory(venue=venue, feature=FeatureFactory(code="wheelchair", name="車いすで入れる"))
    found = resource_document(ResourceFactory(venue=venue, place_visibility=PlaceVisibility.HIDDEN))
    assert found is not None
    assert "車いす" not in everything_in(found)
    assert "wheelchair" not in everything_in(found)


def test_no_contact_and_no_secret_organization_gets_in() -> None:
    organization = OrganizationFactory(name="承認待ちの会", status=OrganizationStatus.REGISTERED)
    resource = ResourceFactory(organization=organization)
    ResourceContactFactory(resource=resource, phone="03-0000-0001", email="secret@example.jp")
    text = everything_in(resource_document(resource))
    assert "03-0000-0001" not in text
    assert "example.jp" not in text
    assert "承認待ちの会" not in text


def test_answer_of_the_activity_counts_before_that_of_its_place(venue: Venue) -> None:
    feature = FeatureFactory(code="wheelchair")
    VenueFeatureFactory(venue=venue, feature=feature)
    resource = ResourceFactory(venue=venue)
    ResourceFeatureFactory(resource=resource, feature=feature, answer=Answer.NO)
    found = resource_document(Resource.objects.get(pk=resource.pk))
    assert found is not None
    assert "features" not in found.keywords


def test_paused_entry_is_found_but_open_on_no_day() -> None:
    resource = ResourceFactory(life_status=LifeStatus.PAUSED, schedules=[weekly_spec()])
    found = resource_document(resource)
    assert found is not None
    assert found.dates == ()
    assert found.card["paused"] is True


def test_cancelled_dates_are_no_dates() -> None:
    resource = ResourceFactory(schedules=[weekly_spec()])
    first = resource.occurrences.order_by("date").first()
    first.status = "cancelled"
    first.save()
    found = resource_document(Resource.objects.get(pk=resource.pk))
    assert found is not None
    assert first.date not in found.dates
    assert len(found.dates) > 40


def test_broken_timetable_does_not_hide_an_entry() -> None:
    resource = ResourceFactory(schedules=[weekly_spec()])
    resource.schedules.update(spec={"kind": "nonsense"}, original_text="毎週金曜", status="partial")
    found = resource_document(Resource.objects.get(pk=resource.pk))
    assert found is not None
    assert "weekday" not in found.keywords
    assert found.card["schedule"] == "毎週金曜"


@pytest.mark.parametrize(
    ("spec", "weekdays", "times"),
    [
        (weekly_spec("FREQ=WEEKLY;BYDAY=TU,SU"), ("tue", "sun", "workdays"), ("morning",)),
        (weekly_spec("FREQ=MONTHLY;BYMONTHDAY=12"), (), ("morning",)),
        (ScheduleSpec(kind=Kind.ALWAYS), ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "workdays"), ()),
        (
            ScheduleSpec(kind=Kind.DATES, dates=(date(2026, 12, 5),), slots=(Slot(time(17), time(19)),)),
            ("sat",),
            ("evening",),
        ),
        (ScheduleSpec(kind=Kind.IRREGULAR, slots=(Slot(time(11)),)), (), ("morning",)),
    ],
)
def test_weekdays_and_times_follow_from_the_timetable(
    spec: ScheduleSpec, weekdays: tuple, times: tuple
) -> None:
    found = resource_document(ResourceFactory(schedules=[spec]))
    assert found is not None
    assert found.keywords.get("weekday", ()) == weekdays
    assert found.keywords.get("time", ()) == times


def test_organization_has_a_document_of_its_own(district: Area) -> None:
    organization = OrganizationFactory(
        name="けやきの会", description="木の下で集まります。", areas=[district]
    )
    found = organization_document(organization)
    assert found.title == "けやきの会"
    assert found.keywords["area"] == ("mihon/nishi/keyaki", "mihon/nishi", "mihon")
    assert found.card["code"] == organization.code
    OrganizationFactory(name="申込みの会", status=OrganizationStatus.REGISTERED)
    assert [item.name for item in OrganizationSource().queryset()] == ["けやきの会"]


def test_cost_of_building_does_not_grow_with_the_number_of_entries() -> None:
    def queries(count: int) -> int:
        for _number in range(count):
            resource = ResourceFactory(schedules=[weekly_spec()], venue=VenueFactory(district=district))
            ResourceFeatureFactory(resource=resource)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            source = ResourceSource()
            assert len(list(source.build_all(list(source.queryset())))) >= count
        return len(captured)

    district = DistrictFactory()
    assert queries(2) == queries(6)


def test_open_days_are_the_same_one_by_one_and_together() -> None:
    resource = ResourceFactory(schedules=[weekly_spec()])
    resource.occurrences.filter(pk=resource.occurrences.first().pk).update(status=OccurrenceStatus.CANCELLED)
    (together,) = ResourceSource().documents([str(resource.uuid)])
    alone = resource_document(Resource.objects.get(pk=resource.pk))
    assert alone is not None
    assert together.dates == alone.dates
    assert len(together.dates) == resource.occurrences.count() - 1


CHANGES = {
    "entry": lambda resource: resource.save(),
    "categories": lambda resource: (resource.categories.add(CategoryFactory(code="new")), resource.save()),
    "venue": lambda resource: resource.venue.save(),
    "organization": lambda resource: resource.organization.save(),
    "category": lambda resource: resource.categories.get().save(),
    "feature": lambda resource: ResourceFeatureFactory(resource=resource),
    "feature of the venue": lambda resource: VenueFeatureFactory(venue=resource.venue),
    "district": lambda resource: resource.district.save(),
    "timetable": lambda resource: resource.schedules.get().save(),
    "timetable gone": lambda resource: resource.schedules.get().delete(),
    "tag": lambda resource: (resource.tags.add("SDGs3"), resource.save()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_that_shows_puts_the_entry_into_the_outbox(change: str) -> None:
    resource = ResourceFactory(schedules=[weekly_spec()])
    other = ResourceFactory()
    OutboxEntry.objects.all().delete()
    CHANGES[change](Resource.objects.get(pk=resource.pk))
    waiting = set(OutboxEntry.objects.filter(type="resource").values_list("object_id", flat=True))
    assert str(resource.uuid) in waiting
    if change not in {"category"}:
        assert str(other.uuid) not in waiting


def test_deleted_entry_leaves_the_index() -> None:
    resource = ResourceFactory()
    OutboxEntry.objects.all().delete()
    uuid = str(resource.uuid)
    resource.delete()
    assert OutboxEntry.objects.filter(type="resource", object_id=uuid).exists()


def test_change_of_an_organization_shows_in_its_own_document() -> None:
    organization = OrganizationFactory()
    OutboxEntry.objects.all().delete()
    organization.save()
    assert OutboxEntry.objects.filter(type="organization", object_id=str(organization.uuid)).exists()
