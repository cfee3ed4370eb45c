"""A question as typed → what it asks for: words, places, days, conditions. `understand` is the way in."""

from .cutting import Piece, Understood, understand

__all__ = ["Piece", "Understood", "understand"]
