"""Headers by which mails carry our own words to the outbox. They never leave the house."""

#: Names the thing a mail is about ("resource:7K3QF"), so that a bounced one leads back to it.
CAUSE_HEADER = "X-Tsunagu-Cause"
#: Says that the body holds a code or a link that opens something.
SECRET_HEADER = "X-Tsunagu-Secret"  # noqa: S105 - the name of a header
