"""Bring the database named by the environment to a site one can look at; every step is safe to repeat.

Tables, the cache table, static files, demo content with its search index. One process, because each start of
Django costs more than a second.
"""

from __future__ import annotations

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    from demo.services import demo_is_loaded
    from search.checks import check_analysis

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    is_new = not demo_is_loaded()
    call_command("load_demo")
    # A rebuild indexes in batches; the outbox would take the same changes one by one, and not mend an old index.
    is_outdated = bool(check_analysis(None, databases=["default"]))
    call_command("rebuild_search_index" if is_new or is_outdated else "process_search_outbox")
    if not is_new:
        # What an older version wrote for the staff's search is not found by this one.
        call_command("update_index", verbosity=0)


if __name__ == "__main__":
    main()
