"""Writes on the tree of places."""

from .boundaries import import_boundaries
from .errors import PlacesError
from .shipped import load_places
from .towns import import_towns

__all__ = ["PlacesError", "import_boundaries", "import_towns", "load_places"]
