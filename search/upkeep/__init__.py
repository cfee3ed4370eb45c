"""Keeping an index equal to the database while both change: writers, the worker, rebuilding, comparing."""
