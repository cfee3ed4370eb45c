"""A real mail server on loopback that does what it is told."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from background.worker import run_pending
from mailing.models import OutgoingMail


@dataclass
class Behaviour:
    """What the server answers. `rcpt` by address; `data` in turn, then 250; "drop" and "hang" are no answers."""

    rcpt: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    got: list[Envelope] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, host: str, answers: list
    ) -> list:
        self.connections += 1
        session.host_name = host
        return answers

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list
    ) -> str:
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer == "hang":
            await asyncio.sleep(3600)
        if answer == "drop":
            server.transport.abort()
            return "250 nobody hears this"
        if answer.startswith("250"):
            self.got.append(envelope)
        return answer


@dataclass
class Sink:
    """The server's port and what it does."""

    port: int
    behaviour: Behaviour

    @property
    def got(self) -> list[Envelope]:
        return self.behaviour.got


@pytest.fixture
def outbox(settings: Any) -> None:
    """Mail becomes rows, as in production; the worker hands them to a server on a port where none listens."""
    settings.EMAIL_BACKEND = "mailing.backend.OutboxBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5


@pytest.fixture
def sink(outbox: None, settings: Any) -> Iterator[Sink]:
    """The server, ready."""
    behaviour = Behaviour()
    settings.EMAIL_PORT = free_port()
    controller = Controller(behaviour, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield Sink(settings.EMAIL_PORT, behaviour)
    controller.stop(no_assert=True)


@pytest.fixture
def silent_port(outbox: None, settings: Any) -> Iterator[None]:
    """Somebody takes the connection and never says a word."""
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT = server.getsockname()[1]
        yield


@pytest.fixture
def the_mail() -> Callable[[], OutgoingMail]:
    return OutgoingMail.objects.get


@pytest.fixture
def worker() -> Callable[[], int]:
    """`worker()` does what is due and returns how many things that were."""
    return run_pending


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
