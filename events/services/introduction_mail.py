"""The mails of an introduction. Each is part of the transaction of its cause."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.reviewers import reviewers_of
from mailing.services import post

from ..exchange_tokens import Purpose, link_token
from ..group_addresses import addresses_of, full_address
from ..models import Introduction

#: Side → what its links are for.
PURPOSES = {"from": Purpose.ASKER, "to": Purpose.ASKED}


def tell_brokers(introduction: Introduction) -> None:
    """Staff of the place: somebody asked."""
    path = reverse("events_introductions:show", args=[introduction.pk])
    for person in reviewers_of(introduction.from_organization):
        _mail(introduction, person.email, "introduction_asked", _("つなぎの申込み"), path=path)


def tell_broker(introduction: Introduction, *, what: str) -> None:
    """Whoever took it over: `what` happened."""
    if introduction.broker is not None and introduction.broker.is_active:
        path = reverse("events_introductions:show", args=[introduction.pk])
        address = introduction.broker.email
        _mail(introduction, address, "introduction_broker", _("つなぎの知らせ"), path=path, what=what)


def ask_side(introduction: Introduction, side: str) -> int:
    """Ask everybody who speaks for one side; returns how many mails: 0 means staff call."""
    addresses = addresses_of(introduction.side(side))
    for address in addresses:
        _mail(
            introduction,
            address,
            "introduction_ask",
            _("「%(name)s」とのつなぎについて") % {"name": introduction.other(side)},
            url=consent_url(introduction, side, address),
            other=introduction.other(side),
            asked_it_oneself=side == "from",
        )
    return len(addresses)


def consent_url(introduction: Introduction, side: str, address: str) -> str:
    """The full address of the page on which `side` answers."""
    token = link_token(PURPOSES[side], introduction.code, address)
    return full_address(reverse("events:exchange_link", args=[token]))


def tell_introduced(introduction: Introduction) -> None:
    """Each side gets the contact the other one agreed to pass on."""
    for side in ("from", "to"):
        for address in addresses_of(introduction.side(side)):
            _mail(
                introduction,
                address,
                "introduction_made",
                _("「%(name)s」とつなぎました") % {"name": introduction.other(side)},
                other=introduction.other(side),
                contact=introduction.contact_of_other(side),
            )


def tell_closed(introduction: Introduction, sides: tuple[str, ...]) -> None:
    """It came to nothing, or was taken back. Nobody is told who said no, or why."""
    for side in sides:
        for address in addresses_of(introduction.side(side)):
            other = introduction.other(side)
            _mail(introduction, address, "introduction_closed", _("つなぎについてのお知らせ"), other=other)


def _mail(introduction: Introduction, address: str, template: str, subject: str, **context: Any) -> None:
    post(
        to=[address],
        subject=subject,
        template=f"events/mail/{template}.txt",
        context={"introduction": introduction, **context},
        cause=f"introduction:{introduction.code}",
    )
