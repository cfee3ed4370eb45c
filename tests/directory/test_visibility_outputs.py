"""Nothing protected leaves by any door: every address of an entry, every list, every file, for every kind of visitor.

The doors are read from the URLconf: an address with the code of an entry that is not declared here fails the test.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver

from directory.models import Resource
from members.choices import StaffRole
from tests.directory.outputs_world import (
    NOBODY,
    PUBLIC,
    REGISTERED,
    SEEN_BY,
    STAFF,
    OutputsWorld,
    build_outputs_world,
)

pytestmark = pytest.mark.django_db

VIEWERS = tuple(SEEN_BY)

#: What leaves the screen: only what the public may see, whoever asks.
TRAVELLING = {
    "directory:print": "print/",
    "directory:read": "read/",
    "directory:read_text": "read.txt",
    "directory:calendar": "calendar.ics",
    "directory:qr": "qr.svg",
    "directory:mistake": "mistake/",
}
PAGE = {"directory:resource": ""}
#: Addresses with a code that show no entry.
OTHER = {
    "directory:mistake_thanks": "shows a receipt number only; see test_mistake_form",
    "directory:organization": "see the test of organizations below",
    "directory:claim_resource": "the name of a public entry; see test_claims",
    "directory:claim_organization": "the name of a public group; see test_claims",
    "directory:count_press": "answers nothing; see test_counting",
    "directory:ask_sheet": "staff of the place only; see test_confirm",
    "directory:ask_qr": "staff of the place only; see test_confirm",
    "directory:campaign_sheets": "staff of the place only; see test_ask_sheets",
}
#: The desk of a group opens for its members alone: tests/directory/test_group_desk.py.
DESK = "directory:group_"


@pytest.fixture
def world(fixed_clock: object, db: None) -> OutputsWorld:
    return build_outputs_world()


@pytest.fixture
def client_as(
    world: OutputsWorld, resident_client: Client, staff_client: Callable[..., Client]
) -> Callable[[str], Client]:
    clients = {
        "anonymous": Client,
        "resident": lambda: resident_client,
        "foreign": lambda: staff_client(StaffRole.DISTRICT_STAFF, world.foreign_district),
        "own": lambda: staff_client(StaffRole.AREA_STAFF, world.district.parent),
    }
    return lambda viewer: clients[viewer]()


def _text(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    # Lines of a calendar file are folded in the middle of words.
    return response.status_code, response.content.decode().replace("\r\n ", "")


def _names_with_code() -> set[str]:
    directory = next(
        entry for entry in get_resolver().url_patterns if getattr(entry, "namespace", "") == "directory"
    )
    return {
        f"directory:{item.name}" for item in directory.url_patterns if "code" in item.pattern.regex.groupindex
    }


def test_every_address_with_a_code_is_declared():
    undeclared = _names_with_code() - {*TRAVELLING, *PAGE, *OTHER}
    assert {name for name in undeclared if not name.startswith(DESK)} == set()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_page_of_an_entry_shows_each_visitor_what_is_theirs(viewer, world, client_as):
    client = client_as(viewer)
    for name, told in world.entries.items():
        status, text = _text(client, told.resource.get_absolute_url())
        own = viewer == "own"
        assert status == (200 if own else told.status), (name, viewer)
        for level, words in told.words.items():
            may_see = level in SEEN_BY[viewer] and (own or told.status == 200)
            for word in words:
                assert (word in text) == may_see, f"{name}: {viewer} {'misses' if may_see else 'sees'} {word}"


@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_leaves_the_screen_shows_everybody_the_same(viewer, world, client_as):
    client = client_as(viewer)
    protected = world.words(REGISTERED, STAFF, NOBODY)
    for name, told in world.entries.items():
        own_words = {told.resource.name} if viewer == "own" else set()
        for tail in TRAVELLING.values():
            status, text = _text(client, f"{told.resource.get_absolute_url()}{tail}")
            assert status == (200 if viewer == "own" else told.status), (name, tail)
            if told.status != 200 and viewer == "own":
                continue  # the draft itself, for those who write it
            seen = {word for word in protected - own_words if word in text}
            assert not seen, f"{name}/{tail}: {viewer} sees {seen}"


def test_metadata_holds_what_the_public_may_see_even_for_staff(world, client_as):
    for name, told in world.entries.items():
        if told.status == 200:
            _status, text = _text(client_as("own"), told.resource.get_absolute_url())
            head = text.split("</head>")[0]
            seen = {word for word in world.words(REGISTERED, STAFF, NOBODY) if word in head}
            assert not seen, f"{name}: {seen}"


@pytest.mark.parametrize("viewer", VIEWERS)
def test_lists_hold_what_the_public_may_see(viewer, world, client_as):
    client = client_as(viewer)
    # The name of a district is public; that an entry is in it is not.
    protected = world.words(REGISTERED, STAFF, NOBODY) - {"SHELTERDISTRICT"}
    for path in _lists(world):
        status, text = _text(client, path)
        assert status == 200, path
        seen = {word for word in protected if word in text}
        assert not seen, f"{path}: {viewer} sees {seen}"
        assert "NAMEOFENDED" not in text, path


def _lists(world: OutputsWorld) -> list[str]:
    places = [world.municipality, world.district.parent, world.district, world.shelter_district]
    return [
        "/find/",
        "/find/?q=SHELTER",
        "/find/map.json",
        "/districts/",
        "/desk/?area=mihon/" + world.district.parent.slug + "/omote",
        "/sitemap.xml",
        "/sitemap-resources.xml",
        *(place.get_absolute_url() for place in places),
    ]


def test_a_hidden_entry_is_in_no_list_of_its_district(world, client_as):
    for place in (world.shelter_district, world.shelter_district.parent, world.municipality):
        _status, text = _text(Client(), place.get_absolute_url())
        assert "SHELTERENTRY" not in text
    assert ">0件<" in _text(Client(), "/districts/")[1]


def test_a_hidden_entry_names_no_neighbours(world):
    other = Resource.objects.exclude(pk=world.entries["shelter"].resource.pk).filter(name__contains="サロン")[
        0
    ]
    Resource.objects.filter(pk=other.pk).update(district=world.shelter_district, name="NEIGHBOUR")
    _status, text = _text(Client(), world.entries["shelter"].resource.get_absolute_url())
    assert "NEIGHBOUR" not in text


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_page_of_an_organization_shows_contacts_to_their_audience(viewer, world, client_as):
    _status, text = _text(client_as(viewer), world.organization.get_absolute_url())
    assert "ORGPUBLICPERSON" in text
    assert ("ORGSTAFFPERSON" in text) == (viewer == "own")
    assert "DRAFTENTRY" not in text


@pytest.mark.parametrize("viewer", ["anonymous", "resident", "foreign"])
def test_an_unapproved_organization_has_no_page_for_strangers(viewer, world, client_as):
    organization = world.entries["block"].resource.organization
    organization.areas.set([world.district])
    organization.save()
    assert client_as(viewer).get(organization.get_absolute_url()).status_code == 404


def test_pages_with_more_than_public_facts_are_not_stored(world, client_as):
    url = world.entries["exact"].resource.get_absolute_url()
    assert "no-store" not in Client().get(url).headers.get("Cache-Control", "")
    for viewer in ("resident", "foreign", "own"):
        assert "no-store" in client_as(viewer).get(url).headers["Cache-Control"]


def test_words_of_the_public_are_there(world):
    """The control: words that may be seen are seen, so the tests above can fail."""
    _status, text = _text(Client(), f"{world.entries['exact'].resource.get_absolute_url()}calendar.ics")
    assert "EXACTADDRESS" in text
    assert world.words(PUBLIC)
