"""A text of which one part after another is understood and taken away."""

import re
from collections.abc import Iterator

TAKEN = "\x00"  # normalised text has no control characters, so this sign cannot be in it


class Scan:
    """Holds the normalised text; what was read is overwritten, so positions stay and leftovers show."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield each match and mark it as read. The matches are those of the text before the call."""
        found = list(pattern.finditer(self.text))
        if found:
            pieces, last = [], 0
            for match in found:
                pieces += [self.text[last : match.start()], TAKEN * (match.end() - match.start())]
                last = match.end()
            self.text = "".join([*pieces, self.text[last:]])
        return iter(found)
