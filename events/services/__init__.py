"""Writes in several steps: verb first, keyword-only, one transaction each."""
