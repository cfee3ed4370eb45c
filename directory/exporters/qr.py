"""QR codes for paper: black on white SVG, made here, no outside service."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_inline(address: str) -> SafeString:
    """The same, to stand inside a page: many codes on one sheet need no further requests."""
    code = segno.make(address, error="m", micro=False)
    # Made of squares only; the address itself is in none of its attributes.
    return mark_safe(code.svg_inline(border=2, dark="#000", light="#fff", omitsize=True))  # noqa: S308


def qr_svg(address: str) -> bytes:
    """`address` as a QR code in SVG, with the quiet zone the standard asks for (4 modules).

    Error correction M (15 %) survives a folded or stained sheet. Raises `segno.DataOverflowError` for more than a
    QR code can hold; addresses of entries are far shorter.
    """
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, scale=4, dark="#000", light="#fff", xmldecl=True, svgns=True
    )
    return out.getvalue()
