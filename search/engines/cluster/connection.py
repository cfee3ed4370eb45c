"""Calls to the cluster: each within its deadline, once more on another node, and every trouble as `EngineUnavailable`."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from ..base import EngineUnavailable
from .configuration import Configuration
from .transport import ClusterNode, OpenSearchNode

ATTEMPTS = 2
FIRST_SHARE = 0.6  # of the time left goes to the first node, so that a silent one leaves some for another
CONNECTIONS = 32  # a process's threads; the client would make them wait for each other at ten
LEAST = 0.01
T = TypeVar("T")


class Refused(EngineUnavailable):
    """The cluster answered, with an error. `status` is HTTP's, `kind` the cluster's own name for it."""

    def __init__(self, error: ApiError) -> None:
        self.status = error.meta.status
        self.kind = str(error.error)[:100]
        # Never its words on a query: those repeat what was asked.
        super().__init__(f"the search cluster answered {self.status} {self.kind}")


class Connection:
    """The cluster of a configuration. `deadline` is a moment of `time.monotonic()`, None for the usual limit."""

    def __init__(self, configuration: Configuration, deadline: float | None = None) -> None:
        self.configuration = configuration
        self.deadline = deadline

    def until(self, deadline: float) -> Connection:
        """The same cluster, for calls that end before `deadline`."""
        return Connection(self.configuration, deadline)

    def left(self) -> float:
        """Seconds the next call may take. EngineUnavailable when there are none."""
        if self.deadline is None:
            return self.configuration.timeout
        left = self.deadline - time.monotonic()
        if left < LEAST:
            raise EngineUnavailable("no time left for the search cluster")
        return min(left, self.configuration.timeout)

    def call(self, ask: Callable[[Elasticsearch], T], *, missing: T | None = None) -> T:
        """What `ask` brings from the cluster. `missing`, when given, stands for 'no such thing' (404)."""
        return self._call(_client_of(self.configuration, self._flavour()), ask, missing)

    def _call(self, client: Elasticsearch, ask: Callable[[Elasticsearch], T], missing: T | None = None) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS
            share = 1.0 if last or len(self.configuration.urls) < 2 else FIRST_SHARE
            limit = self.left() * share
            try:
                return ask(client.options(request_timeout=limit))
            except NotFoundError as error:
                if missing is not None:
                    return missing
                raise Refused(error) from error
            except ApiError as error:
                if last or error.meta.status < 500:
                    raise Refused(error) from error
            except TransportError as error:
                if last:
                    raise EngineUnavailable(f"{type(error).__name__}: {error.message}"[:200]) from error
        raise AssertionError("the last attempt returns or raises")

    def _flavour(self) -> str:
        """The product, by the setting or by the server's own answer. OpenSearch's plain types are taken by both."""
        configuration = self.configuration
        if configuration.flavour != "auto":
            return configuration.flavour
        if configuration not in _ANSWERED:
            answer = self._call(_client_of(configuration, "opensearch"), lambda client: client.info())
            version = answer.body.get("version")
            if not isinstance(version, dict):
                raise EngineUnavailable("what answers is no search cluster; see ELASTICSEARCH_URLS")
            found = "opensearch" if version.get("distribution") == "opensearch" else "elasticsearch"
            _ANSWERED[configuration] = found
        return _ANSWERED[configuration]


_ANSWERED: dict[
    Configuration, str
] = {}  # what each cluster said it is; a cluster does not change its product


def client_options(configuration: Configuration, flavour: str) -> dict[str, Any]:
    """How the official client is made for this configuration."""
    options: dict[str, Any] = {
        "hosts": list(configuration.urls),
        "node_class": OpenSearchNode if flavour == "opensearch" else ClusterNode,
        "request_timeout": configuration.timeout,
        "connections_per_node": CONNECTIONS,
        "max_retries": 0,  # `Connection.call` repeats, because only it knows the deadline
        "retry_on_timeout": False,
    }
    if configuration.api_key:
        options["api_key"] = configuration.api_key
    elif configuration.username:
        options["basic_auth"] = (configuration.username, configuration.password)
    if configuration.encrypted:
        options["verify_certs"] = configuration.verify_certs
        options["ssl_show_warn"] = False  # a system check says it, once
        if configuration.ca_certs:
            options["ca_certs"] = configuration.ca_certs
    return options


@lru_cache(maxsize=8)
def _client_of(configuration: Configuration, flavour: str) -> Elasticsearch:
    return Elasticsearch(**client_options(configuration, flavour))
