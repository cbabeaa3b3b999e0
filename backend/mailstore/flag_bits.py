"""The bits of a message's flags: five system flags, the keywords every account knows, then the account's own.

Bit numbers are stored in every message row and never change their meaning.
"""

from __future__ import annotations

from collections.abc import Sequence

SEEN = 1 << 0
ANSWERED = 1 << 1
FLAGGED = 1 << 2
DELETED = 1 << 3
DRAFT = 1 << 4

SYSTEM_FLAGS = {
    "\\Seen": SEEN,
    "\\Answered": ANSWERED,
    "\\Flagged": FLAGGED,
    "\\Deleted": DELETED,
    "\\Draft": DRAFT,
}

FIRST_KEYWORD_BIT = 5
# Registered keywords that we and most clients use (RFC 9051 §2.3.2); the same bits in every account.
STANDARD_KEYWORDS = ("$Forwarded", "$MDNSent", "$Junk", "$NotJunk", "$Phishing")
FORWARDED = 1 << 5
MDN_SENT = 1 << 6
JUNK = 1 << 7
NOT_JUNK = 1 << 8
PHISHING = 1 << 9
MAX_KEYWORDS = 47

SYSTEM_MASK = (1 << FIRST_KEYWORD_BIT) - 1
ALL_MASK = (1 << FIRST_KEYWORD_BIT + MAX_KEYWORDS) - 1


def keywords_of(flags: int, names: Sequence[str]) -> list[str]:
    """The keywords in a flag set; `names` are the account's, in the order of their bits."""
    bits = flags >> FIRST_KEYWORD_BIT
    return [name for bit, name in enumerate(names) if bits >> bit & 1] if bits else []
