"""A group registers: three steps, a last look, one registration whatever is pressed how often."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from PIL import Image

from areas.models import Area
from directory.choices import ContactAudience, PlaceVisibility, RegistrationState
from directory.models import Category, Consent, Organization, Registration, Resource
from directory.services.review import ensure_workflow
from directory.services.review_decisions import approve, return_with_comment
from directory.services.vocabulary import load_vocabulary
from members.choices import StaffRole
from members.models import User
from members.services import assign_staff
from tests.factories.directory import OrganizationContactFactory, OrganizationFactory, ResourceFactory
from tests.factories.members import UserFactory
from tests.factories.registrations import REACH, WHAT, WHO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_places", "fixed_clock")]


@pytest.fixture(autouse=True)
def _ready() -> None:
    load_vocabulary()
    ensure_workflow()


def karasuyama() -> Area:
    return Area.objects.districts().get(short_name="烏山")


def begin(client: Client, clock: Any, query: str = "") -> str:
    """Press 「はじめる」 after a while, and return the secret of the address."""
    page = client.get(f"/join/{query}").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    clock.shift(timedelta(seconds=10))
    answer = client.post(f"/join/{query}", {"token": token, "homepage": ""})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"].split("/")[2]


def fill(client: Client, secret: str, **changes: Any) -> None:
    """All three steps."""
    kind = Category.objects.get(code="salon").pk
    for number, said in ((1, WHO), (2, WHAT | {"category": kind}), (3, REACH)):
        typed = said | {name: value for name, value in changes.items() if name in said or number == 2}
        answer = client.post(f"/join/{secret}/{number}/", typed)
        assert answer.status_code == 302, answer.content.decode()


def send(client: Client, clock: Any, **changes: Any) -> Registration:
    secret = begin(client, clock)
    fill(client, secret, **changes)
    assert client.post(f"/join/{secret}/check/").status_code == 302
    return Registration.objects.get()


def test_a_group_registers_and_waits_for_the_review(client, fixed_clock) -> None:
    row = send(client, fixed_clock)
    assert row.state == RegistrationState.SUBMITTED
    assert (row.organization.name, row.organization.kana) == ("なかよし会", "なかよしかい")
    entry = row.resource
    assert (entry.name, entry.district, entry.live) == ("なかよしサロン", karasuyama(), False)
    assert entry.workflow_in_progress
    assert row.organization.workflow_in_progress
    assert entry.schedules.get().kind == "regular"
    assert entry.occurrences.exists()
    assert Consent.objects.get().choices["phone_is_public"] is True
    assert client.get(f"/r/{entry.code}/").status_code == 404


def test_the_name_of_the_representative_is_for_staff(client, fixed_clock) -> None:
    row = send(client, fixed_clock)
    person = row.organization.contacts.get(audience=ContactAudience.STAFF)
    assert (person.name, person.kana, person.phone) == ("見本 花子", "みほん はなこ", "03-0000-0000")
    public = row.resource.contacts.get()
    assert (public.name, public.phone, public.email) == ("", "03-0000-0000", "")


def test_a_private_home_is_shown_by_its_district_only(client, fixed_clock) -> None:
    row = send(client, fixed_clock, is_private_home="on")
    assert row.resource.place_visibility == PlaceVisibility.DISTRICT
    assert row.resource.venue.visibility == PlaceVisibility.DISTRICT


def test_the_last_look_shows_every_answer_and_how_the_days_were_read(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    fill(client, secret)
    page = client.get(f"/join/{secret}/check/").content.decode()
    for words in ("なかよし会", "03-0000-0000", "烏山", "このように読みました", "11月26日", "無料"):
        assert words in page


def test_sent_twice_it_is_one_group(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    fill(client, secret)
    for _press in range(2):
        assert client.post(f"/join/{secret}/check/").status_code == 302
    assert Organization.objects.count() == Resource.objects.count() == 1
    assert client.get(f"/join/{secret}/1/").status_code == 302
    assert client.post(f"/join/{secret}/1/", WHO | {"name": "べつの会"}).status_code == 302
    assert Organization.objects.get().name == "なかよし会"


def test_the_same_start_sent_twice_is_one_registration(client, fixed_clock) -> None:
    page = client.get("/join/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    fixed_clock.shift(timedelta(seconds=10))
    answers = {client.post("/join/", {"token": token}).headers["Location"] for _press in range(2)}
    assert len(answers) == 1
    assert Registration.objects.count() == 1


def test_one_goes_on_where_one_left_off_by_the_mailed_link(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    client.post(f"/join/{secret}/1/", WHO)
    link = re.search(r"http://\S+(/join/\S+/)", mail.outbox[0].body)[1]
    answer = Client().get(link)
    assert answer.headers["Location"] == f"/join/{secret}/2/"
    page = Client().get(f"/join/{secret}/1/").content.decode()
    assert "なかよし会" in page


def test_strangers_are_not_written_to_again_and_again(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    for number in range(10):
        client.post(f"/join/{secret}/1/", WHO | {"email": f"stranger{number}@example.jp"})
    assert len(mail.outbox) == 3


def test_what_was_typed_stays_with_the_errors(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    answer = client.post(f"/join/{secret}/1/", {"name": "なかよし会", "kana": "", "email": "これは違う"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "これは違う" in page
    assert "ふりがなを入力してください。" in page


def test_an_address_that_is_nowhere_asks_for_the_district(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    client.post(f"/join/{secret}/1/", WHO)
    kind = Category.objects.get(code="salon").pk
    typed = WHAT | {"category": kind, "address": "札幌市中央区1-1"}
    answer = client.post(f"/join/{secret}/2/", typed)
    assert answer.status_code == 422
    assert "地区を選んでください" in answer.content.decode()


def test_steps_cannot_be_skipped(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    for path in ("3/", "check/", "done/"):
        assert client.get(f"/join/{secret}/{path}").status_code == 302
    assert client.post(f"/join/{secret}/check/").status_code == 302
    assert not Organization.objects.exists()
    assert client.get(f"/join/{secret}/9/").status_code == 404


@pytest.mark.parametrize("path", ["", "1/", "check/", "done/"])
def test_a_secret_nobody_has_leads_nowhere(client, path) -> None:
    assert client.get(f"/join/{'x' * 40}/{path}").status_code == 404


@pytest.mark.parametrize(
    "nonsense", ["\0", "あ" * 10_000, "🙂" * 50, "<script>alert(1)</script>", "%00", "' OR 1=1"]
)
def test_nonsense_in_every_field_is_answered(client, fixed_clock, nonsense) -> None:
    secret = begin(client, fixed_clock)
    for number, said in ((1, WHO), (2, WHAT | {"category": "x"}), (3, REACH)):
        answer = client.post(f"/join/{secret}/{number}/", dict.fromkeys(said, nonsense))
        assert answer.status_code in (302, 422)


def test_a_public_entry_that_looks_the_same_is_shown_once(client, fixed_clock) -> None:
    group = OrganizationFactory(name="NPO法人なかよし会", kana="なかよしかい", areas=[karasuyama()])
    OrganizationContactFactory(organization=group, phone="03-5432-1111", audience="staff")
    secret = begin(client, fixed_clock)
    client.post(f"/join/{secret}/1/", WHO)
    answer = client.post(f"/join/{secret}/1/", WHO)
    assert answer.status_code == 302, "a name alone is no proof"
    kind = Category.objects.get(code="salon").pk
    typed = WHAT | {"category": kind, "activity": ""}
    page = client.post(f"/join/{secret}/2/", typed).content.decode()
    assert f"/o/{group.code}/claim/" in page
    assert "03-5432-1111" not in page
    assert client.post(f"/join/{secret}/2/", typed | {"not_same": "1"}).status_code == 302


def test_what_is_not_public_is_not_given_away(client, fixed_clock) -> None:
    ResourceFactory(
        name="なかよしサロン", kana="なかよしさろん", live=False, district=karasuyama(), venue=None
    )
    secret = begin(client, fixed_clock)
    fill(client, secret)


def test_the_mail_makes_an_account_and_the_owner_by_its_button_only(client, fixed_clock) -> None:
    row = send(client, fixed_clock)
    link = re.search(r"http://\S+(/join/mine/\S+/)", mail.outbox[-1].body)[1]
    assert Client().get(link).status_code == 200
    assert not User.objects.filter(email=row.email).exists()
    other = Client()
    assert other.post(link).headers["Location"] == f"/group/{row.organization.code}/"
    owner = row.organization.members.get()
    assert (owner.user.email, owner.role) == ("nakayoshi@example.jp", "owner")
    assert other.get(f"/group/{row.organization.code}/").status_code == 200


def test_an_account_that_exists_has_to_log_in_itself(client, client_of, fixed_clock) -> None:
    UserFactory(email="nakayoshi@example.jp")
    row = send(client, fixed_clock)
    link = re.search(r"http://\S+(/join/mine/\S+/)", mail.outbox[-1].body)[1]
    assert "/login/" in Client().post(link).headers["Location"]
    assert client_of(UserFactory()).post(link).status_code == 200
    assert not row.organization.members.exists()
    client_of(User.objects.get(email="nakayoshi@example.jp")).post(link)
    assert row.organization.members.get().user.email == "nakayoshi@example.jp"


def test_a_broken_or_old_link_says_so(client, fixed_clock) -> None:
    send(client, fixed_clock)
    link = re.search(r"http://\S+(/join/mine/\S+/)", mail.outbox[-1].body)[1]
    assert client.post(link.replace("/mine/", "/mine/x")).status_code == 404
    fixed_clock.shift(timedelta(days=91))
    assert client.post(link).status_code == 404


def test_staff_type_for_a_group_without_mail(client_of, fixed_clock) -> None:
    staff = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=karasuyama()).user
    client = client_of(staff)
    secret = begin(client, fixed_clock, "?for=group")
    client.post(f"/join/{secret}/1/", WHO | {"email": ""})
    kind = Category.objects.get(code="salon").pk
    client.post(f"/join/{secret}/2/", WHAT | {"category": kind})
    client.post(f"/join/{secret}/3/", REACH | {"email": ""})
    client.post(f"/join/{secret}/check/")
    row = Registration.objects.get()
    assert (row.typed_by, row.user, row.email) == (staff, None, "")
    assert not row.organization.members.exists()


def test_what_was_returned_is_mended_and_sent_again(client, fixed_clock) -> None:
    reviewer = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=karasuyama()).user
    secret = begin(client, fixed_clock)
    fill(client, secret)
    client.post(f"/join/{secret}/check/")
    row = Registration.objects.get()
    return_with_comment(row.organization, by=reviewer, comment="ふりがなを直してください")
    row.refresh_from_db()
    assert row.state == RegistrationState.RETURNED
    client.post(f"/join/{secret}/1/", WHO | {"kana": "なかよしのかい"})
    client.post(f"/join/{secret}/check/")
    row.refresh_from_db()
    assert row.state == RegistrationState.SUBMITTED
    assert Organization.objects.get().get_latest_revision_as_object().kana == "なかよしのかい"
    assert Organization.objects.get().contacts.count() == 2


def test_approved_it_is_public(client, fixed_clock) -> None:
    reviewer = assign_staff(user=UserFactory(), role=StaffRole.DISTRICT_STAFF, area=karasuyama()).user
    row = send(client, fixed_clock)
    approve(row.organization, by=reviewer)
    if not Resource.objects.get().live:
        approve(Resource.objects.get(), by=reviewer)
    row.refresh_from_db()
    assert row.state == RegistrationState.ACCEPTED
    page = client.get(f"/r/{row.resource.code}/").content.decode()
    assert "なかよしサロン" in page
    assert "見本 花子" not in page
    assert "nakayoshi@example.jp" not in page


def test_a_photo_needs_words_and_consent_and_loses_its_place(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    kind = Category.objects.get(code="salon").pk
    client.post(f"/join/{secret}/1/", WHO)
    client.post(f"/join/{secret}/2/", WHAT | {"category": kind})
    answer = client.post(f"/join/{secret}/3/", REACH | {"photo": _photo()})
    assert answer.status_code == 422
    said = {"photo_description": "机を囲んでお茶を飲む様子", "people_consent": "given"}
    assert client.post(f"/join/{secret}/3/", REACH | said | {"photo": _photo()}).status_code == 302
    photo = Registration.objects.get().photo
    with Image.open(photo.file.open()) as stored:
        assert not stored.getexif()
    bad = io.BytesIO(b"GIF89a" + b"0" * 100)
    bad.name = "x.gif"
    assert client.post(f"/join/{secret}/3/", REACH | said | {"photo": bad}).status_code == 422


def _photo() -> io.BytesIO:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "南烏山のどこか"
    Image.new("RGB", (80, 60), "green").save(file, "JPEG", exif=exif)
    file.seek(0)
    file.name = "photo.jpg"
    return file


def test_machines_do_not_get_in(client, fixed_clock) -> None:
    page = client.get("/join/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    assert client.post("/join/", {"token": token}).status_code == 422  # faster than anybody reads
    fixed_clock.shift(timedelta(seconds=10))
    assert client.post("/join/", {"token": token, "homepage": "x"}).status_code == 422
    assert client.post("/join/", {"token": "made up"}).status_code == 422
    assert not Registration.objects.exists()


def test_the_button_that_enter_presses_says_nothing_about_other_groups(client, fixed_clock) -> None:
    """A browser presses the first button of a form on Enter."""
    OrganizationFactory(name="NPO法人なかよし会", kana="なかよしかい", areas=[karasuyama()])
    secret = begin(client, fixed_clock)
    client.post(f"/join/{secret}/1/", WHO)
    typed = WHAT | {"category": Category.objects.get(code="salon").pk, "activity": ""}
    page = client.post(f"/join/{secret}/2/", typed).content.decode()
    form = page[page.index('<form method="post" enctype') :]
    assert "not_same" in form
    assert "not_same" not in re.search(r"<button[^>]*>", form)[0]


def test_while_typing_it_is_said_what_is_here_already(client, fixed_clock) -> None:
    group = OrganizationFactory(name="NPO法人なかよし会", kana="なかよしかい", areas=[karasuyama()])
    OrganizationContactFactory(organization=group, phone="03-5432-1111", audience="staff")
    secret = begin(client, fixed_clock)
    page = client.post(f"/join/{secret}/1/same/", {"name": "なかよし会"}).content.decode()
    assert f"/o/{group.code}/claim/" in page
    assert "03-5432-1111" not in page
    assert "<html" not in page
    assert "who" not in Registration.objects.get().answers
    client.post(f"/join/{secret}/1/", WHO)
    assert (
        f"/o/{group.code}/claim/"
        in client.post(f"/join/{secret}/2/same/", {"activity": "なかよし会"}).content.decode()
    )


@pytest.mark.parametrize(
    "name", ["", "な", "まったく別の名前", "\0", "あ" * 10_000, "<script>", "%", "' OR 1=1"]
)
def test_nothing_like_it_is_nothing_said(client, fixed_clock, name) -> None:
    OrganizationFactory(name="NPO法人なかよし会", kana="なかよしかい", areas=[karasuyama()])
    secret = begin(client, fixed_clock)
    answer = client.post(f"/join/{secret}/1/same/", {"name": name})
    assert answer.status_code == 200
    assert "claim" not in answer.content.decode()


def test_what_is_not_public_is_not_given_away_while_typing(client, fixed_clock) -> None:
    OrganizationFactory(name="なかよし会", kana="なかよしかい", live=False)
    secret = begin(client, fixed_clock)
    assert "claim" not in client.post(f"/join/{secret}/1/same/", {"name": "なかよし会"}).content.decode()
    assert client.post(f"/join/{'x' * 40}/1/same/", {"name": "なかよし会"}).status_code == 404
    assert client.post(f"/join/{secret}/4/same/", {"name": "なかよし会"}).status_code == 404


def test_days_are_picked_instead_of_written_and_can_be_picked_anew(client, fixed_clock) -> None:
    secret = begin(client, fixed_clock)
    client.post(f"/join/{secret}/1/", WHO)
    typed = WHAT | {"category": Category.objects.get(code="salon").pk, "schedule": ""}
    picked = {"weekdays": ["3"], "ordinals": ["2", "4"], "start": "１３：３０", "end": "15:30"}
    page = client.post(f"/join/{secret}/2/", typed)
    assert (page.status_code, "選ぶか書いてください" in page.content.decode()) == (422, True)
    page = client.post(f"/join/{secret}/2/", typed | picked | {"weekdays": []})
    assert (page.status_code, "曜日を選んでください" in page.content.decode()) == (422, True)
    assert client.post(f"/join/{secret}/2/", typed | picked).status_code == 302
    answers = Registration.objects.get().answers["what"]
    assert answers["schedule"] == "第2・第4木曜日 13:30〜15:30"
    page = client.get(f"/join/{secret}/2/").content.decode()
    assert "このように読みました" in page
    assert "value=" not in re.search(r'<input[^>]*name="schedule"[^>]*>', page)[0]  # the picks count
    assert page.count(" checked") >= 3
    client.post(f"/join/{secret}/2/", typed | picked | {"schedule": "毎週月曜 10:00〜12:00"})
    assert Registration.objects.get().answers["what"]["schedule"] == "毎週月曜 10:00〜12:00"
