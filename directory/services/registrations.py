"""A group on its way in: begun, typed step by step, sent once, taken up as drafts that wait for the review."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from areas.locate import locate
from areas.models import Area
from mailing.services import post

from ..choices import (
    ContactAudience,
    LifeStatus,
    OrganizationStatus,
    PlaceVisibility,
    RegistrationState,
)
from ..form_protection import receipt_of
from ..models import (
    Category,
    Consent,
    Organization,
    OrganizationContact,
    Registration,
    Resource,
    ResourceContact,
    ResourcePhoto,
    Schedule,
    Venue,
)
from ..models.base import CODE_ALPHABET
from ..registration_forms import CONSENT_WORDING
from ..schedule_understanding import understand_text
from .group_editing import submit_change
from .groups import make_owner
from .occurrences import rebuild_occurrences
from .registration_owners import mine_path

#: As long as these, what was typed can be changed.
OPEN = (RegistrationState.TYPING, RegistrationState.RETURNED)

#: Somebody mistypes an address once or twice; whoever tries more would be writing to strangers in our name.
_MOST_LINKS = 3


class RegistrationOver(Exception):
    """No registration behind this link, or none that can be changed any more."""


def hash_of(secret: str) -> str:
    """What is kept of the secret in the link."""
    return salted_hmac("directory.registration", secret, algorithm="sha256").hexdigest()


def begin(*, number: str, user: Any = None, typed_by: Any = None) -> str:
    """Begin a registration and return the secret of its address.

    `number` is the one-time number of the form: the same form sent twice is one registration.
    """
    secret = salted_hmac("directory.registration-link", number, algorithm="sha256").hexdigest()[:40]
    Registration.objects.get_or_create(
        secret_hash=hash_of(secret),
        defaults={
            "receipt": receipt_of(number, CODE_ALPHABET),
            "user": user if typed_by is None else None,
            "typed_by": typed_by,
        },
    )
    return secret


def find(secret: str) -> Registration:
    """The registration behind a link. Raises `RegistrationOver`."""
    rows = Registration.objects.select_related("organization", "resource", "district", "photo", "user")
    found = rows.filter(secret_hash=hash_of(secret)).first()
    if found is None:
        raise RegistrationOver
    return found


@transaction.atomic
def save_step(registration: Registration, *, step: str, answers: dict[str, Any], secret: str) -> None:
    """Keep what was typed on one step. Raises `RegistrationOver` where it was sent meanwhile."""
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state not in OPEN:
        raise RegistrationOver
    row.answers[step] = answers
    address = answers.get("email", "")
    is_new_address = bool(address) and address != row.email
    row.email = address or row.email
    row.save(update_fields=["answers", "email", "updated_at"])
    registration.answers, registration.email = row.answers, row.email
    if is_new_address and row.state == RegistrationState.TYPING and row.links_mailed < _MOST_LINKS:
        Registration.objects.filter(pk=row.pk).update(links_mailed=row.links_mailed + 1)
        _mail(row, "registration_begun", _("登録の続きの入力"), reverse("directory:join", args=[secret]))


@transaction.atomic
def submit(registration: Registration) -> Registration:
    """Send it, once: of any number of presses one makes the group. Returns the registration as it stands then."""
    again = registration.state == RegistrationState.RETURNED
    claimed = Registration.objects.filter(pk=registration.pk, state__in=OPEN).update(
        state=RegistrationState.SUBMITTED, submitted_at=timezone.now()
    )
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if not claimed:
        return row
    row.district = place_of_answers(row.answers["what"])
    row.organization = _organization(row)
    row.resource = _resource(row)
    row.save()
    _consent(row)
    for thing in (row.organization, row.resource):
        submit_change(thing, row.typed_by or row.user, _("団体の登録"))
    if row.user is not None:
        make_owner(organization=row.organization, user=row.user, by=row.user)
    if row.email and not again:
        _mail(row, "registration_received", _("登録の申込みを受け付けました"), mine_path(row))
    return row


def place_of_answers(what: dict[str, Any]) -> Area:
    """The district of the answers of step 2: of the address where it is certain, else the one chosen."""
    found = locate(what["address"]).district if what.get("address") else None
    return found or Area.objects.get(pk=what["area"])


def _organization(row: Registration) -> Organization:
    who, reach = row.answers["who"], row.answers["reach"]
    group = row.organization or Organization(live=False, has_unpublished_changes=True)
    group.name, group.kana, group.legal_form = who["name"], who["kana"], who["legal_form"]
    group.status, group.consented_on = OrganizationStatus.REGISTERED, timezone.localdate()
    group.areas.set([row.district])
    group.contacts.set([OrganizationContact(**said) for said in _contacts(reach, everything=True)])
    group.save()
    group.save_revision(user=row.typed_by or row.user, log_action=True)
    return group


def _resource(row: Registration) -> Resource:
    who, what, reach = (row.answers[step] for step in ("who", "what", "reach"))
    is_home = what["is_private_home"]
    entry = row.resource or Resource(live=False, has_unpublished_changes=True)
    entry.name, entry.organization = what["activity"] or who["name"], row.organization
    entry.kana = "" if what["activity"] else who["kana"]
    entry.summary, entry.fee_kind, entry.fee_note = what["summary"], what["fee_kind"], what["fee_note"]
    entry.join_policy, entry.life_status = what["join_policy"], LifeStatus.ACTIVE
    entry.place_visibility = PlaceVisibility.DISTRICT if is_home else PlaceVisibility.EXACT
    entry.venue, entry.district = _venue(row), row.district
    entry.categories.set(Category.objects.filter(pk=what["category"]))
    entry.schedules.set([_schedule(what["schedule"])])
    entry.contacts.set([ResourceContact(**said) for said in _contacts(reach)])
    entry.photos.set([ResourcePhoto(photo=row.photo)] if row.photo else [])
    entry.save()
    entry.save_revision(user=row.typed_by or row.user, log_action=True)
    rebuild_occurrences([Resource.objects.get(pk=entry.pk)])
    return entry


def _venue(row: Registration) -> Venue | None:
    what = row.answers["what"]
    if not (what["place"] or what["address"]):
        return None
    found = locate(what["address"]) if what["address"] else None
    venue = (row.resource.venue if row.resource else None) or Venue()
    venue.name, venue.address, venue.district = what["place"], what["address"], row.district
    venue.visibility = PlaceVisibility.DISTRICT if what["is_private_home"] else PlaceVisibility.EXACT
    if found is not None and found.district == row.district:
        venue.town, venue.precision = found.town, found.precision
        venue.lat, venue.lng = found.lat, found.lng
    venue.save()
    return venue


def _schedule(text: str) -> Schedule:
    understood = understand_text(text, timezone.localdate())
    schedule = Schedule(original_text=text, status=understood.status)
    schedule.rule = understood.spec
    return schedule


def _contacts(reach: dict[str, Any], *, everything: bool = False) -> list[dict[str, Any]]:
    """What may be public becomes public; with `everything` also what only staff see, with the name of the person."""
    public = {
        "phone": reach["phone"] if reach["phone_is_public"] else "",
        "email": reach["email"] if reach["email_is_public"] else "",
    }
    found: list[dict[str, Any]] = []
    if any(public.values()):
        found.append({**public, "audience": ContactAudience.PUBLIC})
    if everything:
        person = {"name": reach["representative"], "kana": reach["representative_kana"], "role": _("代表")}
        means = {"phone": reach["phone"], "email": reach["email"]}
        found.append({**person, **means, "audience": ContactAudience.STAFF})
    return found


def _consent(row: Registration) -> None:
    reach = row.answers["reach"]
    Consent.objects.update_or_create(
        organization=row.organization,
        wording=CONSENT_WORDING,
        given_on=timezone.localdate(),
        defaults={
            "choices": {name: reach[name] for name in ("phone_is_public", "email_is_public")},
            "given_by": reach["representative"],
            "given_how": "staff" if row.typed_by else "web",
            "recorded_by": row.typed_by,
        },
    )


def _mail(row: Registration, template: str, subject: str, path: str) -> None:
    post(
        to=[row.email],
        subject=subject,
        template=f"directory/mail/{template}.txt",
        context={"registration": row, "name": row.answers["who"]["name"], "path": path},
        cause=f"registration:{row.receipt}",
        secret=True,
    )
