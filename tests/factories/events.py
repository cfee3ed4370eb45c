"""Factories of events, the exchange between groups and reports. Tests and the demo content use the same ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from directory.schedules import Kind, ScheduleSpec, Slot
from events.choices import OpportunityKind, OpportunityTopic
from events.models import Card, Event, EventSchedule, Gathering, Opportunity, Presentation, Report
from events.services.dates import rebuild_dates

from .areas import DistrictFactory
from .directory import OrganizationFactory


class EventFactory(DjangoModelFactory):
    """A public event a week from now, 14:00 to 16:00. `on=[day, …]` gives other days, `on=()` none;
    `times=(start, end)` other hours."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"秋のお茶会{n}")
    kana = "あきのおちゃかい"
    summary = "近所の人とお茶を飲みます。"
    organization = factory.SubFactory(OrganizationFactory)
    district = factory.SubFactory(DistrictFactory)
    live = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, on: Any = None, times: Any = None, **kwargs: Any) -> Event:
        start, end = times or (dt.time(14), dt.time(16))
        event: Event = super()._create(model_class, *args, **kwargs)
        days = [timezone.localdate() + dt.timedelta(days=7)] if on is None else list(on)
        if days:
            rule = ScheduleSpec(kind=Kind.DATES, dates=tuple(days), slots=(Slot(start, end),))
            schedule = EventSchedule(event=event, original_text="")
            schedule.rule = rule
            schedule.save()
            rebuild_dates(event)
            event.refresh_from_db()
        return event


class OpportunityFactory(DjangoModelFactory):
    """A public post for the next month."""

    class Meta:
        model = Opportunity

    kind = OpportunityKind.SEEK
    topic = OpportunityTopic.PEOPLE
    title = factory.Sequence(lambda n: f"お茶を入れる人を募集{n}")
    body = "月に1回、2時間ほど手伝ってくれる人をさがしています。"
    organization = factory.SubFactory(OrganizationFactory)
    district = factory.SubFactory(DistrictFactory)
    open_until = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))
    live = True


class ReportFactory(DjangoModelFactory):
    """A public report of yesterday."""

    class Meta:
        model = Report

    title = factory.Sequence(lambda n: f"お茶会を開きました{n}")
    date = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=1))
    summary = "12人が集まりました。"
    body = factory.LazyFunction(lambda: [("paragraph", "みんなでお茶を飲みました。")])
    organization = factory.SubFactory(OrganizationFactory)
    district = factory.SubFactory(DistrictFactory)
    participants = 12
    live = True


class GatheringFactory(DjangoModelFactory):
    class Meta:
        model = Gathering

    event = factory.SubFactory(EventFactory, kind="gathering", title="交流・名刺交換会")


class CardFactory(DjangoModelFactory):
    class Meta:
        model = Card

    gathering = factory.SubFactory(GatheringFactory)
    organization = factory.SubFactory(OrganizationFactory)
    does = "毎月、お茶会を開いています。"
    seeks = "手伝ってくれる人"
    gives = "お茶の入れ方"
    consents = True


class PresentationFactory(DjangoModelFactory):
    class Meta:
        model = Presentation

    year = 2023
    district = factory.SubFactory(DistrictFactory)
