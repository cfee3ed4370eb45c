"""Text as files and feeds can carry it: no character that XML, or a calendar, forbids."""

from __future__ import annotations

import re

#: Control characters but tab and line feed, halves of surrogate pairs, and the two non-characters (XML 1.0, 2.2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def carried(text: str) -> str:
    """`text` without what no file may hold; line ends are "\\n"."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
