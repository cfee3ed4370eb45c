"""When an entry has to be asked about again, and from when on its proof counts as old.

Both days are kept on the entry, so that lists and pages need no policy: written here on every proof, on publication,
on a change of the policy, and once a day for everything (`refresh_all`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from areas.models import Area

from ..models import FreshnessPolicy, Resource
from .reindexing import reindex_resources

_BATCH = 500
#: What the days follow from, and the days.
_READ = (
    "verified_on",
    "first_published_at",
    "created_at",
    "district_id",
    "next_due",
    "stale_on",
)


@dataclass(frozen=True)
class Rhythm:
    """The days of a policy; `ask_after` is that of the kind where it has one."""

    ask_after: int
    remind_after: int
    call_after: int
    warn_after: int
    hide_after: int

    @classmethod
    def of_policy(cls, policy: FreshnessPolicy) -> Rhythm:
        return cls(*(getattr(policy, name) for name in cls.__dataclass_fields__))

    def of_kinds(self, days: Iterable[int | None]) -> Rhythm:
        """The same with the shortest rhythm of the kinds; what follows the ask moves with it."""
        own = [day for day in days if day]
        if not own:
            return self
        moved = min(own) - self.ask_after
        return Rhythm(
            self.ask_after + moved,
            self.remind_after,
            self.call_after,
            max(self.warn_after + moved, 1),
            self.hide_after,
        )


def default_rhythm() -> Rhythm:
    """Of a municipality that settled nothing: the defaults of the model."""
    return Rhythm.of_policy(FreshnessPolicy())


def rhythms() -> dict[int, Rhythm]:
    """Municipality → its policy."""
    return {policy.municipality_id: Rhythm.of_policy(policy) for policy in FreshnessPolicy.objects.all()}


def municipality_of() -> dict[int, int]:
    """Every place → its municipality, by keys; one query for the whole tree."""
    parents = dict(Area.objects.values_list("pk", "parent_id"))

    def root(pk: int) -> int:
        while parents.get(pk):
            pk = parents[pk]
        return pk

    return {pk: root(pk) for pk in parents}


class Calendar:
    """The rhythms of all places, read once for many entries."""

    def __init__(self) -> None:
        self._rhythms: Mapping[int, Rhythm] = rhythms()
        self._roots = municipality_of()
        self._default = default_rhythm()

    def rhythm(self, resource: Resource) -> Rhythm:
        """Of the kinds of `resource` (prefetched), else of its municipality, else the defaults."""
        root = self._roots.get(resource.district_id) if resource.district_id else None
        policy = self._rhythms.get(root, self._default) if root else self._default
        return policy.of_kinds(kind.ask_after for kind in resource.categories.all())

    def days(self, resource: Resource) -> tuple[date, date | None]:
        """(next_due, stale_on). Nobody ever proved it: asked a while after it was published, old from the start."""
        rhythm = self.rhythm(resource)
        if resource.verified_on is None:
            return known_since(resource) + timedelta(days=rhythm.ask_after), None
        stale = resource.verified_on + timedelta(days=rhythm.warn_after)
        return resource.verified_on + timedelta(days=rhythm.ask_after), stale


def known_since(resource: Resource) -> date:
    """The day from which an entry without proof is counted."""
    return timezone.localdate(resource.first_published_at or resource.created_at)


def refresh_days(resources: QuerySet[Resource]) -> int:
    """Bring the days of `resources` in line with proofs and policies. Returns how many changed."""
    calendar, changed = Calendar(), 0
    keys = list(resources.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        rows = Resource.objects.filter(pk__in=keys[start : start + _BATCH]).only(*_READ)
        moved = [row for row in rows.prefetch_related("categories") if _moved(row, calendar.days(row))]
        # Past drafts and revisions, as proofs are.
        Resource.objects.bulk_update(moved, ["next_due", "stale_on"])
        reindex_resources(Resource.objects.filter(pk__in=[row.pk for row in moved]))
        changed += len(moved)
    return changed


def refresh_all() -> int:
    """Every entry. A day's job; also after a policy or a kind changed its rhythm."""
    return refresh_days(Resource.objects.all())


def _moved(resource: Resource, days: tuple[date, date | None]) -> bool:
    if (resource.next_due, resource.stale_on) == days:
        return False
    resource.next_due, resource.stale_on = days
    return True
