"""Telephone numbers as people in Japan write them."""

import re
import unicodedata

import phonenumbers

_HYPHENS = re.compile(r"[‐‑‒–—―−ー－ｰ]")


def normalize_phone(text: str) -> str:
    """Return `text` in national form with hyphens ("０３（５４３２）２９１４" → "03-5432-2914").

    What is no Japanese number is returned tidied up but otherwise unchanged: nothing typed is lost.
    """
    tidy = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).strip()
    try:
        number = phonenumbers.parse(tidy, "JP")
    except phonenumbers.NumberParseException:
        return tidy
    if not phonenumbers.is_possible_number(number) or number.country_code != 81:
        return tidy
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
