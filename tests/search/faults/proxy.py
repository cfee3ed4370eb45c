"""A server between the site and a real search cluster that can behave badly on demand."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any
from urllib.parse import urlsplit

Reply = Callable[["FaultProxy", bytes, asyncio.StreamWriter], Coroutine[Any, Any, None]]
SLOW_SECONDS = 5.0
DRIP_SECONDS = 0.2


class FaultProxy:
    """`url` stands for the cluster; `reply` says how requests are answered; `requests` counts those that came."""

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream)
        self.reply: Reply = forward
        self.requests = 0
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=2**26)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while request := await _read_message(reader):
                self.requests += 1
                await self.reply(self, request, writer)
        writer.close()

    async def ask_upstream(self, request: bytes) -> bytes:
        """The cluster's whole answer, as it came."""
        reader, writer = await asyncio.open_connection(
            self._upstream.hostname, self._upstream.port, limit=2**26
        )
        writer.write(request)
        answer = await _read_message(reader)
        writer.close()
        return answer


async def _read_message(reader: asyncio.StreamReader) -> bytes:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    lines = head.lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
    if any(line.startswith(b"transfer-encoding:") for line in lines):
        raise NotImplementedError("chunked messages")
    return head + (await reader.readexactly(length) if length and not lines[0].startswith(b"head") else b"")


async def forward(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
    """As if the proxy were not there."""
    writer.write(await proxy.ask_upstream(request))
    await writer.drain()


async def refuse(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
    """The connection breaks."""
    writer.transport.abort()


async def hang(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
    """Nothing comes, ever."""
    await asyncio.sleep(3600)


async def slow(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
    """The right answer, five seconds late."""
    await asyncio.sleep(SLOW_SECONDS)
    await forward(proxy, request, writer)


async def drip(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
    """The right answer, a byte at a time: no pause is long enough for a time limit of a socket."""
    for number in await proxy.ask_upstream(request):
        writer.write(bytes([number]))
        await writer.drain()
        await asyncio.sleep(DRIP_SECONDS)


async def cut(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
    """Half of the right answer, then the connection breaks."""
    answer = await proxy.ask_upstream(request)
    writer.write(answer[: len(answer) - 40])
    await writer.drain()
    writer.transport.abort()


def answering(status: str, body: bytes) -> Reply:
    """The same answer to everything."""

    async def reply(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"X-Elastic-Product: Elasticsearch\r\n\r\n" + body)
        await writer.drain()

    return reply


def rewriting(change: Callable[[dict[str, Any]], dict[str, Any] | bytes]) -> Reply:
    """The cluster's answer with its body changed."""

    async def reply(proxy: FaultProxy, request: bytes, writer: asyncio.StreamWriter) -> None:
        _head, _, body = (await proxy.ask_upstream(request)).partition(b"\r\n\r\n")
        changed = change(json.loads(body))
        sent = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
        await answering("200 OK", sent)(proxy, request, writer)

    return reply


@contextlib.contextmanager
def fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    """A proxy in a thread of its own, in front of one node."""
    proxy, ready = FaultProxy(upstream), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=_run, args=(loop, proxy.serve(ready, stop)), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def _run(loop: asyncio.AbstractEventLoop, serving: Coroutine[Any, Any, None]) -> None:
    loop.run_until_complete(serving)
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
