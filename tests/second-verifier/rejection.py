"""The one exception that verification raises."""


class Rejected(Exception):
    """A receipt was not accepted; the message says why."""


def require(condition, reason):
    """Rejects unless a condition holds."""
    if not condition:
        raise Rejected(reason)
