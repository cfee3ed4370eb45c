"""The board: contacts stay hidden until both agree; what has run out is nowhere; groups post through the review."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from directory.models import Organization
from directory.services.review import ensure_workflow
from events.board_search import opportunity_document
from events.choices import AnswerState, OpportunityState
from events.models import Opportunity, OpportunityAnswer
from events.services import board, board_answers
from members.registry import personal_data
from search.upkeep.rebuilding import rebuild
from tests.factories.events import OpportunityFactory

from .exchange_world import World, build_world

pytestmark = pytest.mark.django_db

PHONE, MAIL = "03-0000-2222", "stranger@example.jp"
ANSWER = {"name": "花", "message": "お茶なら入れられます。", "email": MAIL, "phone": PHONE}


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def post(world) -> Opportunity:
    return OpportunityFactory(title="お茶を入れる人", organization=world.salon, district=world.district)


def answered(post: Opportunity, **changes) -> OpportunityAnswer:
    return board_answers.answer_post(opportunity=post, **(ANSWER | {"once": "a"} | changes))


def last_link(address: str) -> str:
    letter = [item for item in mail.outbox if item.to == [address]][-1]
    return re.search(r"(/exchange/\S+/)", letter.body)[1]


def send_form(client, post, fixed_clock, **said):
    path = reverse("events:opportunity_answer", args=[post.code])
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).content.decode())[1]
    fixed_clock.shift(dt.timedelta(seconds=30))
    return client.post(path, ANSWER | {"token": token} | said)


def test_the_board_is_narrowed_by_kind_topic_place_and_words(client, post, world) -> None:
    other = OpportunityFactory(title="畑をゆずります", kind="give", topic="room", organization=world.kitchen)
    page = client.get("/board/").content.decode()
    assert post.title in page
    assert other.title in page
    for query in ("kind=seek", "topic=people", "q=お茶", "q=ひだまり"):
        page = client.get(f"/board/?{query}").content.decode()
        assert post.title in page, query
        assert other.title not in page, query
    assert client.get("/board/?kind=bogus&area=nowhere&page=9999&q=%00").status_code == 200


def test_the_list_asks_the_same_number_of_questions_for_many(
    client, world, django_assert_max_num_queries
) -> None:
    for _number in range(12):
        OpportunityFactory(organization=world.salon, district=world.district)
    client.get("/board/")
    with django_assert_max_num_queries(12):
        client.get("/board/")


@pytest.mark.parametrize(
    "change",
    [{"state": "met"}, {"state": "withdrawn"}, {"open_until": dt.date(2020, 1, 1)}, {"live": False}],
)
def test_what_is_not_wanted_any_more_is_neither_listed_nor_found_nor_answered(client, post, change) -> None:
    assert opportunity_document(post) is not None
    Opportunity.objects.filter(pk=post.pk).update(**change)
    post.refresh_from_db()
    assert post.title not in client.get("/board/").content.decode()
    assert opportunity_document(post) is None
    with pytest.raises(ValidationError):
        answered(post)


def test_a_post_of_a_group_that_is_not_public_is_not_there(client, post, world) -> None:
    Organization.objects.filter(pk=world.salon.pk).update(live=False)
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.get(f"{post.get_absolute_url()}answer/").status_code == 404


def test_a_stranger_answers_and_the_group_hears_of_it_after_the_address_is_proven(
    client, post, world, fixed_clock
) -> None:
    answer = send_form(client, post, fixed_clock)
    assert answer.status_code == 302
    assert [letter.to for letter in mail.outbox] == [[MAIL]]
    link = last_link(MAIL)
    assert client.get(link).status_code == 200
    assert OpportunityAnswer.objects.get().state == AnswerState.TYPED
    client.post(link, {"action": "confirm"})
    client.post(link, {"action": "confirm"})
    letters = [letter for letter in mail.outbox if letter.to == [world.of_salon.email]]
    assert len(letters) == 1
    assert MAIL not in letters[0].body
    assert PHONE not in letters[0].body


def test_contacts_pass_on_when_the_group_agrees_by_its_link(client, post, world) -> None:
    board_answers.confirm_answer(answer=answered(post))
    link = last_link(world.of_salon.email)
    page = client.get(link).content.decode()
    assert "お茶なら" in page
    assert PHONE not in page
    assert MAIL not in page
    assert client.post(link, {"action": "agree", "contact": " "}).status_code == 422
    client.post(link, {"action": "agree", "contact": "salon@example.jp"})
    assert PHONE in client.get(link).content.decode()
    told = {letter.to[0]: letter.body for letter in mail.outbox if "双方の同意" in letter.body}
    assert "salon@example.jp" in told[MAIL]
    assert PHONE in told[world.of_salon.email]


def test_on_the_desk_contacts_are_hidden_until_both_agree(client_of, post, world) -> None:
    waiting = answered(post)
    path = reverse("events:group_post", args=[world.salon.code, post.code])
    client = client_of(world.of_salon)
    assert "お茶なら" not in client.get(path).content.decode()  # not proven yet
    board_answers.confirm_answer(answer=waiting)
    page = client.get(path).content.decode()
    assert "お茶なら" in page
    assert PHONE not in page
    act = reverse("events:group_answer", args=[world.salon.code, post.code, waiting.pk])
    client.post(act, {"action": "agree", "contact": "salon@example.jp"})
    assert PHONE in client.get(path).content.decode()
    assert client_of(world.of_kitchen).get(path).status_code == 404
    assert client_of(world.of_kitchen).post(act, {"action": "decline"}).status_code == 404


def test_no_is_told_without_contacts_and_a_yes_comes_too_late(post) -> None:
    answer = answered(post)
    board_answers.confirm_answer(answer=answer)
    board_answers.decline_answer(answer=answer)
    with pytest.raises(board_answers.AlreadyDecided):
        board_answers.agree_to_answer(answer=answer, contact="x")
    with pytest.raises(board_answers.AlreadyDecided):
        board_answers.withdraw_answer(answer=answer)
    assert not any("連絡先をお伝えします" in letter.body for letter in mail.outbox)


def test_a_group_answers_once_and_not_its_own_post(client_of, post, world, fixed_clock) -> None:
    client = client_of(world.of_kitchen)
    said = {"email": world.of_kitchen.email, "as_group": world.kitchen.code}
    assert send_form(client, post, fixed_clock, **said).status_code == 302
    assert OpportunityAnswer.objects.get().state == AnswerState.WAITING
    assert send_form(client, post, fixed_clock, **said).status_code == 422
    own = send_form(client_of(world.of_salon), post, fixed_clock)
    assert own.status_code == 302  # as a person one may
    with pytest.raises(ValidationError):
        answered(post, organization=world.salon, once="b")


def test_a_form_sent_twice_is_one_answer_and_the_trap_catches(client, post, fixed_clock) -> None:
    assert answered(post) == answered(post)
    assert send_form(client, post, fixed_clock, homepage="x").status_code == 422
    assert client.post(reverse("events:opportunity_answer", args=[post.code]), ANSWER).status_code == 422


def test_a_group_posts_through_the_review_and_a_trusted_one_at_once(client_of, world) -> None:
    ensure_workflow()
    client = client_of(world.of_salon)
    path = reverse("events:group_post_new", args=[world.salon.code])
    until = timezone.localdate() + dt.timedelta(days=30)
    said = {"kind": "seek", "topic": "people", "title": "<b>手伝い</b>", "open_until": until.isoformat()}
    assert client.post(path, said | {"open_until": "1999-01-01"}).status_code == 422
    assert client.post(path, said).status_code == 302
    post = Opportunity.objects.get()
    assert post.title == "手伝い"
    assert not post.live
    assert post.workflow_in_progress
    Organization.objects.filter(pk=world.salon.pk).update(is_trusted=True)
    edit = reverse("events:group_post_edit", args=[world.salon.code, post.code])
    mark = post.latest_revision_id
    assert client.post(edit, said | {"title": "もっと手伝い", "mark": mark}).status_code == 302
    post.refresh_from_db()
    assert post.live
    assert client.post(edit, said | {"mark": mark}).status_code == 409
    assert client_of(world.of_kitchen).get(edit).status_code == 404


def test_a_group_is_asked_once_before_the_end_and_keeps_the_post_by_its_link(client, post, world) -> None:
    today = timezone.localdate()
    Opportunity.objects.filter(pk=post.pk).update(open_until=today + dt.timedelta(days=5))
    assert board.follow_board() == 1
    assert board.follow_board() == 0
    link = last_link(world.of_salon.email)
    client.get(link)
    post.refresh_from_db()
    assert post.open_until == today + dt.timedelta(days=5)
    client.post(link, {"action": "renew"})
    post.refresh_from_db()
    assert post.open_until == today + board.STAYS
    client.post(link, {"action": "met"})
    post.refresh_from_db()
    assert post.state == OpportunityState.MET


def test_a_draft_published_after_renewing_does_not_shorten_it(post) -> None:
    post.save_revision()
    until = board.renew(opportunity=post, by=None)
    post.latest_revision.publish()
    post.refresh_from_db()
    assert post.open_until == until


def test_answers_lose_their_persons_when_they_are_old(post, fixed_clock) -> None:
    answered(post)
    done = answered(post, once="b")
    board_answers.confirm_answer(answer=done)
    board_answers.decline_answer(answer=done)
    fixed_clock.shift(dt.timedelta(days=8))
    board_answers.forget_answers()
    assert OpportunityAnswer.objects.count() == 1
    fixed_clock.shift(dt.timedelta(days=90))
    board_answers.forget_answers()
    row = OpportunityAnswer.objects.get()
    assert (row.email, row.phone, row.message) == ("", "", "")


def test_pages_of_the_district_and_of_the_group_show_what_is_wanted(client, post, world) -> None:
    for page in (
        world.district.get_absolute_url(),
        world.salon.get_absolute_url(),
        "/sitemap-opportunities.xml",
    ):
        assert post.get_absolute_url() in client.get(page).content.decode(), page
    Opportunity.objects.update(state=OpportunityState.MET)
    for page in (
        world.district.get_absolute_url(),
        world.salon.get_absolute_url(),
        "/sitemap-opportunities.xml",
    ):
        assert post.get_absolute_url() not in client.get(page).content.decode(), page


def test_a_post_is_found_by_its_words_until_it_is_decided(client, post) -> None:
    rebuild()
    assert post.get_absolute_url() in client.get("/find/?q=お茶を入れる人").content.decode()
    board.set_state(opportunity=post, state=OpportunityState.MET, by=None)
    assert post.get_absolute_url() not in client.get("/find/?q=お茶を入れる人").content.decode()


def test_who_leaves_takes_the_answers_along(post, world) -> None:
    said = {"email": world.of_kitchen.email, "user": world.of_kitchen, "once": "z"}
    waiting = answered(post, **said)
    kept = next(part for part in personal_data() if part.key == "board_answers")
    assert kept.export(world.of_kitchen)[0]["message"] == ANSWER["message"]
    kept.erase(world.of_kitchen)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.email, waiting.phone) == (AnswerState.WITHDRAWN, "", "")
