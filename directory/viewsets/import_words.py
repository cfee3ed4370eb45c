"""Words for what an import knows by codes: how a file is laid out, how its letters are written."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from ..models import ImportRun

_LAYOUTS = {
    "generic": _("見出しのある名簿"),
    "register-list": _("つなぐから出した一覧"),
    "tokyo-kodomo-shokudo": _("東京都の子ども食堂一覧"),
}
_ENCODINGS = {"utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16", "xlsx": "Excel"}


def layout_words(run: ImportRun) -> str:
    return str(_LAYOUTS.get(run.layout, run.layout))


def encoding_words(run: ImportRun) -> str:
    """What people call the way a file is written; "" where nobody noted it."""
    return _ENCODINGS.get(run.encoding, run.encoding)


def way_here(words: str, *, run: ImportRun | None = None) -> list[dict[str, Any]]:
    """The breadcrumbs of a step: the list of imports above it, and the file it is about."""
    above = [
        {"url": reverse("wagtailadmin_home"), "label": _t("ホーム")},
        {"url": reverse("directory_imports:list"), "label": _t("取り込み")},
    ]
    if run is not None:
        above.append({"url": reverse("directory_imports:inspect", args=[run.pk]), "label": run.file_name})
    return [*above, {"url": "", "label": words}]
