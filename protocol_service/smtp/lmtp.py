"""LMTP (RFC 2033): SMTP with LHLO in place of EHLO, and one reply for each recipient at the end of the data.

It is the door for a mail server that stands before us. A message is accepted for all recipients in one
transaction, so their replies differ in one thing: a message that is too large for some of them is taken for
the others, where SMTP has to refuse it for all.
"""

from __future__ import annotations

from backend.spool.types import SpoolRcpt
from protocol_service.smtp import replies

Key = tuple[str, str]


class EachReply:
    """The recipients of one message, in the order of the RCPTs that were taken; one that was named twice has
    two replies (RFC 2033 §4.2).
    """

    __slots__ = ("_limits", "_named", "_size_bytes")

    def __init__(self) -> None:
        self._named: list[Key] = []
        self._limits: dict[Key, int] = {}
        self._size_bytes = 0

    def named(self, key: Key) -> None:
        """A RCPT was taken."""
        self._named.append(key)

    def limit(self, key: Key, size_bytes: int) -> None:
        """The largest message that a recipient takes."""
        self._limits[key] = size_bytes

    def fitting(self, recipients: list[SpoolRcpt], size_bytes: int) -> list[SpoolRcpt]:
        """Those for whom the message is not too large."""
        self._size_bytes = size_bytes
        return [one for one in recipients if self._fits((one.localpart.lower(), one.domain))]

    def replies(self, answer: bytes) -> bytes:
        """The answer for each, or that the message is too large."""
        return b"".join(answer if self._fits(key) else replies.TOO_LARGE for key in self._named)

    def _fits(self, key: Key) -> bool:
        return self._size_bytes <= self._limits.get(key, self._size_bytes)
