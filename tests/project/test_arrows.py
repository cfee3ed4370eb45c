"""Who may know whom. The arrows are drawn from the imports; any other arrow fails, with its line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.project.sources import APPS, app_of, python_files, short, tree

#: One way only. `config` wires everything; `demo` fills everything and is installed in development only.
ARROWS: dict[str, set[str]] = {
    "config": {"pages", "events", "directory", "members", "areas", "search", "mailing", "background", "demo"},
    "demo": {"pages", "events", "directory", "members", "areas", "search", "mailing", "background", "tests"},
    "pages": {"events", "directory", "areas", "search"},
    "events": {"directory", "members", "areas", "search", "mailing", "background", "spreadsheets"},
    "directory": {"members", "areas", "search", "mailing", "background", "spreadsheets"},
    "members": {"areas", "mailing", "background", "spreadsheets"},
    "areas": set(),
    "search": set(),
    "mailing": {"background"},
    "background": set(),
    "spreadsheets": set(),
}

#: File → why it must import inside a function. Hiding a cycle is no reason.
IMPORTS_INSIDE: dict[str, str] = {
    "manage.py": "settings must be named before Django is imported",
    "scripts/bench_signups.py": "models can be imported only after django.setup()",
    "scripts/bench_import.py": "models can be imported only after django.setup()",
    "scripts/prepare_site.py": "models can be imported only after django.setup()",
    "search/management/commands/bench_search.py": "Wagtail's own search is measured with a model nobody else must meet",
}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level and node.module:
        return [node.module]
    return []


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every import of a file, wherever it stands: (line, top-level package)."""
    for node in ast.walk(tree(path)):
        for name in _names(node):
            yield node.lineno, name.partition(".")[0]  # type: ignore[attr-defined]


def _may_import(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """`AppConfig.ready` runs when models can be imported, which is after its own module was."""
    return function.name == "ready"


def test_every_app_has_its_arrows_declared() -> None:
    assert set(APPS) == set(ARROWS), "A new app needs its line in ARROWS (and in CONTRIBUTING.md)."


def test_apps_know_only_whom_they_may() -> None:
    ours = {*ARROWS, "tests"}
    wrong = [
        f"{short(path)}:{line}: {app} must not import {target}"
        for path in python_files()
        if (app := app_of(path))
        for line, target in _imports(path)
        if target in ours and target != app and target not in ARROWS[app]
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_of_ours_is_imported_inside_a_function() -> None:
    ours = {*ARROWS, "tests"}
    wrong = [
        f"{short(path)}:{node.lineno}: import at the top, or name the reason in IMPORTS_INSIDE"
        for path in python_files()
        if short(path) not in IMPORTS_INSIDE
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and not _may_import(function)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").partition(".")[0] in ours)
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_reasons_for_inner_imports_are_still_needed() -> None:
    files = {short(path) for path in python_files()}
    gone = set(IMPORTS_INSIDE) - files
    assert not gone, f"IMPORTS_INSIDE names files that no longer exist: {sorted(gone)}"
