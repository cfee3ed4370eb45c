"""A number of seats smaller than what is taken: nobody loses a seat, and whoever makes it smaller is told so."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.japanese_dates import short_date

from .models import Event, Seats
from .services.seats import seats_wanted


def over_words(draft: Event) -> str:
    """What `draft` (it need not be saved) makes of the seats taken for what is to come; "" where they all fit."""
    if draft.pk is None:
        return ""
    over = {row: _over(draft, row) for row in _taken_to_come(draft)}
    said = [_one(row, number) for row, number in over.items() if number]
    if not said:
        return ""
    words = _("定員より多くの方に、もう席があります(%(dates)s)。決まった方の席は、なくなりません。")
    return words % {"dates": _("、").join(said)}


def _taken_to_come(draft: Event) -> list[Seats]:
    today = timezone.localdate()
    coming = Q(date__date__gte=today) | Q(date__isnull=True, event__last_date__gte=today)
    rows = Seats.objects.filter(coming, event=draft.pk, taken__gt=0).select_related("date")
    return list(rows.order_by("date__date", "date__start"))


def _over(draft: Event, row: Seats) -> int:
    wanted = seats_wanted(draft, row.date)
    return 0 if wanted is None else max(0, row.taken - wanted)


def _one(row: Seats, number: int) -> str:
    if row.date is None:
        return _("%(number)d人多い") % {"number": number}
    return _("%(day)sは%(number)d人多い") % {"day": short_date(row.date.date), "number": number}
