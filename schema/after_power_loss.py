"""Sequences that a power cut may have set back, and how they step over what clients may have seen.

Deliveries and flags of an embedded database reach the disk a moment after their commit: the spool, which is
synced, brings a lost delivery again. But its UID, and the modseqs of lost flag changes, may have been shown
to a client already and must not name anything else (RFC 9051 §2.3.1.1, RFC 7162 §3.1).
"""

# More than a second's worth of deliveries into one mailbox, and of changes to one account.
STEP = 10_000

STATEMENTS = (
    f"UPDATE mailbox SET uidnext = uidnext + {STEP}",
    f"UPDATE account SET modseq = modseq + {STEP}",
)
