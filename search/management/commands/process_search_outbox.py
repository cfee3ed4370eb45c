"""manage.py process_search_outbox [--limit N]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from search.models import OutboxEntry
from search.outbox import process_outbox


class Command(BaseCommand):
    """Drain the outbox: for a timer (every minute) and after large imports."""

    help = "Apply waiting changes to the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=None, help="at most this many changes")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = OutboxEntry.objects.filter(applied=False).count()
        with tqdm(total=waiting, unit="change", desc="outbox", disable=not self.stderr.isatty()) as bar:
            done = process_outbox(options["limit"], progress=bar.update)
        left = OutboxEntry.objects.filter(applied=False).count()
        self.stdout.write(f"{done} changes looked at, {left} still waiting.")
