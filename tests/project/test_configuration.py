"""Environment variables are documented, and production does not start half-configured."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.project.sources import ROOT, SITE

READ = re.compile(r"""\benv(?:\.\w+)?\(\s*["'](\w+)["']""")
DOCUMENTED = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def _read_by_settings() -> set[str]:
    settings = (SITE / "config" / "settings").glob("*.py")
    return {name for path in settings for name in READ.findall(path.read_text(encoding="utf-8"))}


def _documented() -> set[str]:
    return set(DOCUMENTED.findall((ROOT / ".env.example").read_text(encoding="utf-8")))


def test_every_environment_variable_is_documented() -> None:
    undocumented = _read_by_settings() - _documented()
    assert not undocumented, f"Describe in .env.example: {sorted(undocumented)}"


def test_no_variable_is_documented_that_nobody_reads() -> None:
    unread = _documented() - _read_by_settings()
    assert not unread, f"Remove from .env.example: {sorted(unread)}"


def _start_production(**variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in _documented()}
    path = os.pathsep.join([str(ROOT), str(SITE)])
    return subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        env=clean | {"PYTHONPATH": path, "DATABASE_URL": "sqlite://:memory:"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("key", ["", "short", "sample-key-for-development-only-never-in-production"])
def test_production_refuses_a_key_anyone_could_know(key: str) -> None:
    started = _start_production(SECRET_KEY=key, ALLOWED_HOSTS="tsunagu.example.jp")
    assert started.returncode != 0
    assert "SECRET_KEY" in started.stderr.splitlines()[-1]


def test_production_refuses_to_answer_to_no_host() -> None:
    started = _start_production(SECRET_KEY="k" * 50)
    assert started.returncode != 0
    assert "ALLOWED_HOSTS" in started.stderr.splitlines()[-1]


def test_production_starts_when_configured() -> None:
    started = _start_production(SECRET_KEY="k" * 50, ALLOWED_HOSTS="tsunagu.example.jp")
    assert started.returncode == 0, started.stderr
