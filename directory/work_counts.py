"""How much of each kind of work waits, by district. A fixed number of questions, whatever the number of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.permissions import policy_registry

from mailing.models import OutgoingMail

from .choices import (
    AskState,
    ClaimState,
    DuplicateState,
    ImportState,
    LifeStatus,
    MemberRole,
    MistakeState,
    OrganizationStatus,
    RegistrationState,
)
from .freshness import STALE_AFTER
from .models import (
    Claim,
    DuplicateCandidate,
    ImportRun,
    MistakeReport,
    Organization,
    OrganizationMember,
    Registration,
    Resource,
    VerificationAsk,
)
from .review_queue import days_to_wait, waiting_tasks
from .reviewed import reviewed_kinds
from .trusted_changes import unseen_changes


@dataclass
class Counted:
    """How much there is in all, and in each district (None: in no district). What is in two districts is in both."""

    total: int = 0
    by_district: Counter[int | None] = field(default_factory=Counter)

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.total + other.total, self.by_district + other.by_district)


def own(model: type[Model], user: Any, action: str = "view") -> QuerySet:
    """The rows of `model` in the places of `user`."""
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, [action])


def failed_mail(name: str) -> Exists:
    """For a filter: mail about the row came back, and nobody has changed the row since."""
    cause = Concat(Value(f"{name}:"), OuterRef("code"))
    return Exists(OutgoingMail.objects.failed().filter(cause=cause, written__gte=OuterRef("updated_at")))


def without_owner() -> Q:
    """Approved organizations that nobody with a login speaks for."""
    owners = OrganizationMember.objects.filter(organization=OuterRef("pk"), role=MemberRole.OWNER)
    return Q(status=OrganizationStatus.APPROVED) & ~Q(Exists(owners))


def to_call() -> Exists:
    """Entries whose group did not answer by mail: somebody calls."""
    return Exists(VerificationAsk.objects.filter(resource=OuterRef("pk"), state=AskState.CALL))


def count_entries(user: Any) -> dict[str, Counted]:
    """The kinds of work on entries, in one question."""
    running = ~Q(life_status=LifeStatus.CLOSED) & Q(merged_into__isnull=True)
    stale = timezone.localdate() - STALE_AFTER
    waiting = _waiting(Resource) & ~_first_of_waiting_group()
    kinds = {
        "review": waiting,
        "late": waiting & _late(Resource),
        "stale": running & Q(live=True) & (Q(verified_on__isnull=True) | Q(verified_on__lt=stale)),
        "call": Q(to_call()),
        "mail": Q(failed_mail("resource")),
        "imported": running & Q(live=False) & ~Q(source_key="") & ~_waiting(Resource),
        "point": running & (Q(venue__isnull=True) | Q(venue__lat__isnull=True)),
        "nowhere": running & Q(district__isnull=True),
    }
    rows = own(Resource, user).order_by().values("district")
    found = rows.annotate(**{name: Count("pk", filter=kind) for name, kind in kinds.items()})
    return _by_kind(kinds, found, "district")


def count_organizations(user: Any) -> dict[str, Counted]:
    """The same for organizations, in two questions: one may be in several districts."""
    kinds = {
        "review": _waiting(Organization),
        "late": _waiting(Organization) & _late(Organization),
        "mail": Q(failed_mail("organization")),
        "owner": without_owner() & Q(merged_into__isnull=True),
    }
    counts = {name: Count("pk", filter=kind, distinct=True) for name, kind in kinds.items()}
    rows = Organization.objects.filter(pk__in=own(Organization, user).order_by().values("pk")).order_by()
    found = _by_kind(kinds, rows.values("areas").annotate(**counts), "areas")
    for name, total in rows.aggregate(**counts).items():
        found[name].total = total
    return found


def _by_kind(kinds: Iterable[str], rows: Iterable[Any], place: str) -> dict[str, Counted]:
    found = {name: Counted() for name in kinds}
    for row in rows:
        for name, counted in found.items():
            if row[name]:
                counted.total += row[name]
                counted.by_district[row[place]] += row[name]
    return found


def _waiting(model: type[Model], **more: Any) -> Q:
    return Q(pk__in=waiting_tasks(model).filter(**more).values("row"))


def _late(model: type[Model]) -> Q:
    return _waiting(model, started_at__lte=timezone.now() - timedelta(days=days_to_wait()))


def count_reviews_elsewhere(user: Any) -> dict[str, Counted]:
    """ "review" and "late" of what other apps put into the review, in one question a model."""
    found = {"review": Counted(), "late": Counted()}
    for kind in reviewed_kinds():
        if kind.model in (Resource, Organization):
            continue
        kinds = {"review": _waiting(kind.model), "late": _late(kind.model)}
        rows = own(kind.model, user).filter(kinds["review"]).order_by().values(kind.place)
        counted = rows.annotate(**{name: Count("pk", filter=which) for name, which in kinds.items()})
        for name, more in _by_kind(kinds, counted, kind.place).items():
            found[name] += more
    return found


def _first_of_waiting_group() -> Q:
    """First entries of a group that waits itself: they are decided with it."""
    groups = Organization.objects.filter(live=False).filter(_waiting(Organization))
    return Q(live=False, organization__isnull=False, organization__in=groups.values("pk"))


def count_mistakes(user: Any) -> Counted:
    rows = own(MistakeReport, user).filter(state=MistakeState.NEW).order_by()
    return _grouped(rows.values(place=F("resource__district")))


def count_registrations(user: Any) -> Counted:
    """Registrations that were sent off and not decided: their drafts wait in the review."""
    rows = own(Registration, user).filter(state=RegistrationState.SUBMITTED).order_by()
    return _grouped(rows.values(place=F("district")))


def count_claims(user: Any) -> Counted:
    rows = own(Claim, user).filter(state=ClaimState.WAITING).order_by()
    return _grouped(rows.values(place=F("resource__district")))


def count_trusted(user: Any) -> Counted:
    """Changes that trusted groups published, and nobody looked at: entries, not changes."""
    rows = unseen_changes(user).order_by().values(place=F("area"))
    found = Counter({row["place"]: row["n"] for row in rows.annotate(n=Count("object_id", distinct=True))})
    return Counted(sum(found.values()), found)


def count_duplicates(user: Any) -> Counted:
    rows = own(DuplicateCandidate, user).filter(state=DuplicateState.OPEN).order_by()
    return _grouped(rows.values(place=F("first_resource__district")))


def count_imports(user: Any) -> Counted:
    """Files that wait for somebody: to check columns or rows, or because they stopped."""
    waiting = (ImportState.UPLOADED, ImportState.READ, ImportState.FAILED)
    return Counted(own(ImportRun, user).filter(state__in=waiting).count())


def _grouped(rows: QuerySet) -> Counted:
    found = Counter({row["place"]: row["n"] for row in rows.annotate(n=Count("pk", distinct=True))})
    return Counted(sum(found.values()), found)
