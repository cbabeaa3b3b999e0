"""Which annotations a client knows of, and which have changed since (RFC 5465 §5.6, §5.7).

The responses name entries and no values (RFC 5464 §4.4.2).
"""

from __future__ import annotations

from backend.kit.errors import LimitExceeded
from backend.mailstore import annotation_values
from protocol_service.imap.grammar.metadata_entries import Entry
from protocol_service.imap.limits import MAX_WATCHED_ENTRIES

Key = tuple[int, int, str]  # mailbox, user or 0, entry
Changed = dict[int, list[Entry]]


class Annotations:
    """Modseqs of the entries of accounts.

    `own` are changes that the client has made itself, with their modseqs.
    """

    __slots__ = ("_known", "_user_id", "own")

    def __init__(self, user_id: int) -> None:
        self._user_id = user_id
        self._known: dict[int, dict[Key, int]] = {}
        self.own: dict[int, dict[Key, int]] = {}

    async def read(self, account_id: int) -> Changed:
        """The entries of each mailbox (or `OF_ACCOUNT`) that changed since the last reading.

        Raises LimitExceeded where there are too many to watch.
        """
        rows = await annotation_values.versions(account_id, self._user_id, MAX_WATCHED_ENTRIES + 1)
        if len(rows) > MAX_WATCHED_ENTRIES:
            raise LimitExceeded("There are too many annotations to watch")
        now = {(mailbox_id, user_id, entry): modseq for mailbox_id, user_id, entry, modseq in rows}
        before, own = self._known.get(account_id), self.own.pop(account_id, {})
        self._known[account_id] = now
        if before is None:
            return {}
        changed: Changed = {}
        for key in sorted(before.keys() | now.keys()):
            modseq = now.get(key)
            # One that is gone has no modseq.
            is_own = key in own and modseq in {None, own[key]}
            if before.get(key) != modseq and not is_own:
                changed.setdefault(key[0], []).append(Entry(bool(key[1]), key[2]))
        return changed

    def knows(self, account_id: int) -> bool:
        """Whether the entries of an account were read."""
        return account_id in self._known

    def forget(self, accounts: set[int]) -> None:
        """Keep what is known of these accounts alone."""
        for account_id in self._known.keys() - accounts:
            del self._known[account_id]
