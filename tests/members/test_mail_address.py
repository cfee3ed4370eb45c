"""Addresses as people have them, and whether mail reaches them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from mailing.addresses import envelope_address
from members.mail_address import MailAddressFormField, normalise_address, validate_mail_address

CARRIERS = ["foo..bar@docomo.ne.jp", ".foo.@ezweb.ne.jp", "foo.@softbank.ne.jp", "f...o@docomo.ne.jp"]


@pytest.mark.parametrize("address", [*CARRIERS, "a.b+c@example.jp", "o'hara@example.jp", "x@日本.jp"])
def test_addresses_in_use_are_taken(address: str) -> None:
    validate_mail_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "a@",
        "@example.jp",
        "...@docomo.ne.jp",
        "a b@example.jp",
        "a@b@example.jp",
        "a@example..jp",
        "a@.jp",
        "a@example",
        '"a b"@example.jp',
        "a\n@example.jp",
        "a,b@example.jp",
        "a@example.jp\n",
        "x" * 250 + "@a.jp",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        validate_mail_address(address)


@pytest.mark.parametrize(
    "typed",
    ["ＦＯＯ．．Ｂａｒ＠ｄｏｃｏｍｏ．ｎｅ．ｊｐ", " foo..bar @docomo.ne.jp\u3000", "foo..bar@DOCOMO.ne.jp"],
)
def test_what_was_typed_is_folded(typed: str) -> None:
    assert normalise_address(typed) == "foo..bar@docomo.ne.jp"
    assert MailAddressFormField().clean(typed) == "foo..bar@docomo.ne.jp"


def test_the_box_lets_such_addresses_through() -> None:
    html = MailAddressFormField().widget.render("email", "")
    assert 'type="text"' in html
    assert 'inputmode="email"' in html


@pytest.mark.parametrize("address", CARRIERS)
def test_mail_to_carriers_leaves_with_what_servers_take(address: str) -> None:
    local, _at, host = address.partition("@")
    assert envelope_address(address) == f'"{local}"@{host}'
