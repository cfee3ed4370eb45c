"""Pages of events, sign-ups, the exchange between groups and reports."""
