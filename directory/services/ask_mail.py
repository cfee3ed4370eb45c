"""The mail that asks. One mail an address, however many entries hang on it; each entry has a link of its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mailing.services import post

from ..ask_tokens import mail_token
from ..facts import facts_of
from ..models import Resource, VerificationAsk
from ..visibility import contacts_of, place_of


def mail_asks(asks: list[VerificationAsk], *, reminder: bool = False) -> None:
    """Ask `asks[0].sent_to` about all of `asks`. Part of the transaction that makes them."""
    first = asks[0]
    names = {"name": first.resource.name, "more": len(asks) - 1}
    first_time = _("掲載内容は変わりありませんか %(name)s")
    subject = _("(もう一度のお願い)掲載内容の確認 %(name)s") if reminder else first_time
    if len(asks) > 1:
        subject += _(" ほか%(more)d件")
    post(
        to=[first.sent_to],
        subject=subject % names,
        template="directory/mail/ask.txt",
        context={
            "entries": [_entry(ask) for ask in asks],
            "all_url": _all_url(first) if len(asks) > 1 else "",
            "reminder": reminder,
            "campaign": first.campaign,
            "desk": _desk(first.resource),
        },
        cause=f"resource:{first.resource.code}",
    )


def confirm_address(ask: VerificationAsk) -> str:
    """The full address of the page that answers `ask`, for mail."""
    return _full(reverse("directory:confirm", kwargs={"token": mail_token(ask)}))


def desk_of(resource: Resource) -> Resource | None:
    """The desk that answers for the district of `resource`: a human to ask."""
    if resource.district is None:
        return None
    desks = Resource.objects.published().desks_for(resource.district)
    return desks.prefetch_related("contacts").order_by("pk").first()


def _entry(ask: VerificationAsk) -> dict[str, Any]:
    resource = ask.resource
    facts = [fact for fact in facts_of(resource, place_of(resource)) if fact.key in ("when", "where", "fee")]
    return {
        "name": resource.name,
        "lines": [f"{fact.word}:{' / '.join(fact.lines)}" for fact in facts],
        "url": confirm_address(ask),
        "verified_on": resource.verified_on,
    }


def _all_url(ask: VerificationAsk) -> str:
    return _full(reverse("directory:confirm_all", kwargs={"token": mail_token(ask)}))


def _desk(resource: Resource) -> dict[str, str] | None:
    desk = desk_of(resource)
    if desk is None:
        return None
    phones = [contact.phone for contact in contacts_of(desk.contacts.all()) if contact.phone]
    return {"name": desk.name, "phone": phones[0] if phones else ""}


def _full(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
