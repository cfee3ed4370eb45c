"""Prepare a site in a folder of its own and serve it as production would: for browser tests and pictures."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from scripts.loopback import free_port

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60
STOP_SECONDS = 10


def environment(var: Path) -> dict[str, str]:
    """The settings of `make demo`, writing to `var` only and reading no database of the developer's."""
    inherited = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MEDIA_ROOT"}
    }
    return inherited | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "0",
        "LOG_LEVEL": "WARNING",
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'tsunagu.sqlite3'}",
        "MEDIA_ROOT": str(var / "media"),
        "EMAIL_URL": f"filemail://{var / 'mail'}",
    }


def prepare(var: Path) -> None:
    """Tables, demo content, search index, static files. Raises CalledProcessError with the output on stderr."""
    var.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "scripts.prepare_site"]
    subprocess.run(command, cwd=ROOT, env=environment(var), check=True, stdout=sys.stderr)


def manage(var: Path, *arguments: str) -> str:
    """Run a management command on that site's database and return what it printed. Its complaints go to stderr."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    answer = subprocess.run(command, env=environment(var), check=True, stdout=subprocess.PIPE, text=True)
    return answer.stdout


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The site did not start; its own words stand above.")
        try:
            urllib.request.urlopen(url + "/robots.txt", timeout=5).close()
        except urllib.error.HTTPError:
            return  # an answer of any kind is an answer
        except OSError:
            time.sleep(0.1)
        else:
            return


@contextlib.contextmanager
def running_site(var: Path) -> Iterator[str]:
    """Serve the prepared site of `var` on a free loopback port; yields its address without a slash at the end."""
    port = free_port()
    granian = Path(sys.executable).with_name("granian")
    command = [str(granian), "--interface", "wsgi", "config.wsgi:application", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--log-level", "warning"]
    # A session of its own: the workers end with their parent.
    server = subprocess.Popen(command, cwd=ROOT, env=environment(var), start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(url, server)
        yield url
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
