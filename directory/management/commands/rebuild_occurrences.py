"""Nightly: bring every entry's dates up to 13 months ahead."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from directory.models import Resource
from directory.services.occurrences import rebuild_occurrences


class Command(BaseCommand):
    help = "開催日を13か月先まで作り直します(毎晩1回)。"

    def handle(self, *args: Any, **options: Any) -> None:
        resources = Resource.objects.prefetch_related("schedules__exceptions")
        total = resources.count()
        bar = tqdm(
            resources.iterator(chunk_size=500), total=total, unit="件", disable=not self.stderr.isatty()
        )
        changed = rebuild_occurrences(bar)
        self.stdout.write(f"{total}件の開催日を確かめ、{changed}日を書き換えました。")
