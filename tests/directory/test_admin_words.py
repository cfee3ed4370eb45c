"""The staff screens speak Japanese, also where Wagtail's own catalogue does not."""

from __future__ import annotations

import gettext
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from directory.models import Resource
from directory.services.review import ensure_workflow
from directory.viewsets import RegisterGroup
from members.choices import StaffRole
from members.services import assign_staff
from tests.directory.admin_world import TwoPlaces, build_two_places
from tests.factories.members import UserFactory

LISTS = [cls().get_url_name("list") for cls in RegisterGroup.items]
FORMS = [f"directory_{name}:add" for name in ("resources", "organizations", "venues")]
CATALOGUES = Path(settings.LOCALE_PATHS[0]) / "ja" / "LC_MESSAGES"
READ_ALOUD = ("aria-label", "placeholder", "title", "alt")
#: Names of keys, and data of the tests.
NO_WORDS = re.compile(
    r"https?://[\w./-]+|Ctrl|Esc|Shift|Alt|FAX|NPO|SDGs|SNS|LINE|URL|Excel|XLSX|CSV|JavaScript|\S+@\S+|[\w-]+\.csv|generic"
)
ENGLISH = re.compile(r"[A-Za-z]{3,}")


class Words(HTMLParser):
    """Every text a person sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style", "svg", "option")
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "svg", "option")

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.found.append(" ".join(data.split()))


def english_in(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    return [text for text in words.found if ENGLISH.search(NO_WORDS.sub("", text))]


@pytest.fixture
def places(db: None) -> TwoPlaces:
    ensure_workflow()
    return build_two_places()


@pytest.fixture
def curator(places: TwoPlaces) -> Client:
    return staff_of(places, StaffRole.CURATOR)


def staff_of(places: TwoPlaces, role: str) -> Client:
    client = Client()
    user = UserFactory(name="見本の職員")
    client.force_login(assign_staff(user=user, role=role, area=places.own.district).user)
    return client


def test_first_screen_is_japanese(curator: Client) -> None:
    assert english_in(curator.get("/admin/").content.decode()) == []


@pytest.mark.parametrize("name", [*LISTS, *FORMS])
def test_lists_and_empty_forms_are_japanese(curator: Client, name: str) -> None:
    found = english_in(curator.get(reverse(name)).content.decode())
    # The code of a kind, an audience or a feature is a word of the programme.
    assert [text for text in found if not re.fullmatch(r"[a-z-]+\d*", text)] == []


@pytest.mark.parametrize("route", ["edit", "inspect", "history", "verify", "change_date", "unpublish"])
def test_screens_of_one_entry_are_japanese(curator: Client, places: TwoPlaces, route: str) -> None:
    entry = places.own.rows["resource"]
    Resource.objects.filter(pk=entry.pk).update(live=True)
    page = curator.get(reverse(f"directory_resources:{route}", args=[entry.pk])).content.decode()
    assert english_in(page) == []


def test_a_review_is_japanese_on_the_screen_and_in_the_mail(places: TwoPlaces, curator: Client) -> None:
    entry = places.own.rows["resource"]
    author = UserFactory(name="書いた人")
    entry.get_workflow().start(entry, author)
    (message,) = mail.outbox
    assert not ENGLISH.search(NO_WORDS.sub("", re.sub(r"https?://\S+", "", message.subject + message.body)))
    page = curator.get(reverse("directory_resources:edit", args=[entry.pk])).content.decode()
    assert english_in(page) == []


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_the_compiled_catalogue_is_the_written_one(name: str) -> None:
    with (CATALOGUES / f"{name}.mo").open("rb") as compiled:
        texts = set(gettext.GNUTranslations(compiled)._catalog.values())
    source = re.sub(r'"\n"', "", (CATALOGUES / f"{name}.po").read_text(encoding="utf-8"))
    written = {text.replace('\\"', '"') for text in re.findall(r'^msgstr(?:\[0\])? "(.+)"$', source, re.M)}
    written = {text for text in written if not text.startswith("Project-Id-Version")}
    assert written == {text for text in texts if "Project-Id-Version" not in text}
