"""What of other apps hangs on an entry or a group and goes along when it goes into another one.

`directory` never imports them: each registers how its rows move, and how they move back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Follower:
    """One app's rows. `move(kept, dropped)` returns what `move_back(kept, dropped, moved)` needs, fit for JSON.

    Both are called inside the transaction of the merge, for resources and organizations alike.
    """

    key: str
    move: Callable[[Any, Any], Any]
    move_back: Callable[[Any, Any, Any], None]


_followers: dict[str, Follower] = {}


def register_follower(follower: Follower) -> None:
    """Let rows follow a merge. The same key again takes the place of the first."""
    _followers[follower.key] = follower


def move_followers(kept: Any, dropped: Any) -> dict[str, Any]:
    """Everything registered goes over to `kept`."""
    return {key: follower.move(kept, dropped) for key, follower in _followers.items()}


def move_followers_back(kept: Any, dropped: Any, moved: dict[str, Any]) -> None:
    """Take it back, as far as it was written down: merges of old know fewer followers."""
    for key, follower in _followers.items():
        if key in moved:
            follower.move_back(kept, dropped, moved[key])
