"""Addresses on the envelope and in headers."""

from __future__ import annotations

from email.utils import formataddr, parseaddr


def envelope_address(text: str) -> str:
    """The bare address of "名前 <a@example.jp>" as SMTP wants it.

    Japanese carriers gave out addresses such as `foo..bar@docomo.ne.jp` until 2009. RFC 5321 4.1.2 allows dots side
    by side or at an end only inside quotes, and strict servers refuse them bare: `"foo..bar"@docomo.ne.jp` is the same
    mailbox. Names of hosts in other letters become their ASCII form.
    """
    address = parseaddr(text)[1] or text.strip()
    local, at, domain = address.rpartition("@")
    if not at:
        return address
    if not local.startswith('"') and "" in local.split("."):
        local = f'"{local}"'
    return f"{local}@{_ascii_host(domain)}"


def header_address(text: str) -> str:
    """The same with its name, for To and Cc."""
    name, _address = parseaddr(text)
    return formataddr((name, envelope_address(text)), "utf-8") if name else envelope_address(text)


def _ascii_host(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain  # the server's answer is kept with the mail
