"""The shape of the repository: what must not exist, and how large a file may become."""

from __future__ import annotations

import re
import site as standard_library_site
from pathlib import Path

import pytest

from tests.project.sources import ROOT, SITE, python_files, short, tracked_files

LONGEST_FILE = 450

#: Long because they are tables: code stays under the limit.
TABLES = re.compile(r"(^tests/golden/|/data/|\.lock$)")


def test_site_is_a_source_root_and_never_a_package() -> None:
    assert not (SITE / "__init__.py").exists(), "Remove site/__init__.py: the standard library owns the name."
    assert SITE not in Path(standard_library_site.__file__).parents


def test_every_helper_has_a_subject() -> None:
    nameless = [
        short(path)
        for path in python_files(tests=True)
        if path.stem in {"utils", "helpers", "misc", "common"} or path.parent.name in {"utils", "helpers"}
    ]
    assert not nameless, f"Name these files for their subject: {nameless}"


def test_no_file_holds_many_subjects() -> None:
    lengths = {
        short(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(tests=True)
        if not TABLES.search(short(path))
    }
    long = {name: length for name, length in lengths.items() if length > LONGEST_FILE}
    assert not long, f"Split by subject (or by behaviour, for tests): {long}"


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in python_files(tests=True) if path.is_relative_to(ROOT / "tests")}
    bare = sorted(short(folder) for folder in folders if not (folder / "__init__.py").exists())
    assert not bare, f"Add an empty __init__.py, or two test files of one name collide: {bare}"


def test_every_app_can_be_migrated() -> None:
    models = [path for path in python_files() if path.name == "models.py" or path.parent.name == "models"]
    apps = {path.parent if path.name == "models.py" else path.parent.parent for path in models}
    bare = sorted(short(app) for app in apps if not (app / "migrations" / "__init__.py").exists())
    assert not bare, f"Add migrations/__init__.py, or makemigrations sees nothing: {bare}"


# The words are put together here so that this file does not name what it forbids.
PICTURES = {".png", ".jpg", ".webp", ".ico"}
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/"),
    "a package registry": re.compile(r"(?:index|extra-index|find-links)[-_ ](?:url)?\s*[= ]\s*(?:https?:|/)"),
    "a personal address": re.compile(r"[\w.+-]+@(?:gmail|yahoo|outlook|icloud|hotmail)\.", re.IGNORECASE),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_repository_does_not_tell_of_the_machines_it_was_made_on(what: str) -> None:
    found = []
    for path in tracked_files():
        if path == Path(__file__).resolve() or path.suffix in PICTURES:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if FORBIDDEN[what].search(line):
                found.append(f"{short(path)}:{number}: {line.strip()[:90]}")
    assert not found, f"{what}:\n" + "\n".join(found)
