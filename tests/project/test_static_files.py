"""A static file that is named but missing is a crash in production, where names are looked up in a manifest."""

from __future__ import annotations

import re

from django.contrib.staticfiles import finders

from tests.project.sources import python_files, short, tracked_files

IN_TEMPLATE = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
IN_PYTHON = re.compile(r"""\bstatic\(\s*["']([^"']+)["']\s*\)""")
IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def _named() -> list[tuple[str, str]]:
    """(file, static path) for every static file a template or a module names literally."""
    templates = [(path, IN_TEMPLATE) for path in tracked_files() if path.suffix == ".html"]
    modules = [(path, IN_PYTHON) for path in python_files()]
    return [
        (short(path), name)
        for path, pattern in templates + modules
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    ]


def test_every_static_file_that_is_named_exists() -> None:
    missing = sorted({f"{where}: {name}" for where, name in _named() if not finders.find(name)})
    assert not missing, "\n".join(missing)


def test_every_file_a_style_sheet_names_exists() -> None:
    missing = [
        f"{short(path)}: {name}"
        for path in tracked_files()
        if path.suffix == ".css"
        for name in IN_STYLE.findall(path.read_text(encoding="utf-8"))
        if not name.startswith(("data:", "#"))
        and not (path.parent / name.split("#")[0].split("?")[0]).exists()
    ]
    assert not missing, "\n".join(missing)
