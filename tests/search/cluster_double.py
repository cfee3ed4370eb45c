"""A server that plays a cluster, for what a real one cannot be made to say."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

OPENSEARCH = {"version": {"distribution": "opensearch", "number": "2.19.0"}, "tagline": "OpenSearch"}
ELASTICSEARCH = {"version": {"number": "9.2.0", "build_flavor": "default"}, "tagline": "You Know, for Search"}


@dataclass
class Asked:
    """A request that came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Double:
    """`reply(asked)` returns (status, JSON). `drip` sends an answer byte by byte, one every so many seconds."""

    reply: Callable[[Asked], tuple[int, Any]]
    hello: dict[str, Any] = field(default_factory=lambda: ELASTICSEARCH)
    drip: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    @property
    def beyond_hello(self) -> list[Asked]:
        """What was asked after the first greeting."""
        return [asked for asked in self.asked if asked.path != "/"]


def _handler(double: Double) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.path, headers, body)
            double.asked.append(asked)
            status, answer = (200, double.hello) if self.path == "/" else double.reply(asked)
            self._answer(status, json.dumps(answer).encode(), slowly=self.path != "/")

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def _answer(self, status: int, sent: bytes, *, slowly: bool) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(sent)))
            if double.hello is ELASTICSEARCH:
                self.send_header("x-elastic-product", "Elasticsearch")
            self.end_headers()
            with contextlib.suppress(OSError):
                for start in range(0, len(sent), 1 if double.drip and slowly else len(sent) or 1):
                    self.wfile.write(sent[start : start + (1 if double.drip and slowly else len(sent))])
                    if double.drip and slowly:
                        time.sleep(double.drip)

        def log_message(self, *args: object) -> None:
            """Nobody reads it."""

    return Handler


@contextlib.contextmanager
def serving(double: Double, certificate: Path | None = None) -> Iterator[Double]:
    """Serve on loopback at a free port; with a certificate (PEM, key included) by TLS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(double))
    server.handle_error = lambda *_: None  # refused handshakes are what some tests are about
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    double.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
