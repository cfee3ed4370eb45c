"""Errors are answered in plain Japanese, with a way on; the worst of them without any part that may be broken."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from pages import error_views


def assert_is_a_page(response: HttpResponse, status: int, words: str) -> None:
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert '<html lang="ja"' in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_an_unknown_address_offers_search_and_home(client: Client) -> None:
    response = client.get("/nothing-of-this-name/")
    assert_is_a_page(response, 404, "ページが見つかりません")
    assert 'action="/find/"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (error_views.bad_request, 400, "受けつけられない"),
        (error_views.permission_denied, 403, "このページは見られません"),
        (error_views.csrf_failure, 403, "もう一度送って"),
    ],
)
def test_errors_say_what_to_do(rf: RequestFactory, view, status: int, words: str) -> None:
    response = view(rf.get("/"))
    assert_is_a_page(_without_breaks(response), status, words)


def _without_breaks(response: HttpResponse) -> HttpResponse:
    response.content = response.content.replace(b"<wbr>", b"")
    return response


def test_a_form_without_token_is_refused_kindly(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/login/", {"username": "a@example.jp", "password": "x"})
    assert_is_a_page(_without_breaks(response), 403, "もう一度送ってください")


@pytest.mark.django_db
def test_the_worst_error_asks_no_database(rf: RequestFactory) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = error_views.server_error(rf.get("/"))
    assert_is_a_page(response, 500, "うまく動きませんでした")
    assert len(queries) == 0


def test_the_worst_error_is_answered_even_without_its_template(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> str:
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr(error_views, "render_to_string", broken)
    assert_is_a_page(error_views.server_error(rf.get("/")), 500, "うまく動きませんでした")


def test_an_error_in_a_view_becomes_the_500_page(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("pages.middleware.display_of", broken)
    client.raise_request_exception = False
    response = client.get("/display/")
    assert response.status_code == 500
    assert "うまく動きませんでした" in response.content.decode()


def test_a_pause_says_when_to_come_back(rf: RequestFactory) -> None:
    response = error_views.unavailable(rf.get("/"))
    assert_is_a_page(response, 503, "ただいまお休みしています")
    assert int(response["Retry-After"]) > 0
