"""The one entry point for asking: `search(SearchRequest(text="からすやま まーじゃん"))`."""

from __future__ import annotations

from typing import Any

from .request import SearchRequest, SearchResult


def search(request: SearchRequest, *, user: Any = None, understanding: bool = True) -> SearchResult:
    """Answer `request` with what `user` (None: the public) may see. Never raises for anything typed."""
    raise NotImplementedError
