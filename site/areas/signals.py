"""What areas tell the other apps."""

from django.dispatch import Signal

#: The shipped places were loaded, inside the same transaction. Others add the facts they ship about places.
places_loaded = Signal()
