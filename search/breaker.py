"""A circuit breaker: who does not answer is left alone for a while, and tried again in the background."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

STRIKES = 2  # failures in a row; a search that ran out of time counts for all of them
SLOW_SECONDS = 1.0  # an answer that took longer is a failure, though it is shown
FIRST_PAUSE = 2.0  # a node that died is replaced in a moment; nobody waits for a probe
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0  # opened again sooner than this after closing, the pauses go on growing

Clock = Callable[[], float]
Spawn = Callable[[Callable[[], None]], object]


def in_background(work: Callable[[], None]) -> None:
    """Run `work` in a thread that does not keep the process from ending."""
    threading.Thread(target=work, name="search-engine-probe", daemon=True).start()


class Breaker:
    """Closed, everybody asks. Open, nobody does, except `probe` after each pause, which closes it by not raising.

    No visitor ever waits for a probe. One for each process and engine; any thread may use it. Operators are told once
    when it opens and once when it closes.
    """

    def __init__(
        self,
        name: str,
        probe: Callable[[], object],
        *,
        clock: Clock = time.monotonic,
        spawn: Spawn = in_background,
    ) -> None:
        self.name = name
        self._probe = probe
        self._clock = clock
        self._spawn = spawn
        self._lock = threading.Lock()
        self._strikes = 0.0
        self._last_failure = float("-inf")
        self._pause = FIRST_PAUSE
        self._opened: float | None = None
        self._closed = float("-inf")
        self._next_probe = 0.0

    @property
    def is_open(self) -> bool:
        """Whether nobody asks just now."""
        return self._opened is not None

    def allows(self) -> bool:
        """Whether to ask. While the answer is no, each pause that ends starts one probe."""
        with self._lock:
            if self._opened is None:
                return True
            now = self._clock()
            if now < self._next_probe:
                return False
            # Set before the probe runs: others do not start a second one, and one that never ends is not the last.
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
            self._next_probe = now + self._pause
        self._spawn(self._try_again)
        return False

    def answered(self, seconds: float) -> None:
        """It answered, in so many seconds."""
        if seconds > SLOW_SECONDS:
            self.failed(f"slow: {seconds:.1f} s", seconds=seconds)
            return
        with self._lock:
            self._strikes = 0.0

    def failed(self, reason: object, *, strikes: float = 1, seconds: float = 0.0) -> None:
        """It did not answer, within so many seconds. `reason` is logged when this opens the breaker.

        Questions under way together that fail together are one failure: a node that dies takes all of them with it.
        """
        with self._lock:
            now = self._clock()
            together = now - seconds <= self._last_failure
            self._last_failure = now
            self._strikes = max(self._strikes, strikes) if together else self._strikes + strikes
            if self._opened is not None or self._strikes < STRIKES:
                return
            self._opened = now
            again = now - self._closed < STEADY_SECONDS
            self._pause = self._pause if again else FIRST_PAUSE  # longer with every probe
            self._next_probe = now + self._pause
        logger.error(
            "search: engine %s does not answer (%s); the database index answers for it", self.name, reason
        )

    def _try_again(self) -> None:
        try:
            self._probe()
        except Exception as error:  # noqa: BLE001 - whatever it is, it does not answer yet
            logger.debug("search: engine %s still does not answer (%s)", self.name, type(error).__name__)
            return
        with self._lock:
            opened, self._opened, self._strikes = self._opened, None, 0.0
            self._closed = self._clock()
        if opened is not None:
            logger.warning(
                "search: engine %s answers again after %d s", self.name, round(self._clock() - opened)
            )
