"""The public pages of reports: what is shown, what is not, and how few queries that takes."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from directory.choices import OrganizationStatus, PlaceVisibility
from directory.models import Photo
from events.models import Presentation, ReportPhoto
from events.presentations import load_presentations
from tests.factories.areas import DistrictFactory
from tests.factories.directory import CategoryFactory, PhotoFactory, ResourceFactory
from tests.factories.events import ReportFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def with_photo(report, **values) -> Photo:
    photo = PhotoFactory(people_consent=Photo.PeopleConsent.GIVEN, **values)
    ReportPhoto.objects.create(report=report, photo=photo)
    return photo


def test_a_report_page_tells_the_facts_and_only_public_names(client):
    report = ReportFactory(volunteers=3)
    partner = ReportFactory().organization
    partner.status = OrganizationStatus.REGISTERED
    partner.save()
    report.partners.set([partner])
    report.save()
    page = text_of(client.get(report.get_absolute_url()))
    assert report.title in page
    assert report.organization.name in page
    assert "12人" in page
    assert "3人" in page
    assert partner.name not in page


def test_a_photo_without_consent_is_on_no_page(client):
    report = ReportFactory()
    shown, hidden = with_photo(report, description="お茶の席"), with_photo(report, description="ないしょの顔")
    Photo.objects.filter(pk=hidden.pk).update(people_consent=Photo.PeopleConsent.MISSING)
    page = client.get(report.get_absolute_url()).content.decode()
    assert shown.description in page
    assert hidden.description not in page


def test_a_picture_inside_the_text_goes_with_its_consent(client):
    photo = PhotoFactory(people_consent=Photo.PeopleConsent.GIVEN)
    report = ReportFactory(body=[("picture", {"image": photo, "alt": "輪になって", "caption": ""})])
    assert "輪になって" in client.get(report.get_absolute_url()).content.decode()
    Photo.objects.filter(pk=photo.pk).update(people_consent=Photo.PeopleConsent.MISSING)
    assert "輪になって" not in client.get(report.get_absolute_url()).content.decode()


def test_drafts_are_nowhere_and_hidden_ones_answer_410_without_a_word_of_them(client):
    draft = ReportFactory(live=False)
    hidden = ReportFactory(hidden_on=dt.date(2026, 11, 1))
    assert client.get(draft.get_absolute_url()).status_code == 404
    gone = client.get(hidden.get_absolute_url())
    assert gone.status_code == 410
    assert hidden.title not in gone.content.decode()
    page = text_of(client.get("/reports/"))
    assert draft.title not in page
    assert hidden.title not in page


def test_a_report_of_a_hidden_place_does_not_give_its_district_away(client):
    shelter = ResourceFactory(place_visibility=PlaceVisibility.HIDDEN)
    report = ReportFactory(resource=shelter)
    for path in (report.get_absolute_url(), "/reports/"):
        assert report.district.name not in client.get(path).content.decode()
    narrowed = text_of(client.get("/reports/", {"area": report.district.get_absolute_url()[7:-1]}))
    assert report.title not in narrowed


def test_the_list_is_narrowed_by_district_theme_and_fiscal_year(client):
    theme = CategoryFactory(name="会食")
    one = ReportFactory(date=dt.date(2026, 3, 31))
    two = ReportFactory(date=dt.date(2026, 4, 1))
    two.themes.set([theme])
    two.save()
    path = two.district.get_absolute_url()[len("/areas/") : -1]
    for query in ({"year": "2026"}, {"theme": theme.code}, {"area": path}):
        page = text_of(client.get("/reports/", query))
        assert two.title in page, query
        assert one.title not in page, query


@pytest.mark.parametrize(
    "query", ["area=%00", "year=20%D9%A36", "theme=%00", "year=99999", "area=a/b/c/d/e", "page=-1", "page=x"]
)
def test_nonsense_in_the_address_is_told_and_nothing_is_lost(client, query):
    report = ReportFactory()
    response = client.get(f"/reports/?{query}")
    assert response.status_code == 200
    assert report.title in text_of(response)


def test_the_case_book_holds_cases_only(client):
    case, other = ReportFactory(is_case=True), ReportFactory()
    page = text_of(client.get("/reports/cases/"))
    assert case.title in page
    assert other.title not in page


def test_queries_are_few_whatever_the_number(client, django_assert_max_num_queries):
    reports = ReportFactory.create_batch(12)
    for report in reports:
        with_photo(report)
        report.themes.set([CategoryFactory()])
        report.save()
    for path in ("/reports/", reports[0].get_absolute_url(), "/reports/presentations/"):
        client.get(path)  # makes the sizes of the photos
        with django_assert_max_num_queries(12):
            client.get(path)


def test_the_shipped_presentations_come_with_the_places_once(client, real_places):
    assert Presentation.objects.count() == 33
    districts = set(
        Presentation.objects.filter(year__lte=2022).values_list("district__short_name", flat=True)
    )
    assert len(districts) == 28
    assert load_presentations() == 0
    assert set(Presentation.objects.filter(district__short_name="烏山").values_list("year", flat=True)) == {
        2019,
        2023,
    }
    page = client.get("/reports/presentations/")
    row = next(
        r
        for r in BeautifulSoup(page.content, "html.parser").select("tbody tr")
        if r.th.get_text(strip=True) == "烏山"
    )
    assert ["発表" in cell.get_text() for cell in row.select("td")] == [
        True,
        False,
        False,
        False,
        True,
        False,
        False,
    ]
    assert "令和6〜13年度" in page.content.decode()


def test_a_presentation_leads_to_its_report_only_while_that_is_public(client):
    report = ReportFactory()
    Presentation.objects.create(year=2023, district=DistrictFactory(), report=report)
    assert report.get_absolute_url() in client.get("/reports/presentations/").content.decode()
    type(report).objects.filter(pk=report.pk).update(hidden_on=dt.date(2026, 11, 1))
    assert report.get_absolute_url() not in client.get("/reports/presentations/").content.decode()


def test_a_code_typed_another_way_leads_to_the_page(client):
    report = ReportFactory(code="7K3QF")
    response = client.get("/reports/7k3qf/")
    assert response.status_code == 301
    assert response["Location"] == report.get_absolute_url()
