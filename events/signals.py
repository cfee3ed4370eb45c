"""What other parts hear of. Sent inside the transaction of the change: who listens writes rows, not mail."""

from __future__ import annotations

from django.dispatch import Signal

#: `sender=EventDate, date=…, change="cancelled"|"moved"|"restored", reason="…", by=User|None`, and for a move
#: `before=(date, start, end, venue_id)`.
date_changed = Signal()

#: `sender=Event, event=…`: something about it changed that lists, feeds or the search show.
event_changed = Signal()
