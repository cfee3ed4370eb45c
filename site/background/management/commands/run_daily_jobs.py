"""manage.py run_daily_jobs [NAME …] [--again] [--list]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from background.daily import daily_jobs
from background.daily_running import run_daily_jobs, todays_runs
from background.working import at_work


class Command(BaseCommand):
    """Today's jobs now, whatever the hour: after a repair, or from a timer where no worker runs."""

    help = "Run today's daily jobs that are not done. --again repeats those that are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", help="only these")
        parser.add_argument("--again", action="store_true", help="also those done today")
        parser.add_argument("--list", action="store_true", help="only say what there is")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["names"] or list(daily_jobs())
        if unknown := sorted(set(names) - set(daily_jobs())):
            raise CommandError(f"Unknown: {', '.join(unknown)}. There are: {', '.join(daily_jobs())}.")
        if options["list"]:
            self.stdout.write("\n".join(names))
            return
        if options["again"]:
            todays_runs().filter(job__in=names, worker_id="").update(done=None)
        with at_work() as me:
            run_daily_jobs(me, names=names)
        self._report(names)

    def _report(self, names: list[str]) -> None:
        runs = list(todays_runs().filter(job__in=names).order_by("pk"))
        for run in runs:
            self.stdout.write(
                f"{run.job}: {'done' if run.done else run.last_error or 'another worker is at it'}"
            )
        if any(run.last_error for run in runs):
            raise CommandError("Something failed; the worker tries it again.")
