"""What people keep of the register: favourites, kinds they like, questions to ask again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from members.wishes import WishRefused

from ..find_page import words_of
from ..find_query import FindQuery
from ..models import Category, Favourite, FollowedKind, Resource, SavedSearch
from ..visibility import can_see

#: Enough for anybody; few enough for one page.
MAX_FAVOURITES = 300
MAX_SEARCHES = 50


def add_favourite(*, user: Any, resource: Resource) -> bool:
    """Keep `resource`; True when that is new. The same again, or at once, changes nothing. Raises `WishRefused`."""
    if not can_see(user, resource):
        raise WishRefused(_("この情報は、いま公開されていません。"))
    if user.favourites.exclude(resource=resource).count() >= MAX_FAVOURITES:
        raise WishRefused(_("お気に入りは%(count)s件までです。") % {"count": MAX_FAVOURITES})
    _row, is_new = Favourite.objects.get_or_create(user=user, resource=resource)
    return is_new


def remove_favourite(*, user: Any, resource: Resource) -> None:
    """Keep `resource` no longer."""
    Favourite.objects.filter(user=user, resource=resource).delete()


def save_search(*, user: Any, question: str) -> SavedSearch:
    """Keep the question of the find page written in `question`, in its one canonical form. Raises `WishRefused`."""
    query = FindQuery.from_params(QueryDict(question), timezone.localdate()).on_page(1)
    if query.problems or query.is_empty or len(query.query_string) > 1000:
        raise WishRefused(_("この条件は保存できません。ことばか条件を入れて、さがしてから保存してください。"))
    if user.saved_searches.exclude(question=query.query_string).count() >= MAX_SEARCHES:
        raise WishRefused(_("保存できる条件は%(count)s件までです。") % {"count": MAX_SEARCHES})
    saved, _is_new = SavedSearch.objects.get_or_create(
        user=user, question=query.query_string, defaults={"name": words_of(query)[:80] or _("保存した条件")}
    )
    return saved


@transaction.atomic
def set_followed_kinds(*, user: Any, kinds: Iterable[Category]) -> None:
    """`user` likes exactly `kinds`."""
    wanted = list(kinds)
    FollowedKind.objects.filter(user=user).exclude(category__in=wanted).delete()
    rows = [FollowedKind(user=user, category=kind) for kind in wanted]
    FollowedKind.objects.bulk_create(rows, ignore_conflicts=True)
