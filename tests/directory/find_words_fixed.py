"""A small fixed vocabulary, so that questions can be read without a database."""

from __future__ import annotations

from directory.find_words import FindWords, Option


class FixedWords(FindWords):
    """Two municipalities; 烏山 is both an area and a district in it."""

    category = {"participation": Option("社会参加"), "salon": Option("サロン", parent="participation")}
    audience = {"older": Option("高齢の方"), "children": Option("子ども")}
    features = {"wheelchair": Option("車いすで入れる", group="filter"), "wifi": Option("Wi-Fiがある")}
    area = {
        "setagaya": Option("世田谷区", group="municipality"),
        "setagaya/karasuyama": Option("烏山地域", parent="setagaya", group="area"),
        "setagaya/karasuyama/karasuyama": Option("烏山地区", parent="setagaya/karasuyama", group="district"),
        "setagaya/karasuyama/kamikitazawa": Option(
            "上北沢地区", parent="setagaya/karasuyama", group="district"
        ),
        "komae": Option("狛江市", group="municipality"),
        "komae/aitopia": Option("あいとぴあエリア", parent="komae", group="district"),
    }
    area_codes = {"131121": "setagaya", "132195": "komae"}
