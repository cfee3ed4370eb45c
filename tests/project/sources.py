"""The project's own files and what they import, read once for the sweeps in this folder."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"

#: App → the folder it lives in.
APPS: dict[str, Path] = {
    **{path.parent.name: path.parent for path in SITE.glob("*/__init__.py")},
    **{name: ROOT / name for name in ("directory", "events", "search")},
}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file git knows or would add, as absolute paths; ignored files are not the project's.

    The folder may belong to another user than the one who runs the tests, as in many CI containers; git refuses to
    read it then unless told that this is meant.
    """
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT)]
    command = [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_files(*, tests: bool = False, migrations: bool = False) -> list[Path]:
    """The project's Python files, in order of their names."""
    return sorted(
        path
        for path in tracked_files()
        if path.suffix == ".py"
        and (tests or not path.is_relative_to(ROOT / "tests"))
        and (migrations or "migrations" not in path.parts)
    )


def short(path: Path) -> str:
    """A path as one would type it in the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def app_of(path: Path) -> str | None:
    """Which app a file belongs to, or None for what is no app (scripts, manage.py)."""
    return next((name for name, folder in APPS.items() if path.is_relative_to(folder)), None)
