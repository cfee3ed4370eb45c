"""The bar the commands of this app draw while their services work."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from tqdm import tqdm


def bar(rows: Sequence[Any], label: str) -> Iterable[Any]:
    """A bar on a terminal; nothing where nobody watches."""
    return tqdm(rows, desc=label, file=sys.stderr, disable=None)
