"""What the formats refuse.

Readers of wire data do not raise; these come from strict parsers (an SMTP path, an address typed by
a user) and from writers. Both are `ValueError`s, so that a caller may treat them as one.
"""


class InvalidSyntax(ValueError):
    """The text is not a sentence of its grammar."""


class LimitPassed(ValueError):
    """The text is well formed but longer or deeper than its limit allows."""
