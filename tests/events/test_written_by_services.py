"""What services write at once is not taken back by a form, a draft or a job that read the row before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from directory.models import Organization, Resource
from directory.models.base import Versioned
from events.models import Event, Opportunity, Report
from tests.factories.directory import OrganizationFactory, ResourceFactory
from tests.factories.events import EventFactory, OpportunityFactory, ReportFactory

DAY = dt.date(2026, 11, 1)
WRITTEN: list[tuple[Any, dict[str, Any]]] = [
    (
        EventFactory,
        {"status": "cancelled", "status_reason": "雨", "sequence": 7, "last_date": DAY, "hidden_on": DAY},
    ),
    (ReportFactory, {"hidden_on": DAY}),
    (OpportunityFactory, {"state": "met", "hidden_on": DAY}),
    (ResourceFactory, {"hidden_on": DAY, "verified_on": DAY, "verified_by": "社協"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "values"), WRITTEN, ids=[factory.__name__ for factory, _values in WRITTEN]
)
def test_saving_what_was_read_before_leaves_what_services_wrote(factory: Any, values: dict[str, Any]) -> None:
    stale = factory()
    model = type(stale)
    model.objects.filter(pk=stale.pk).update(**values)
    words = "summary" if hasattr(stale, "summary") else "body"
    setattr(stale, words, "あとから書いた説明")
    stale.save()
    now = model.objects.get(pk=stale.pk)
    assert {name: getattr(now, name) for name in values} == values
    assert getattr(now, words) == "あとから書いた説明"


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [OrganizationFactory, ResourceFactory])
def test_saving_what_was_read_before_leaves_a_merge(factory: Any) -> None:
    stale, kept = factory(), factory()
    type(stale).objects.filter(pk=stale.pk).update(merged_into=kept)
    stale.save()
    assert type(stale).objects.get(pk=stale.pk).merged_into_id == kept.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "values"), WRITTEN, ids=[factory.__name__ for factory, _values in WRITTEN]
)
def test_publishing_an_older_draft_leaves_what_services_wrote(factory: Any, values: dict[str, Any]) -> None:
    thing = factory()
    draft = thing.save_revision()
    type(thing).objects.filter(pk=thing.pk).update(
        **{name: values[name] for name in values if name != "last_date"}
    )
    draft.publish()
    now = type(thing).objects.get(pk=thing.pk)
    assert all(getattr(now, name) == values[name] for name in values if name != "last_date")


def test_what_services_write_are_fields_and_in_no_form() -> None:
    for model in (Event, Report, Opportunity, Resource, Organization):
        assert issubclass(model, Versioned)
        fields = {field.attname: field for field in model._meta.concrete_fields}
        assert [name for name in model.WRITTEN_BY_SERVICES if fields[name].editable] == []
