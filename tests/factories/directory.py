"""Factories of the register. Tests and the demo content use the same ones."""

from __future__ import annotations

from datetime import time
from typing import Any

import factory
from factory.django import DjangoModelFactory

from directory.choices import (
    Answer,
    ContactAudience,
    FeatureGroup,
    JoinPolicy,
    LifeStatus,
    OrganizationStatus,
    Wish,
)
from directory.models import (
    Audience,
    Category,
    Feature,
    Organization,
    OrganizationContact,
    Photo,
    Resource,
    ResourceContact,
    ResourceFeature,
    Schedule,
    Venue,
    VenueFeature,
)
from directory.schedules import HolidayPolicy, Kind, Rule, ScheduleSpec, Slot
from directory.services.occurrences import rebuild_occurrences

#: A number nobody has.
FICTIONAL_PHONE = "03-0000-0000"


class CategoryFactory(DjangoModelFactory):
    """A kind, under an element."""

    class Meta:
        model = Category
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"kind-{n}")
    name = factory.Sequence(lambda n: f"集まり{n}")
    kana = "あつまり"
    wish = Wish.TALK
    icon = "cup"


class AudienceFactory(DjangoModelFactory):
    class Meta:
        model = Audience
        django_get_or_create = ("code",)

    code = "everyone"
    name = "どなたでも"
    kana = "どなたでも"


class FeatureFactory(DjangoModelFactory):
    class Meta:
        model = Feature
        django_get_or_create = ("code",)

    code = "wheelchair"
    group = FeatureGroup.ACCESS
    name = "車いすで入れる"
    absent_name = "車いすでは入れない"
    kana = "くるまいすではいれる"
    is_filter = True


class OrganizationFactory(DjangoModelFactory):
    """An approved organization that agreed to be shown."""

    class Meta:
        model = Organization
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"ひだまりの会{n}")
    kana = factory.Sequence(lambda n: f"ひだまりのかい{n}")
    description = "近所の仲間で活動しています。"
    status = OrganizationStatus.APPROVED
    live = True

    @factory.post_generation
    def areas(self: Organization, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.areas.set(extracted)
            self.areas.commit()


class OrganizationContactFactory(DjangoModelFactory):
    class Meta:
        model = OrganizationContact

    organization = factory.SubFactory(OrganizationFactory)
    name = "受付"
    phone = FICTIONAL_PHONE
    audience = ContactAudience.PUBLIC


class VenueFactory(DjangoModelFactory):
    """A place in a district, with a point."""

    class Meta:
        model = Venue

    district = factory.SubFactory("tests.factories.areas.DistrictFactory")
    name = factory.Sequence(lambda n: f"区民ひろば{n}")
    kana = "くみんひろば"
    address = "南烏山六丁目1-1"
    lat = 35.668
    lng = 139.6


class VenueFeatureFactory(DjangoModelFactory):
    class Meta:
        model = VenueFeature

    venue = factory.SubFactory(VenueFactory)
    feature = factory.SubFactory(FeatureFactory)
    answer = Answer.YES


def weekly_spec(
    rrule: str = "FREQ=WEEKLY;BYDAY=FR", *, start: time = time(10), end: time = time(12)
) -> ScheduleSpec:
    """A timetable from one RRULE and one slot, closed on holidays."""
    return ScheduleSpec(
        kind=Kind.REGULAR,
        rules=(Rule.from_rrule(rrule),),
        slots=(Slot(start, end),),
        holidays=HolidayPolicy.OFF,
    )


class ResourceFactory(DjangoModelFactory):
    """A published, active salon; `schedules=[spec, …]` gives it timetables and dates."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"ひだまりサロン{n}")
    kana = factory.Sequence(lambda n: f"ひだまりさろん{n}")
    organization = factory.SubFactory(OrganizationFactory)
    venue = factory.SubFactory(VenueFactory)
    summary = "お茶を飲みながら、だれでもおしゃべりできる場所です。"
    join_policy = JoinPolicy.OPEN
    life_status = LifeStatus.ACTIVE
    live = True

    @factory.post_generation
    def categories(self: Resource, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            self.categories.set(
                extracted if extracted is not None else [CategoryFactory(code="salon", name="サロン")]
            )
            self.categories.commit()

    @factory.post_generation
    def audiences(self: Resource, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            self.audiences.set(extracted)
            self.audiences.commit()

    @factory.post_generation
    def schedules(self: Resource, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted:
            for spec in extracted:
                ScheduleFactory(resource=self, rule=spec)
            rebuild_occurrences([self])


class ResourceContactFactory(DjangoModelFactory):
    class Meta:
        model = ResourceContact

    resource = factory.SubFactory(ResourceFactory)
    name = "受付"
    phone = FICTIONAL_PHONE
    hours = "平日 9:00〜17:00"
    audience = ContactAudience.PUBLIC


class ResourceFeatureFactory(DjangoModelFactory):
    class Meta:
        model = ResourceFeature

    resource = factory.SubFactory(ResourceFactory)
    feature = factory.SubFactory(FeatureFactory)
    answer = Answer.YES


class ScheduleFactory(DjangoModelFactory):
    """A timetable; pass `rule=ScheduleSpec`. Dates are made by `rebuild_occurrences`."""

    class Meta:
        model = Schedule

    resource = factory.SubFactory(ResourceFactory)
    rule = factory.LazyFunction(weekly_spec)


class PhotoFactory(DjangoModelFactory):
    """A photo without people on it."""

    class Meta:
        model = Photo

    title = "会場の入口"
    description = "会場の入口の写真"
    people_consent = Photo.PeopleConsent.NOBODY
    file = factory.django.ImageField(width=640, height=480, color="green")
