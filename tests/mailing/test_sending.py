"""The worker sends mail to a real server; servers that refuse, hang or drop lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes

import pytest
import time_machine
from django.core.mail import EmailMessage

from background.losses import give_back
from background.working import AtWork
from mailing.choices import MailState
from mailing.headers import CAUSE_HEADER
from mailing.keeping import erase_old_mail, send_again
from mailing.models import OutgoingMail
from mailing.sending import send_due

from .conftest import Sink

pytestmark = pytest.mark.django_db
MINUTE, DAY = 60, 24 * 3600
TheMail = Callable[[], OutgoingMail]
Work = Callable[[], int]


def write(*to: str, cause: str = "resource:7K3QF") -> OutgoingMail:
    headers = {CAUSE_HEADER: cause} if cause else {}
    EmailMessage("件名", "本文です", to=to or ["hanako@example.jp"], headers=headers).send()
    return OutgoingMail.objects.latest("pk")


def test_mail_reaches_the_server_with_its_id(sink: Sink, worker: Work) -> None:
    mail = write()
    assert worker() == 1
    mail.refresh_from_db()
    [got] = sink.got
    message = message_from_bytes(got.content)
    assert got.rcpt_tos == ["hanako@example.jp"]
    assert message["Message-ID"] == mail.message_id
    assert message.get_payload(decode=True).decode() == "本文です\r\n"
    assert (mail.state, mail.left, mail.last_error) == (MailState.SENT, [], "")


def test_sent_mail_is_not_sent_again(sink: Sink, worker: Work) -> None:
    write()
    worker()
    assert worker() == 0
    assert len(sink.got) == 1


def test_old_carrier_address_reaches_a_strict_server(sink: Sink, worker: Work) -> None:
    write("foo..bar@docomo.ne.jp")
    worker()
    assert sink.got[0].rcpt_tos == ["foo..bar@docomo.ne.jp"]


def test_several_mails_share_one_connection(sink: Sink, worker: Work) -> None:
    write()
    write()
    worker()
    assert (len(sink.got), sink.behaviour.connections) == (2, 1)


def test_mail_waits_while_nobody_listens_and_leaves_afterwards(
    outbox: None,
    worker: Work,
    the_mail: TheMail,
    request: pytest.FixtureRequest,
    fixed_clock: time_machine.Traveller,
) -> None:
    write()
    worker()
    assert (the_mail().state, the_mail().last_error) == (MailState.WAITING, "ConnectionRefusedError")
    sink = request.getfixturevalue("sink")
    fixed_clock.shift(MINUTE)
    worker()
    assert the_mail().state == MailState.SENT
    assert len(sink.got) == 1


def test_silent_server_makes_mail_wait(silent_port: None, worker: Work, the_mail: TheMail) -> None:
    write()
    assert worker() == 0
    assert (the_mail().state, the_mail().last_error) == (MailState.WAITING, "SMTPServerDisconnected")


@pytest.mark.parametrize("trouble", ["drop", "421 closing", "451 later"])
def test_mail_broken_off_in_the_middle_is_sent_once_later(
    sink: Sink, worker: Work, the_mail: TheMail, fixed_clock: time_machine.Traveller, trouble: str
) -> None:
    sink.behaviour.data = [trouble]
    write()
    worker()
    assert (the_mail().state, the_mail().tries, sink.got) == (MailState.WAITING, 1, [])
    assert worker() == 0
    fixed_clock.shift(MINUTE)
    worker()
    assert (the_mail().state, len(sink.got)) == (MailState.SENT, 1)


def test_server_that_hangs_over_a_mail_makes_it_wait(
    sink: Sink, worker: Work, the_mail: TheMail, settings
) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    sink.behaviour.data = ["hang"]
    write()
    worker()
    assert (the_mail().state, the_mail().left) == (MailState.WAITING, ["hanako@example.jp"])


def test_other_mail_is_not_counted_as_tried_while_the_server_is_away(sink: Sink, worker: Work) -> None:
    sink.behaviour.data = ["drop"]
    first, second = write(), write()
    worker()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tries, second.tries) == (1, 0)
    assert {first.state, second.state} == {MailState.WAITING}


def test_refused_mail_is_failed_and_not_tried_again(
    sink: Sink, worker: Work, the_mail: TheMail, fixed_clock: time_machine.Traveller
) -> None:
    sink.behaviour.rcpt = {"hanako@example.jp": "550 no such user"}
    write()
    worker()
    assert (the_mail().state, the_mail().refused) == (MailState.FAILED, {"hanako@example.jp": "550"})
    fixed_clock.shift(DAY)
    assert worker() == 0


def test_one_refused_recipient_keeps_it_from_nobody_else(
    sink: Sink, worker: Work, the_mail: TheMail, fixed_clock: time_machine.Traveller
) -> None:
    sink.behaviour.rcpt = {"gone@example.jp": "550 no such user", "full@example.jp": "452 mailbox full"}
    write("hanako@example.jp", "gone@example.jp", "full@example.jp")
    worker()
    assert (the_mail().state, the_mail().left) == (MailState.WAITING, ["full@example.jp"])
    sink.behaviour.rcpt = {}
    fixed_clock.shift(MINUTE)
    worker()
    assert [got.rcpt_tos for got in sink.got] == [["hanako@example.jp"], ["full@example.jp"]]
    assert (the_mail().state, the_mail().refused) == (MailState.FAILED, {"gone@example.jp": "550"})


def test_pauses_grow_and_after_days_the_mail_is_given_up(
    sink: Sink, worker: Work, the_mail: TheMail, fixed_clock: time_machine.Traveller
) -> None:
    sink.behaviour.data = ["451 later"] * 50
    write()
    pauses = []
    while (mail := the_mail()).state == MailState.WAITING:
        fixed_clock.move_to(mail.next_try)
        worker()
        pauses.append(int((the_mail().next_try - mail.next_try).total_seconds()) // MINUTE)
    assert pauses[:6] == [1, 5, 15, 60, 180, 360]
    assert mail.state == MailState.FAILED
    assert len(pauses) < 20
    assert mail.refused == {"hanako@example.jp": "451"}


def test_code_is_erased_when_sent_and_other_text_later(
    sink: Sink, worker: Work, fixed_clock: time_machine.Traveller
) -> None:
    code, letter = write(cause=""), write()
    worker()
    code.refresh_from_db()
    letter.refresh_from_db()
    assert code.content is None
    assert letter.content is not None
    fixed_clock.shift(15 * DAY)
    erase_old_mail()
    letter.refresh_from_db()
    assert letter.content is None


def test_code_is_not_sent_hours_late(
    sink: Sink, worker: Work, the_mail: TheMail, fixed_clock: time_machine.Traveller
) -> None:
    write(cause="")
    fixed_clock.shift(3 * 3600)
    worker()
    assert (sink.got, the_mail().state, the_mail().content) == ([], MailState.FAILED, None)


def test_failed_mail_goes_again_to_those_who_did_not_get_it(
    sink: Sink, worker: Work, the_mail: TheMail
) -> None:
    sink.behaviour.rcpt = {"gone@example.jp": "550 no such user"}
    write("hanako@example.jp", "gone@example.jp")
    worker()
    sink.behaviour.rcpt = {}
    assert send_again(the_mail())
    assert not send_again(the_mail())
    worker()
    assert sink.got[-1].rcpt_tos == ["gone@example.jp"]
    assert the_mail().state == MailState.SENT


def test_mail_of_a_killed_worker_is_sent_by_another_with_the_same_id(sink: Sink, worker: Work) -> None:
    mail = write()
    OutgoingMail.objects.update(state=MailState.SENDING, worker_id="killed", tries=1)
    assert worker() == 0
    assert give_back() == 1
    worker()
    assert message_from_bytes(sink.got[0].content)["Message-ID"] == mail.message_id


def test_mail_seen_by_two_workers_goes_once(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both look before either takes it: what decides is the conditional update."""
    mail = write()

    stale = OutgoingMail.objects.get(pk=mail.pk)
    assert send_due(AtWork("first")) == 1
    monkeypatch.setattr("mailing.sending._due", lambda: [stale])
    assert send_due(AtWork("second")) == 0
    assert len(sink.got) == 1
