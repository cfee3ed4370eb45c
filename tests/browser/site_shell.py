"""Ask the prepared site, or put something into it, in one Django that stays: each start of one costs seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from scripts.site_server import ROOT, environment

#: What that Django does: runs each line of its input, a program as JSON, and answers with what it printed.
LOOP = """
import contextlib, io, json, sys, traceback
for line in sys.stdin:
    said, went_wrong = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {"__name__": "__main__"})
    except Exception:
        went_wrong = traceback.format_exc()
    print(json.dumps([said.getvalue(), went_wrong]), flush=True)
"""


class SiteShell:
    """`shell("print(1)")` → "1". A program that fails fails the test with its traceback."""

    def __init__(self, var: Path) -> None:
        command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v", "0", "-c", LOOP]
        self._django = subprocess.Popen(
            command, env=environment(var), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, program: str) -> str:
        """What `program` printed, without the line end."""
        assert self._django.stdin is not None
        assert self._django.stdout is not None
        self._django.stdin.write(json.dumps(program) + "\n")
        self._django.stdin.flush()
        said, went_wrong = json.loads(self._django.stdout.readline())
        assert not went_wrong, went_wrong
        return str(said).strip()

    def close(self) -> None:
        self._django.communicate()
