"""Bring the database named by the environment to a site one can look at; every step is safe to repeat.

Tables, the cache table, static files, demo content with its search index. One process, because each start of
Django costs more than a second.
"""

from __future__ import annotations

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo")


if __name__ == "__main__":
    main()
