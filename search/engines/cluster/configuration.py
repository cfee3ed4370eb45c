"""What the settings say of the cluster."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

FLAVOURS = ("auto", "elasticsearch", "opensearch")
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,50}")  # no dot: it parts the prefix from the name


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where the cluster is and how to speak to it. `username` and `password` or `api_key`, or neither.

    `timeout` (seconds) is for calls without a deadline of their own: writing, rebuilding, comparing.
    """

    urls: tuple[str, ...]
    flavour: str = "auto"
    api_key: str = ""
    username: str = ""
    password: str = ""
    ca_certs: str = ""
    verify_certs: bool = True
    prefix: str = "tsunagu"
    shards: int = 1
    replicas: int = 1
    timeout: float = 30.0

    @classmethod
    def from_settings(cls) -> Configuration:
        """As configured now; asked each time, since tests change settings."""
        return cls(
            urls=tuple(settings.ELASTICSEARCH_URLS),
            flavour=settings.ELASTICSEARCH_FLAVOUR,
            api_key=settings.ELASTICSEARCH_API_KEY,
            username=settings.ELASTICSEARCH_USERNAME,
            password=settings.ELASTICSEARCH_PASSWORD,
            ca_certs=settings.ELASTICSEARCH_CA_CERTS,
            verify_certs=settings.ELASTICSEARCH_VERIFY_CERTS,
            prefix=settings.ELASTICSEARCH_PREFIX,
            shards=settings.ELASTICSEARCH_SHARDS,
            replicas=settings.ELASTICSEARCH_REPLICAS,
        )

    @property
    def encrypted(self) -> bool:
        """Whether any node is spoken to by TLS."""
        return any(url.startswith("https:") for url in self.urls)

    def mistakes(self) -> list[tuple[str, str]]:
        """What cannot work: (what is wrong, what to do)."""
        found = []
        if not self.urls:
            found.append(
                ("ELASTICSEARCH_URLS is empty.", "Name the nodes: http://search1:9200,http://search2:9200")
            )
        found += [
            (f"ELASTICSEARCH_URLS: {_unsigned(url)} is not an address.", "Write scheme, host and port.")
            for url in self.urls
            if not _is_address(url)
        ]
        if self.flavour not in FLAVOURS:
            found.append((f"ELASTICSEARCH_FLAVOUR={self.flavour!r} is unknown.", f"Use one of {FLAVOURS}."))
        if self.api_key and self.username:
            found.append(("Both ELASTICSEARCH_API_KEY and _USERNAME are set.", "Keep one of them."))
        if not _PREFIX.fullmatch(self.prefix):
            found.append(("ELASTICSEARCH_PREFIX cannot be a name.", "Use a to z, 0 to 9, - and _ ."))
        if self.shards < 1 or self.replicas < 0:
            found.append(("ELASTICSEARCH_SHARDS or _REPLICAS is out of range.", "At least 1 and 0."))
        return found

    def doubts(self) -> list[tuple[str, str]]:
        """What works and is unsafe: (what is doubtful, what to do)."""
        found = []
        if not self.verify_certs:
            found.append(
                ("ELASTICSEARCH_VERIFY_CERTS is off: anyone in between can read and change what is found.",
                 "Name the authority's certificate in ELASTICSEARCH_CA_CERTS instead.")
            )  # fmt: skip
        if (self.api_key or self.username) and not self.encrypted:
            found.append(
                ("The cluster's key or password goes over the network unencrypted.",
                 "Use https:// in ELASTICSEARCH_URLS.")
            )  # fmt: skip
        return found


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port is not None
    except ValueError:
        return False


def _unsigned(url: str) -> str:
    """The address without user and password."""
    return re.sub(r"//.*@", "//", url)
