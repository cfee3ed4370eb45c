"""The wire: a whole request within its time, and the handshakes of the two products.

Both speak the same language above it. OpenSearch refuses the media types of the official client and does not send the
header the client looks for; `OpenSearchNode` translates both. Elasticsearch takes the plain types too.
"""

from __future__ import annotations

import time
from typing import Any

import urllib3
from elastic_transport import ConnectionError as NodeConnectionError
from elastic_transport import ConnectionTimeout, HttpHeaders, TlsError, Urllib3HttpNode
from elastic_transport._models import DEFAULT, ApiResponseMeta
from elastic_transport._node import NodeApiResponse
from urllib3.exceptions import EmptyPoolError, HTTPError, NewConnectionError, SSLError, TimeoutError

PRODUCT = "X-Elastic-Product"
_CHUNK = 65_536
_PLAIN = {
    "application/vnd.elasticsearch+json": "application/json",
    "application/vnd.elasticsearch+x-ndjson": "application/x-ndjson",
}


class ClusterNode(Urllib3HttpNode):
    """The stock node, whose time limit holds for connecting, waiting and reading together.

    The stock one starts the clock anew with every packet: an answer that drips would hold a visitor for minutes.
    """

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = DEFAULT,
    ) -> NodeApiResponse:
        limit = self.config.request_timeout if request_timeout is DEFAULT else request_timeout
        started = time.monotonic()
        try:
            response = self.pool.urlopen(
                method,
                f"{self.path_prefix}{target}",
                body=body or None,
                headers=self._sent(headers),
                retries=False,
                timeout=urllib3.Timeout(total=limit),
                pool_timeout=limit,  # type: ignore[arg-type] # seconds, and fractions of them
                preload_content=False,
            )
            data = _read(response, None if limit is None else started + limit)
        except (SSLError, NewConnectionError, EmptyPoolError, TimeoutError, HTTPError, OSError) as error:
            raise _as_transport_error(error) from error
        meta = ApiResponseMeta(
            node=self.config,
            duration=time.monotonic() - started,
            http_version="1.1",
            status=response.status,
            headers=self._received(HttpHeaders(response.headers)),
        )
        return NodeApiResponse(meta, data)

    def _sent(self, headers: HttpHeaders | None) -> dict[str, str]:
        return {**self._headers, **(headers or {})}

    def _received(self, headers: HttpHeaders) -> HttpHeaders:
        return headers


class OpenSearchNode(ClusterNode):
    """A node of OpenSearch, dressed as the client expects one."""

    def _sent(self, headers: HttpHeaders | None) -> dict[str, str]:
        sent = super()._sent(headers)
        return {name: _plain_type(value) for name, value in sent.items()}

    def _received(self, headers: HttpHeaders) -> HttpHeaders:
        return HttpHeaders({**headers, PRODUCT: "Elasticsearch"})


def _read(response: urllib3.BaseHTTPResponse, deadline: float | None) -> bytes:
    chunks = []
    try:
        while chunk := response.read1(_CHUNK):
            chunks.append(chunk)
            _shorten(response, deadline)
    except BaseException:
        response.close()
        raise
    response.release_conn()
    return b"".join(chunks)


def _shorten(response: urllib3.BaseHTTPResponse, deadline: float | None) -> None:
    """The next packet may take only what is left."""
    if deadline is None:
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the answer took too long")
    socket = getattr(response.connection, "sock", None)
    if socket is not None:
        socket.settimeout(left)


def _as_transport_error(error: Exception) -> Exception:
    if isinstance(error, SSLError):
        return TlsError(str(error), errors=(error,))
    if isinstance(error, TimeoutError | OSError) and not isinstance(error, NewConnectionError):
        timed_out = isinstance(error, TimeoutError) or "timed out" in str(error)
        kind = ConnectionTimeout if timed_out else NodeConnectionError
        return kind(str(error), errors=(error,))
    return NodeConnectionError(str(error), errors=(error,))


def _plain_type(value: str) -> str:
    media, _, _parameters = value.partition(";")
    return _PLAIN.get(media.strip(), value)
