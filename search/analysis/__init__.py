"""Japanese text → comparable forms. Pure functions of (text, dictionary version); no model, no setting, no clock."""

from importlib.metadata import version

# Raise the first figure whenever any function in this package may answer differently: an index built before is then
# reported by `check_search_index`. The dictionary's own version changes answers too.
ANALYSIS_VERSION = f"5-sudachi{version('SudachiPy')}-core{version('sudachidict-core')}"
