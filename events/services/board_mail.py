"""The mails of the board. Each is part of the transaction of its cause."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mailing.services import post

from ..exchange_tokens import Purpose, link_token
from ..group_addresses import addresses_of, full_address
from ..models import Opportunity, OpportunityAnswer


def ask_to_confirm(answer: OpportunityAnswer) -> None:
    """Is the address theirs? The group hears nothing before."""
    _to_answerer(answer, "answer_confirm", _("お返事の確認"))


def tell_group(answer: OpportunityAnswer) -> None:
    """Somebody answered; contacts are not in it."""
    for address in addresses_of(answer.opportunity.organization):
        url = link_url(Purpose.POSTER, answer.pk, address)
        _mail(answer, address, "answer_received", _("掲示板に返事が来ました"), url=url)


def tell_contacts(answer: OpportunityAnswer) -> None:
    """Both agreed: each gets the contact of the other."""
    _to_answerer(answer, "answer_agreed", _("掲示板の連絡先をお伝えします"), contact=answer.group_contact)
    theirs = " ".join(part for part in (answer.name, answer.phone, answer.email) if part)
    for address in addresses_of(answer.opportunity.organization):
        _mail(answer, address, "answer_agreed", _("掲示板の連絡先をお伝えします"), contact=theirs)


def tell_declined(answer: OpportunityAnswer) -> None:
    _to_answerer(answer, "answer_declined", _("掲示板のお返事について"))


def ask_to_renew(opportunity: Opportunity) -> int:
    """The post runs out soon: is it still wanted? Returns how many mails."""
    addresses = addresses_of(opportunity.organization)
    for address in addresses:
        post(
            to=[address],
            subject=_("掲示板の掲載がもうすぐ終わります"),
            template="events/mail/board_renew.txt",
            context={
                "opportunity": opportunity,
                "url": link_url(Purpose.RENEW, opportunity.code, address),
            },
            cause=f"opportunity:{opportunity.code}",
        )
    return len(addresses)


def link_url(purpose: Purpose, key: object, address: str) -> str:
    """The full address of the page behind a link to `address`."""
    return full_address(reverse("events:exchange_link", args=[link_token(purpose, key, address)]))


def _to_answerer(answer: OpportunityAnswer, template: str, subject: str, **context: Any) -> None:
    url = link_url(Purpose.ANSWERER, answer.pk, answer.email)
    _mail(answer, answer.email, template, subject, url=url, **context)


def _mail(answer: OpportunityAnswer, address: str, template: str, subject: str, **context: Any) -> None:
    post(
        to=[address],
        subject=subject,
        template=f"events/mail/{template}.txt",
        context={"answer": answer, "opportunity": answer.opportunity, **context},
        cause=f"opportunity:{answer.opportunity.code}",
    )
