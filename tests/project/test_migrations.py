"""The models and the migrations say the same."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    # Raises SystemExit(1) and prints the change when one is missing.
    call_command("makemigrations", "--check", "--dry-run", "--verbosity", "1")
