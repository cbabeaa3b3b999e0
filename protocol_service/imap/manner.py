"""How a client speaks and wants to be told of messages, by what it has enabled (RFC 5161).

IMAP4rev2 (RFC 9051) stands beside IMAP4rev1: until a client enables it, it gets the answers of RFC 3501.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

REV2 = b"IMAP4REV2"
UTF8 = b"UTF8=ACCEPT"
UID_ONLY = b"UIDONLY"


@dataclass(frozen=True, slots=True)
class Manner:
    """`with_modseq`: changes carry modseqs (CONDSTORE, RFC 7162 §3.1). `with_vanished`: expunges by UID.

    `is_rev2`: changes carry UIDs, nothing is told of \\Recent, SEARCH answers ESEARCH. `has_utf8_accept`:
    APPEND knows UTF8, SEARCH no charset (RFC 6855). `is_uid_only`: no sequence number is spoken in either
    direction (RFC 9586).
    """

    with_modseq: bool = False
    with_vanished: bool = False
    is_rev2: bool = False
    has_utf8_accept: bool = False
    is_uid_only: bool = False

    @classmethod
    def of(cls, enabled: AbstractSet[bytes]) -> Manner:
        """The manner of a client that has enabled these extensions, named in upper case."""
        return cls(
            with_modseq=b"CONDSTORE" in enabled,
            with_vanished=b"QRESYNC" in enabled or UID_ONLY in enabled,
            is_rev2=REV2 in enabled,
            has_utf8_accept=UTF8 in enabled,
            is_uid_only=UID_ONLY in enabled,
        )

    @property
    def is_utf8(self) -> bool:
        """Whether mailbox names are UTF-8 on the wire."""
        return self.is_rev2 or self.has_utf8_accept

    @property
    def with_uid(self) -> bool:
        """Whether changes nobody asked for carry the data item UID (RFC 7162 §3.2.4, RFC 9051 §7.5.2)."""
        return (self.with_modseq or self.is_rev2) and not self.is_uid_only

    def exists(self, count: int) -> bytes:
        """How many messages there are; a client of RFC 3501 learns with it that none is recent."""
        return b"* %d EXISTS\r\n" % count if self.is_rev2 else b"* %d EXISTS\r\n* 0 RECENT\r\n" % count


PLAIN = Manner()
