"""Behind a one-tap link: whoever answered a post confirms or takes back; its group says yes or no, or keeps the post."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ..choices import AnswerState, OpportunityState
from ..exchange_tokens import BadLink, Link
from ..group_addresses import addresses_of, suggested_contact
from ..introduction_forms import ConsentForm
from ..models import Opportunity, OpportunityAnswer
from ..services import board, board_answers
from ..visibility import is_open


def own_answer(request: HttpRequest, link: Link) -> HttpResponse | None:
    """The page of whoever answered. POST action=confirm|withdraw."""
    answer = _answer(link)
    link.address_in([answer.email] if answer.email else [])
    action = request.POST.get("action")
    if action == "confirm":
        board_answers.confirm_answer(answer=answer)
        return None
    if action == "withdraw":
        with suppress(board_answers.AlreadyDecided):
            board_answers.withdraw_answer(answer=answer)
        return None
    return render(request, "events/exchange/own_answer.html", {"answer": answer, "post": answer.opportunity})


def received_answer(request: HttpRequest, link: Link) -> HttpResponse | None:
    """The group's page about one answer. POST action=agree|decline."""
    answer = _answer(link)
    organization = answer.opportunity.organization
    address = link.address_in(addresses_of(organization))
    action = request.POST.get("action")
    form = ConsentForm(
        request.POST if action == "agree" else None,
        initial={"contact": suggested_contact(organization, address)},
    )
    if action == "decline" or (action == "agree" and form.is_valid()):
        with suppress(board_answers.AlreadyDecided):
            if action == "decline":
                board_answers.decline_answer(answer=answer)
            else:
                board_answers.agree_to_answer(answer=answer, contact=form.cleaned_data["contact"])
        return None
    context = {
        "answer": answer,
        "post": answer.opportunity,
        "form": form,
        "asks_us": answer.state == AnswerState.WAITING,
    }
    status = 422 if form.errors else 200
    return render(request, "events/exchange/received_answer.html", context, status=status)


def renewal(request: HttpRequest, link: Link) -> HttpResponse | None:
    """「つづけますか」. POST action=renew|met|withdrawn."""
    post = Opportunity.objects.select_related("organization").filter(code=link.key).first()
    if post is None:
        raise BadLink
    link.address_in(addresses_of(post.organization))
    user = request.user if request.user.is_authenticated else None
    action = request.POST.get("action")
    if action == "renew" and post.state == OpportunityState.OPEN:
        board.renew(opportunity=post, by=user)
        return None
    if action in (OpportunityState.MET, OpportunityState.WITHDRAWN):
        with suppress(board.DraftChanged):
            board.set_state(opportunity=post, state=action, by=user)
        return None
    # Pressed again by mistake, the same page would keep it on for longer and longer.
    is_asked = post.state == OpportunityState.OPEN and post.asked_to_renew_at is not None
    context = {"post": post, "is_asked": is_asked, "is_open": is_open(post, timezone.localdate())}
    return render(request, "events/exchange/renewal.html", context)


def _answer(link: Link) -> OpportunityAnswer:
    rows = OpportunityAnswer.objects.select_related("opportunity__organization", "organization")
    answer = rows.filter(pk=int(link.key) if link.key.isdecimal() else 0).first()
    if answer is None or answer.erased_at is not None:
        raise BadLink
    return answer
