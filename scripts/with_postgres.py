"""Run a command beside a PostgreSQL of its own: `python -m scripts.with_postgres pytest tests/search`.

The server lives in a scratch folder, listens on loopback at a free port, and ends with the command whatever
happens. The command finds it in TEST_DATABASE_URL. Where there is no PostgreSQL one loud line says so: a failure
in CI, a skip elsewhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.loopback import free_port
from scripts.system_parts import find_postgres_bin, in_ci

START_SECONDS = 60
LINUX_PR_SET_PDEATHSIG = 1


def _end_with_parent() -> None:
    """Ask Linux to stop the server even if this script is killed outright."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGINT)


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _wait_until_ready(binaries: Path, port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    check = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(check, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("PostgreSQL did not start; its own words stand above.")
        time.sleep(0.1)


@contextlib.contextmanager
def scratch_postgres(binaries: Path) -> Iterator[str]:
    """Start a server with an empty cluster and yield its URL (user `postgres`, trusted on loopback only)."""
    folder = Path(tempfile.mkdtemp(prefix="tsunagu-postgres-"))
    port = free_port()
    owner = _owner()
    if owner:
        shutil.chown(folder, "postgres", "postgres")
    server: subprocess.Popen[bytes] | None = None
    try:
        init = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust"]
        init += ["-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            "fsync": "off",  # nothing here outlives the run
            "full_page_writes": "off",
            "log_min_messages": "panic",  # tests provoke errors on purpose; only a server in trouble speaks
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        start = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port), *options]
        server = subprocess.Popen(start, cwd=folder, preexec_fn=_end_with_parent, **owner)
        _wait_until_ready(binaries, port, server)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # "fast shutdown": breaks connections, keeps order
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    binaries = find_postgres_bin()
    if binaries is None:
        print("SKIPPED: no PostgreSQL here (apt-get install postgresql); these tests did not run:", *command)
        return 1 if in_ci() else 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with scratch_postgres(binaries) as url:
        return subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
