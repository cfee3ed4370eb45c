"""The staff screens of the search's words: who may what, what is refused, and that a save is found at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from areas.models import Area
from directory.area_paths import area_path
from directory.viewsets.search_words import SynonymViewSet
from members.choices import StaffRole
from members.permissions import CURATING_ROLES
from members.services import assign_staff
from search.analysis.normalise import key
from search.analysis.synonyms import shipped_groups
from search.dictionary import current_dictionary, forget_dictionary
from search.models import QuestionNote, SynonymGroup, UnansweredQuestion
from tests.directory.test_admin_words import english_in
from tests.factories.areas import AreaFactory, DistrictFactory
from tests.factories.members import UserFactory

SAME = {
    "kind": "short",
    "direction": "same",
    "words": "つなパン\nつなぐパントリー",
    "finds": "",
    "active": "on",
}
NONSENSE = [
    "",
    "   ",
    "\x00",
    "「」",
    "\ud83d",
    "a" * 10_000,
    '") OR 1=1 --',
    "子ども AND (",
    "🍙",
    "‮あ",
    "*",
]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_dictionary()
    yield
    forget_dictionary()


@pytest.fixture
def district(db: None) -> Area:
    return DistrictFactory(parent=AreaFactory())


def staff_of(district: Area, role: str = StaffRole.CURATOR) -> Client:
    client = Client()
    client.force_login(assign_staff(user=UserFactory(), role=role, area=district).user)
    return client


def asked(words: str, *, area: str = "", times: int = 3) -> None:
    today = timezone.localdate()
    for back in range(times):
        UnansweredQuestion.objects.create(words=words, area=area, day=today - timedelta(days=back), count=1)


def denied(response: Any) -> bool:
    home = response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")
    return home or response.status_code in (403, 404)


@pytest.mark.parametrize("role", [role for role in StaffRole.values if role != StaffRole.ADMINISTRATOR])
def test_all_staff_look_and_those_who_curate_change(district: Area, role: str) -> None:
    client, row = staff_of(district, role), SynonymGroup.objects.create(words="一\n二")
    for pattern in SynonymViewSet().get_urlpatterns():
        arguments = [row.pk] if "pk" in pattern.pattern.regex.groupindex else []
        url = reverse(f"search_words:{pattern.name}", args=arguments)
        looks = pattern.name in ("list", "list_results", "shipped", "try", "questions", "note", "inspect")
        response = client.get(url)
        assert denied(response) == (not looks and role not in CURATING_ROLES), pattern.name
        assert denied(response) or response.status_code in (200, 405), pattern.name
        if not looks and role not in CURATING_ROLES:
            assert denied(client.post(url, SAME)), pattern.name
    assert SynonymGroup.objects.count() == 1


def test_strangers_are_sent_to_the_login(db: None, client: Client) -> None:
    for name in ("list", "shipped", "try", "questions"):
        assert client.get(reverse(f"search_words:{name}")).status_code == 302


def test_a_saved_group_is_found_by_at_once_and_no_longer_when_deleted(
    district: Area, django_capture_on_commit_callbacks: Any
) -> None:
    client = staff_of(district)
    assert not current_dictionary().knows(key("つなパン"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("search_words:add"), SAME)
    assert "つなぐパントリー" in current_dictionary().others([key("つなパン")])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("search_words:delete", args=[SynonymGroup.objects.get().pk]))
    assert not current_dictionary().knows(key("つなパン"))


def test_another_process_notices_within_seconds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    current_dictionary()
    SynonymGroup.objects.bulk_create([SynonymGroup(words="つなパン\nつなぐパントリー")])  # no signal here
    assert not current_dictionary().knows(key("つなパン"))
    monkeypatch.setattr("search.dictionary.LOOK_AGAIN_SECONDS", 0)
    assert current_dictionary().knows(key("つなパン"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"words": ""}, "言葉を入力してください"),
        ({"words": "つなパン"}, "2つ以上の言葉"),
        ({"words": "つなパン\nツナパン"}, "検索では同じ言葉です"),
        ({"words": f"つなパン\n{'あ' * 61}"}, "長すぎます"),
        ({"words": "つなパン\n!!"}, "記号だけです"),
        ({"words": "\n".join(f"言葉{n}" for n in range(41))}, "40個まで"),
        ({"finds": "食堂"}, "「たがいに見つかる」では使いません"),
        ({"direction": "finds"}, "見つかる言葉を、1行に1つずつ"),
        ({"direction": "finds", "finds": "つなパン"}, "検索では同じ言葉です"),
        ({"words": "社協\n社会福祉協議会"}, "もう辞書に入っています"),
        ({"words": "つなパン\n相談"}, "広い言葉でもよい"),
    ],
)
def test_what_cannot_be_saved_says_why_and_keeps_what_was_typed(
    district: Area, change: dict[str, str], sentence: str
) -> None:
    page = staff_of(district).post(reverse("search_words:add"), SAME | change).content.decode()
    assert sentence in page
    assert (SAME | change)["words"][:4] in page
    assert not SynonymGroup.objects.exists()


def test_a_wide_word_is_taken_when_it_is_meant(district: Area) -> None:
    data = SAME | {"words": "つなパン\n相談", "is_wide_meant": "on"}
    staff_of(district).post(reverse("search_words:add"), data)
    assert SynonymGroup.objects.get().words == "つなパン\n相談"


def test_a_shipped_group_is_switched_off_and_taken_back(district: Area) -> None:
    client = staff_of(district)
    group = next(group for group in shipped_groups() if "社協" in group.words and not group.finds)
    assert "社会福祉協議会" in client.get(reverse("search_words:shipped") + "?q=社協").content.decode()
    client.post(reverse("search_words:switch_off"), {"shipped": group.name})
    forget_dictionary()
    assert "社会福祉協議会" not in current_dictionary().others([key("社協")])
    client.post(reverse("search_words:switch_off"), {"shipped": group.name})
    SynonymGroup.objects.get().delete()
    forget_dictionary()
    assert "社会福祉協議会" in current_dictionary().others([key("社協")])


def test_a_corrected_shipped_group_stands_in_for_it(district: Area) -> None:
    client = staff_of(district)
    group = next(group for group in shipped_groups() if "社協" in group.words and not group.finds)
    form = client.get(reverse("search_words:add"), {"shipped": group.name}).content.decode()
    assert "社会福祉協議会" in form
    data = SAME | {"words": "社協\nつなぐ社協会", "shipped": group.name}
    client.post(reverse("search_words:add"), data)
    forget_dictionary()
    assert "つなぐ社協会" in current_dictionary().others([key("社協")])
    assert "社会福祉協議会" not in current_dictionary().others([key("社協")])


def test_switching_off_what_is_not_there_is_refused(district: Area) -> None:
    client = staff_of(district)
    assert client.post(reverse("search_words:switch_off"), {"shipped": "=ない"}).status_code == 400
    assert client.get(reverse("search_words:switch_off")).status_code == 405


def test_the_second_of_two_who_edit_sees_what_the_first_saved(district: Area) -> None:
    client, row = staff_of(district), SynonymGroup.objects.create(words="つなパン\nパンつな")
    url = reverse("search_words:edit", args=[row.pk])
    version = client.get(url).context["loaded_version"]
    first = client.post(url, SAME | {"loaded_version": version})
    assert first.status_code == 302
    second = client.post(url, SAME | {"words": "つなパン\nほかの言葉", "loaded_version": version})
    assert second.status_code == 409
    assert "つなぐパントリー" in second.content.decode()
    assert "ほかの言葉" in second.content.decode()


def test_the_try_it_box_shows_every_step(district: Area) -> None:
    page = staff_of(district).post(reverse("search_words:try"), {"q": "こども食堂 相談"}).content.decode()
    for sentence in ("言葉に切る", "しよくどう", "わかった条件", "題名", "見つかったもの", "0件"):
        assert sentence in page


def test_words_can_be_tried_before_they_are_saved(district: Area) -> None:
    data = {"q": "つなパン", "direction": "same", "words": "つなパン\nつなぐパントリー"}
    page = staff_of(district).post(reverse("search_words:try"), data).content.decode()
    assert "辞書の言葉:つなぐパントリー" in page
    assert not SynonymGroup.objects.exists()


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_never_breaks_a_screen(district: Area, text: str) -> None:
    client = staff_of(district)
    text = text.encode("utf-8", "replace").decode()
    for name in ("try", "add", "shipped", "list"):
        assert (
            client.get(
                reverse(f"search_words:{name}"), dict.fromkeys(("q", "words", "kind", "p"), text)
            ).status_code
            == 200
        )
    for direction in ("same", "finds", text):
        data = {"q": text, "words": f"{text}\nb", "finds": text, "direction": direction, "kind": text}
        assert client.post(reverse("search_words:try"), data).status_code == 200
        assert client.post(reverse("search_words:add"), data).status_code in (200, 302)
    assert client.post(reverse("search_words:note"), {"words": text}).status_code == 400


def test_questions_are_shown_from_three_on_in_the_own_places_only(district: Area) -> None:
    own, foreign = area_path(district), area_path(DistrictFactory())
    asked("猫の世話", area=own)
    asked("二回だけ", area=own, times=2)
    asked("よその質問", area=foreign)
    page = staff_of(district, StaffRole.VIEWER).get(reverse("search_words:questions")).content.decode()
    assert "猫の世話" in page
    assert "二回だけ" not in page
    assert "よその質問" not in page
    assert "メモする" not in page


def test_a_question_leads_to_a_form_with_its_words(district: Area) -> None:
    asked("猫の世話", area=area_path(district))
    client = staff_of(district)
    assert reverse("search_words:add") in client.get(reverse("search_words:questions")).content.decode()
    form = client.get(reverse("search_words:add"), {"words": "猫の世話"}).content.decode()
    assert "猫の世話" in form


def test_a_gap_is_noted_and_a_settled_question_goes_until_it_is_asked_again(district: Area) -> None:
    asked("猫の世話", area=area_path(district))
    client, url = staff_of(district, StaffRole.CSW), reverse("search_words:questions")
    data = {"words": "猫の世話", "area": area_path(district), "state": "gap", "note": "預かる所がない"}
    client.post(reverse("search_words:note"), data)
    assert "預かる所がない" in client.get(url).content.decode()
    seen = client.get(url).context["rows"][0].seen
    client.post(reverse("search_words:note"), data | {"state": "settled", "seen": seen})
    assert "預かる所がない" not in client.get(url).content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    UnansweredQuestion.objects.create(words="猫の世話", area=area_path(district), day=tomorrow, count=1)
    assert "預かる所がない" in client.get(url).content.decode()


def test_a_note_written_meanwhile_is_not_written_over(district: Area) -> None:
    asked("猫の世話", area=area_path(district))
    client = staff_of(district, StaffRole.CSW)
    data = {"words": "猫の世話", "area": area_path(district), "state": "gap", "note": "一人目"}
    client.post(reverse("search_words:note"), data)
    page = client.post(reverse("search_words:note"), data | {"note": "二人目"}, follow=True).content.decode()
    assert QuestionNote.objects.get().note == "一人目"
    assert "二人目" in page


@pytest.mark.parametrize("name", ["list", "add", "shipped", "questions", "try"])
def test_the_screens_are_japanese(district: Area, name: str) -> None:
    asked("猫の世話", area=area_path(district))
    page = staff_of(district).get(reverse(f"search_words:{name}"), {"q": "猫"}).content.decode()
    terms = {word for group in shipped_groups() for word in (*group.words, *group.finds)}
    assert [text for text in english_in(page) if text not in terms] == []


def test_a_foreign_question_cannot_be_noted(district: Area) -> None:
    foreign = area_path(DistrictFactory())
    asked("よその質問", area=foreign)
    data = {"words": "よその質問", "area": foreign, "state": "gap", "note": "x"}
    assert staff_of(district).post(reverse("search_words:note"), data).status_code == 400
    assert not QuestionNote.objects.exists()


def test_what_a_cluster_is_asked_is_shown_also_while_it_is_away(district: Area, settings: Any) -> None:
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
    page = staff_of(district).post(reverse("search_words:try"), {"q": "こども食堂"})
    assert page.status_code == 200
    assert "検索クラスターに送る内容" in page.content.decode()
    assert "track_total_hits" in page.content.decode()
