"""A real worker process, killed with SIGKILL in the middle of a task; another process ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def manage(tmp_path: Path):
    """`manage("…")` → a finished manage.py with a database file of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": os.environ.get("KILLED_WORKER_DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite3'}"),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "EMAIL_URL": f"filemail://{tmp_path / 'mail'}",
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)

    return run


def test_task_of_a_killed_process_is_ended_by_the_next(manage, tmp_path: Path) -> None:
    marker = str(tmp_path / "begun")
    assert manage("migrate", "--verbosity", "0").returncode == 0
    enqueue = f"from tests.background.demo_work import die_once; die_once.enqueue({marker!r})"
    assert manage("shell", "--no-imports", "-c", enqueue).returncode == 0
    assert manage("run_worker", "--until-empty").returncode == -signal.SIGKILL
    # The lease has passed: what a watching worker does after thirty seconds of silence.
    strike = "from background.models import Worker; print(Worker.objects.all().delete()[0])"
    assert manage("shell", "--no-imports", "-c", strike).stdout.strip() == "1"
    ended = manage("run_worker", "--until-empty")
    assert ended.returncode == 0, ended.stderr
    ask = "from django_tasks_db.models import DBTaskResult as R; r = R.objects.get(); print(r.status, len(r.worker_ids))"
    assert manage("shell", "--no-imports", "-c", ask).stdout.split() == ["SUCCESSFUL", "2"]
