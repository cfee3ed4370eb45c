"""Texts reach translators only if they are literals with named placeholders."""

from __future__ import annotations

import ast
import re

from tests.project.sources import python_files, short, tree

GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
NAMELESS_PLACEHOLDER = re.compile(r"(?<!%)%[sd]|(?<!\{)\{\d*\}")


def _calls() -> list[tuple[str, ast.expr]]:
    """Every text handed to gettext: where, and the expression."""
    return [
        (f"{short(path)}:{node.lineno}", argument)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT
        for argument in node.args
    ]


def test_no_text_is_put_together_before_gettext_sees_it() -> None:
    built = [where for where, text in _calls() if isinstance(text, ast.JoinedStr | ast.BinOp)]
    assert not built, "Use _('…%(name)s…') % {…}, not an f-string or a sum inside _():\n" + "\n".join(built)


def test_placeholders_have_names() -> None:
    nameless = [
        f"{where}: {text.value}"
        for where, text in _calls()
        if isinstance(text, ast.Constant)
        and isinstance(text.value, str)
        and NAMELESS_PLACEHOLDER.search(text.value)
    ]
    assert not nameless, "Another language needs another order:\n" + "\n".join(nameless)
