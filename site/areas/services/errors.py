"""What the import of places answers when it cannot go on."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

SHOWN = 20


class PlacesError(Exception):
    """Nothing was written. The message is for people: Japanese, with line numbers, and says what to do."""

    @classmethod
    def of_problems(cls, problems: Sequence[str]) -> PlacesError:
        """One message of many, cut after `SHOWN` lines."""
        shown = list(problems[:SHOWN])
        if len(problems) > SHOWN:
            shown.append(_("ほかに%(count)d件あります。") % {"count": len(problems) - SHOWN})
        return cls("\n".join([_("取り込みをやめました。何も変えていません。"), *shown]))
