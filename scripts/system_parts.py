"""Find the parts of the system that tests need beside Python: Chromium, a Japanese font, PostgreSQL, Maven.

Run as a script it installs what is missing where apt can be used as root, and otherwise names what to install.
It exits 0 either way: whether a missing part is a skip (locally) or a failure (CI) is for the tests to say.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/snap/bin/chromium")


def in_ci() -> bool:
    """Whether a missing part must fail instead of being skipped."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def find_chromium() -> str | None:
    """The browser to drive: `CHROMIUM_PATH` if set, right or wrong; else the first of the usual names."""
    if named := os.environ.get("CHROMIUM_PATH"):
        return named
    found = (shutil.which(name) for name in CHROMIUM_NAMES)
    places = (place for place in CHROMIUM_PLACES if Path(place).exists())
    return next((path for path in (*found, *places) if path), None)


def find_postgres_bin() -> Path | None:
    """The folder of `initdb` and `postgres`. Debian keeps one folder a version; the newest wins."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    if versions:
        return versions[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def has_japanese_font() -> bool:
    """Whether Japanese text is drawn with letters instead of boxes. Unknown (no fontconfig) counts as yes."""
    if not shutil.which("fc-list"):
        return not sys.platform.startswith("linux")
    listed = subprocess.run(["fc-list", ":lang=ja", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


#: What is needed → how to see it, Debian's package.
PARTS: dict[str, tuple[Callable[[], object], str]] = {
    "Chromium": (find_chromium, "chromium"),
    "a Japanese font": (has_japanese_font, "fonts-noto-cjk"),
    "PostgreSQL": (find_postgres_bin, "postgresql"),
    "Maven": (lambda: shutil.which("mvn"), "maven"),
}


def missing() -> dict[str, str]:
    """Names of missing parts → Debian package."""
    return {name: package for name, (present, package) in PARTS.items() if not present()}


def main() -> None:
    lacking = missing()
    if lacking:
        installer = Path(__file__).with_name("apt_install.sh")
        subprocess.run([str(installer), *lacking.values()], check=False)
        lacking = missing()
    for name, package in lacking.items():
        print(
            f"MISSING: {name}. Install it (Debian, Ubuntu: apt-get install {package}) to run every test.",
            flush=True,
        )


if __name__ == "__main__":
    main()
