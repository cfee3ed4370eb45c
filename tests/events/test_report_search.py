"""Reports are found by their words with entries and groups; what is hidden is found no more."""

from __future__ import annotations

import pytest

from directory.choices import PlaceVisibility
from events.report_search import report_document
from events.services.removals import request_removal
from search.upkeep.rebuilding import rebuild
from tests.factories.directory import ResourceFactory
from tests.factories.events import ReportFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fixed_clock")]


def test_a_report_is_found_by_its_words_and_gone_once_somebody_asked(client):
    report = ReportFactory(title="金魚すくいを楽しみました", body=[("paragraph", "屋台も出ました。")])
    rebuild()
    for words in ("金魚すくい", "屋台"):
        assert report.get_absolute_url() in client.get("/find/", {"q": words}).content.decode()
    request_removal(report=report, receipt="AAAA")
    assert report.title not in client.get("/find/", {"q": "金魚すくい"}).content.decode()


def test_a_report_published_later_is_found_without_a_rebuild(client):
    rebuild()
    report = ReportFactory(title="金魚すくいを楽しみました")
    assert report.get_absolute_url() in client.get("/find/", {"q": "金魚すくい"}).content.decode()


def test_the_document_names_no_hidden_place():
    shelter = ResourceFactory(place_visibility=PlaceVisibility.HIDDEN)
    report = ReportFactory(resource=shelter)
    document = report_document(report)
    assert document is not None
    assert not document.keywords["area"]
    assert report.district.name not in document.place
    assert report.district.name not in document.card["place"]
