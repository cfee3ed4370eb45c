"""Staff screens of events, sign-ups, the exchange and reports."""
