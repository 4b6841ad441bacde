"""What storage tells its callers."""


class Missing(LookupError):
    """No such row."""


class Broken(Exception):
    """The audit chain does not hold; the message names the first broken link."""
