"""Why something was not recorded at the door."""

from __future__ import annotations

from .models import Attendance


class CheckInRefused(Exception):
    """It cannot be so. `str()` says why to people."""


class AttendanceChanged(Exception):
    """Somebody else wrote numbers since the form was opened. `current` is what stands now (None: taken away)."""

    def __init__(self, current: Attendance | None) -> None:
        super().__init__()
        self.current = current
