"""Fixtures that several files of this folder share."""

from tests.directory.admin_editing import district, entry, staff

__all__ = ["district", "entry", "staff"]
